package io.flaremail.sandbox;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message's bytes, and where its header fields lie in them. RFC 5322 2.2 */
final class RawMessage {
    private static final String MESSAGE_ID = "Message-ID";

    private final byte[] bytes;
    private final List<Field> fields = new ArrayList<>();

    RawMessage(byte[] bytes) {
        this.bytes = bytes;
        int at = 0;
        while (at < bytes.length && !isBlankLine(at)) {
            at = addLine(at);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.isNamed(name));
    }

    /** The value of the first Message-ID, null when there is none. */
    String messageId() {
        return value(MESSAGE_ID);
    }

    /** The value of the first field of this name, octets as characters; null when there is none. */
    String value(String name) {
        return fields.stream()
                .filter(field -> field.isNamed(name))
                .findFirst()
                .map(field -> text(field.valueStart(), field.end()).trim())
                .orElse(null);
    }

    /** The subject as readers see it; null when there is none. */
    String subject() {
        String value = value("Subject");
        if (value == null) {
            return null;
        }
        try {
            String unfolded = MimeUtility.unfold(value);
            byte[] octets = unfolded.getBytes(StandardCharsets.ISO_8859_1);
            return MimeUtility.decodeText(new String(octets, StandardCharsets.UTF_8)); // RFC 6532 allows UTF-8, too
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }

    /** This message if it has an id of its own, else a copy with this one. */
    RawMessage withOwnMessageId(String otherwise) {
        return has(MESSAGE_ID) ? this : withMessageId(otherwise);
    }

    /** A copy whose only Message-ID is this one, in the old one's place or, without an old one, on top. */
    RawMessage withMessageId(String id) {
        ByteArrayOutputStream copy = new ByteArrayOutputStream(bytes.length + 100);
        if (!has(MESSAGE_ID)) {
            write(copy, MESSAGE_ID + ": " + id + "\r\n");
        }
        int copied = 0;
        boolean replaced = false;
        for (Field field : fields.stream().filter(f -> f.isNamed(MESSAGE_ID)).toList()) {
            copy.write(bytes, copied, (replaced ? field.start() : field.valueStart()) - copied);
            if (!replaced) {
                write(copy, " " + id + lineEnd(field.end()));
            }
            replaced = true;
            copied = field.end();
        }
        copy.write(bytes, copied, bytes.length - copied);
        return new RawMessage(copy.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private String lineEnd(int end) {
        if (bytes[end - 1] != '\n') {
            return "";
        }
        return end > 1 && bytes[end - 2] == '\r' ? "\r\n" : "\n";
    }

    private boolean isBlankLine(int at) {
        return bytes[at] == '\n' || bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n';
    }

    private int addLine(int start) {
        int end = start;
        while (end < bytes.length && bytes[end++] != '\n') {}
        boolean folded = bytes[start] == ' ' || bytes[start] == '\t';
        if (folded && !fields.isEmpty()) {
            Field first = fields.remove(fields.size() - 1);
            fields.add(new Field(first.name(), first.start(), first.valueStart(), end));
        } else {
            fields.add(field(start, end));
        }
        return end;
    }

    private Field field(int start, int end) {
        String line = text(start, end);
        int colon = line.indexOf(':');
        return new Field(line.substring(0, Math.max(colon, 0)).trim(), start, start + colon + 1, end);
    }

    private String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private record Field(String name, int start, int valueStart, int end) {
        boolean isNamed(String other) {
            return name.equalsIgnoreCase(other);
        }
    }
}
