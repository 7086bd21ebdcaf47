package io.flaremail.bounces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A Maildir, a directory format read by mail clients and servers. A report's file name is made from its event, so a
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
        try {
            write(report);
        } catch (FileSystemException e) { // its message may be no more than a path
            throw new IOException("cannot write to the Maildir " + folder + ": " + e, e);
        }
    }

    private void write(BounceReport report) throws IOException {
        String name = report.getMessageId().replaceAll("[<>]", "").replace('@', '.');
        if (isThere(name)) {
            return;
        }
        // A name of its own: two processes may deliver the same report.
        Path temporary = folder.resolve("tmp").resolve(name + "." + UUID.randomUUID());
        try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(report.getMessage());
            while (content.hasRemaining()) {
                file.write(content);
            }
            file.force(true);
        }
        Files.move(temporary, folder.resolve("new").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
    }

    /** Makes the new name durable, where the system can. */
    private void forceFolder() {
        try (FileChannel directory = FileChannel.open(folder.resolve("new"), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // Windows cannot open a folder.
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
