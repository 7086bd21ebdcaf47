package io.flaremail.demo;

import io.flaremail.mime.AsJakartaReads;
import jakarta.mail.MessagingException;
import java.util.List;
import java.util.Optional;

/** Two messages of different bytes, compared as Jakarta Mail reads them: structure, decoded headers, decoded contents. */
final class Reading {
    private static final String UNREADABLE = "unreadable multipart";
    private static final String NO_NAME = "file name: null";

    private Reading() {}

    /** Whether all of it can be read; what follows the first thing that cannot is not compared. */
    static boolean isWhole(byte[] file) throws MessagingException {
        return read(file).stream().noneMatch(line -> line.endsWith(UNREADABLE));
    }

    /** The first thing that a reader would see differently; empty when there is none. */
    static Optional<String> difference(byte[] file, byte[] wire) throws MessagingException {
        List<String> before = read(file);
        List<String> after = read(wire);
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).endsWith(UNREADABLE)) {
                return Optional.empty();
            }
            String now = i < after.size() ? after.get(i) : "nothing";
            // A name with raw 8-bit octets and no quotes is unreadable in the file, and readable on the wire.
            if (!now.equals(before.get(i)) && !before.get(i).endsWith(NO_NAME)) {
                return Optional.of("expected" + Text.fit(before.get(i), 60) + ", got" + Text.fit(now, 60));
            }
        }
        return after.size() > before.size()
                ? Optional.of("there is more than in the file:" + Text.fit(after.get(before.size()), 60))
                : Optional.empty();
    }

    private static List<String> read(byte[] message) throws MessagingException {
        try {
            return AsJakartaReads.lines(message);
        } catch (Exception broken) {
            throw new MessagingException("a message that cannot be read", broken);
        }
    }
}
