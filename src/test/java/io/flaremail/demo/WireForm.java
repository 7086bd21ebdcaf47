package io.flaremail.demo;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** What a message file must look like on the wire, worked out here without any of Flaremail's code. */
final class WireForm {
    private static final Set<String> LEFT_OUT = Set.of("bcc", "content-length");

    private WireForm() {}

    /** Every line end CRLF, the last one too; without the fields that belong to the envelope or to a mailbox. */
    static byte[] of(byte[] file) {
        return without(file, LEFT_OUT);
    }

    /** The same without Message-ID either, which the service replaces. */
    static byte[] withoutId(byte[] message) {
        return without(message, Set.of("bcc", "content-length", "message-id"));
    }

    private static byte[] without(byte[] message, Set<String> fields) {
        StringBuilder wire = new StringBuilder();
        boolean inHeader = true;
        boolean dropping = false;
        for (String line : lines(message)) {
            inHeader &= !line.isEmpty();
            dropping = inHeader && (isFolded(line) ? dropping : fields.contains(name(line)));
            if (!dropping) {
                wire.append(line).append("\r\n");
            }
        }
        return wire.append(inHeader ? "\r\n" : "").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String[] lines(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1).replaceAll("\r\n|\r|\n", "\r\n");
        String withoutLastEnd = text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : text;
        return withoutLastEnd.split("\r\n", -1);
    }

    private static boolean isFolded(String line) {
        return line.startsWith(" ") || line.startsWith("\t");
    }

    private static String name(String line) {
        return line.substring(0, Math.max(0, line.indexOf(':'))).strip().toLowerCase(Locale.ROOT);
    }
}
