package io.flaremail.bounces;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A Maildir: a folder of messages that mail programs and servers read. A report's file name is made from its event, so a
 * report that is delivered again is not stored again while it is in {@code new} or {@code cur}.
 *
 * <p>Tests: BounceTargetsTest.
 */
public final class Maildir implements BounceTarget {
    private static final String[] FOLDERS = {"tmp", "new", "cur"};

    private final Path folder;

    private Maildir(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a Maildir, and creates it if it does not exist.
     *
     * @throws IOException if it cannot be created
     */
    public static Maildir at(Path folder) throws IOException {
        for (String name : FOLDERS) {
            Files.createDirectories(folder.resolve(name));
        }
        return new Maildir(folder);
    }

    @Override
    public void deliver(BounceReport report) throws IOException {
        String name = report.getMessageId().replaceAll("[<>]", "").replace('@', '.');
        if (isThere(name)) {
            return;
        }
        Path temporary = folder.resolve("tmp").resolve(name);
        Files.write(temporary, report.getMessage());
        try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        try {
            Files.move(temporary, folder.resolve("new").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            Files.deleteIfExists(temporary); // another process delivered the same report
        }
    }

    /** A reader moves a message to {@code cur}, and adds flags to its name. */
    private boolean isThere(String name) throws IOException {
        if (Files.exists(folder.resolve("new").resolve(name))) {
            return true;
        }
        try (DirectoryStream<Path> read = Files.newDirectoryStream(folder.resolve("cur"), name + "*")) {
            return read.iterator().hasNext();
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
