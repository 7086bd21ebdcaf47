package io.flaremail.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a folder for one sandbox; H2 itself lets one process use a database twice. */
final class FolderLock {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param folder made if it is not there
     * @throws IllegalStateException if it cannot be used
     */
    static FolderLock of(Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("sandbox.lock");
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return new FolderLock(channel);
            }
            channel.close();
            throw new IllegalStateException("Cannot use the folder " + folder + ": another sandbox uses it");
        } catch (IOException e) {
            throw new IllegalStateException("Cannot use the folder " + folder + ": " + e, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this process
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the lock of the folder", e);
        }
    }
}
