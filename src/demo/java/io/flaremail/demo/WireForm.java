package io.flaremail.demo;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a message file must look like on the wire, worked out here without any of Flaremail's code. */
final class WireForm {
    /** Of the envelope, and of a mailbox. */
    private static final List<String> NEVER_SENT = List.of("Bcc", "Resent-Bcc", "Content-Length");

    /** Of an earlier delivery: what mail.cloudflare.strip says when nobody sets it. */
    private static final List<String> TRACE = List.of("Received", "X-Received", "Return-Path");

    private WireForm() {}

    /** Every line end CRLF, the last one too; without the fields at its top that are not sent. */
    static byte[] of(byte[] file) {
        Set<String> leftOut = Stream.of(NEVER_SENT, TRACE)
                .flatMap(List::stream)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return without(file, leftOut);
    }

    /** The names of the fields at the file's top that belong to the envelope or to a mailbox. */
    static List<String> neverSent(byte[] file) {
        return present(NEVER_SENT, file);
    }

    /** The names of the fields at the file's top that tell of an earlier delivery. */
    static List<String> trace(byte[] file) {
        return present(TRACE, file);
    }

    /** Whether JSON can carry it as it is. */
    static boolean isUtf8(byte[] message) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
            return true;
        } catch (CharacterCodingException otherOctets) {
            return false;
        }
    }

    /** The same without Message-ID either, which the service replaces. */
    static byte[] withoutId(byte[] message) {
        return without(message, Set.of("message-id"));
    }

    private static List<String> present(List<String> names, byte[] message) {
        Set<String> there = new HashSet<>();
        Arrays.stream(lines(message))
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> !isFolded(line))
                .forEach(line -> there.add(name(line)));
        return names.stream()
                .filter(name -> there.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
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
