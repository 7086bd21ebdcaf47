package io.flaremail.bounces;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Message-IDs in a folder, one file for each day (UTC). Several processes may write and read; each entry is appended by
 * one write. The newest {@link #MAX_FILES} daily files are kept: an event comes within days, and a queue keeps it
 * for 14 days at most.
 *
 * <p>Tests: MessageIdsTest.
 */
public final class MessageIdFolder implements MessageIds {
    /** How long entries are kept. */
    public static final int MAX_FILES = 30;

    private static final String PREFIX = "message-ids-";
    private static final String SUFFIX = ".tsv";

    private final Path folder;
    private final Clock clock;

    /** The day of the last entry, for which old files have been deleted. */
    private LocalDate today;

    private MessageIdFolder(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Opens a folder, and creates it if it does not exist.
     *
     * @throws IOException if it cannot be created
     */
    public static MessageIdFolder at(Path folder) throws IOException {
        return at(folder, Clock.systemUTC());
    }

    static MessageIdFolder at(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        return new MessageIdFolder(folder, clock);
    }

    @Override
    public void add(String serviceId, String originalId) throws IOException {
        // Begins a line: a full disk may have cut the entry before.
        byte[] line = ("\n" + clean(serviceId) + "\t" + clean(originalId) + "\n").getBytes(StandardCharsets.UTF_8);
        LocalDate day = LocalDate.now(clock);
        deleteOld(day);
        Path file = folder.resolve(PREFIX + day + SUFFIX);
        synchronized (this) { // a write by one thread is one append, as is one by another process
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                ByteBuffer entry = ByteBuffer.wrap(line);
                while (entry.hasRemaining()) {
                    out.write(entry);
                }
            }
        }
    }

    @Override
    public Optional<String> find(String serviceId) throws IOException {
        String start = clean(serviceId) + "\t";
        for (Path file : files()) {
            // Not newBufferedReader, which fails if an entry was cut inside a character.
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(start)) {
                        return Optional.of(line.substring(start.length()));
                    }
                }
            } catch (NoSuchFileException e) {
                // deleted by another process
            }
        }
        return Optional.empty();
    }

    private synchronized void deleteOld(LocalDate day) throws IOException {
        if (day.equals(today)) {
            return;
        }
        today = day;
        List<Path> files = files();
        // By number, not by date: a clock that was wrong for a moment must not delete everything.
        for (Path file : files.subList(Math.min(files.size(), MAX_FILES), files.size())) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // Its owner may delete it.
            }
        }
    }

    /** The newest first: their names sort by date. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d{4}-\\d\\d-\\d\\d\\" + SUFFIX))
                    .sorted(Comparator.reverseOrder())
                    .collect(Collectors.toList());
        }
    }

    private static String clean(String id) {
        return id.replaceAll("\\p{Cntrl}+", " ").trim();
    }
}
