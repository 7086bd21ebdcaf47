package io.flaremail.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads files and standard input that the user names, up to a limit. */
final class Input {
    /** The most that Cloudflare accepts in one message. */
    private static final long MOST = 25L * 1024 * 1024;

    private Input() {}

    /** @param name the option or file, for the message */
    static String text(InputStream in, String name) throws CliException, IOException {
        byte[] all = bytes(in, name);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(all))
                    .toString();
            if (text.trim().isEmpty()) {
                throw CliException.usage(name + ": standard input is empty");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw CliException.usage(name + ": standard input is not UTF-8");
        }
    }

    static byte[] bytes(InputStream in, String name) throws CliException, IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            all.write(some, 0, count);
            requireSize(all.size(), name);
        }
        return all.toByteArray();
    }

    /** Checks the total size before the files are read into memory. */
    static void requireSize(List<Path> files) throws CliException {
        long size = 0;
        for (Path file : files) {
            try {
                size += Files.isRegularFile(file) ? Files.size(file) : 0;
            } catch (IOException e) {
                size += 0; // reading it will tell why
            }
        }
        requireSize(size, "the attachments together");
    }

    private static void requireSize(long size, String name) throws CliException {
        if (size > MOST) {
            throw CliException.usage(
                    name + ": larger than 25 MiB; Cloudflare accepts 5 MiB, or 25 MiB to verified recipients");
        }
    }

    /** The reason alone: a message of the Java runtime may repeat the name, which may be a token. */
    static String reason(Path file, Exception unreadable) {
        return unreadable instanceof NoSuchFileException
                ? "no such file"
                : unreadable instanceof AccessDeniedException
                        ? "permission denied"
                        : Files.isDirectory(file)
                                ? "it is a directory"
                                : unreadable instanceof FileSystemException
                                                && ((FileSystemException) unreadable).getReason() != null
                                        ? ((FileSystemException) unreadable).getReason()
                                        : unreadable.getClass().getSimpleName();
    }
}
