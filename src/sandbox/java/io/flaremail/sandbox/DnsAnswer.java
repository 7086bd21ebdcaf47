package io.flaremail.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The answer to one DNS query with one question. RFC 1035 4 */
final class DnsAnswer {
    private static final Map<String, Integer> TYPES = Map.of("NS", 2, "CNAME", 5, "MX", 15, "TXT", 16);
    private static final int ANY = 255;
    private static final int HEADER = 12;
    private static final int RESPONSE = 0x8400; // QR and AA
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int NO_SUCH_NAME = 3;
    private static final int QUESTION_NAME = 0xC000 | HEADER; // a pointer. 4.1.4
    private static final int PLAIN_LIMIT = 512;
    private static final int EXTENDED_LIMIT = 1232;
    private static final int SECONDS = 300;

    private final byte[] query;
    private final DnsZone dns;

    DnsAnswer(byte[] query, DnsZone dns) {
        this.query = query;
        this.dns = dns;
    }

    /** Null when there is nothing to answer: not a query. */
    byte[] bytes() {
        try {
            ByteBuffer in = ByteBuffer.wrap(query);
            boolean oneQuery = query.length > HEADER && in.getShort(2) >= 0 && in.getShort(4) == 1;
            return oneQuery ? answer(in) : null;
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private byte[] answer(ByteBuffer in) {
        String name = name(in.position(HEADER));
        int type = in.getShort();
        in.getShort();
        List<DnsRecord> found = dns.records().stream()
                .filter(record -> record.name().equalsIgnoreCase(name))
                .filter(record -> type == ANY || type == TYPES.getOrDefault(record.type(), 0))
                .toList();
        int flags = RESPONSE | in.getShort(2) & RECURSION_DESIRED | (exists(name) ? 0 : NO_SUCH_NAME);
        byte[] question = Arrays.copyOfRange(query, HEADER, in.position());
        byte[] whole = message(in.getShort(0), flags, question, found);
        boolean extended = in.getShort(10) > 0;
        return whole.length <= (extended ? EXTENDED_LIMIT : PLAIN_LIMIT)
                ? whole
                : message(in.getShort(0), flags | TRUNCATED, question, List.of());
    }

    private boolean exists(String name) {
        return dns.records().stream()
                .anyMatch(record -> record.name().equalsIgnoreCase(name)
                        || record.name().endsWith("." + name.toLowerCase(Locale.ROOT)));
    }

    private static String name(ByteBuffer in) {
        StringBuilder name = new StringBuilder();
        for (int length = in.get(); length > 0; length = in.get()) {
            byte[] label = new byte[length];
            in.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString();
    }

    private static byte[] message(int id, int flags, byte[] question, List<DnsRecord> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        shorts(out, id, flags, 1, records.size(), 0, 0);
        out.writeBytes(question);
        for (DnsRecord record : records) {
            byte[] data = data(record);
            shorts(out, QUESTION_NAME, TYPES.getOrDefault(record.type(), 0), 1, 0, SECONDS, data.length);
            out.writeBytes(data);
        }
        return out.toByteArray();
    }

    private static byte[] data(DnsRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (record.type()) {
            case "TXT" -> strings(out, record.content().getBytes(StandardCharsets.UTF_8));
            case "MX" -> {
                shorts(out, record.priority());
                host(out, record.content());
            }
            default -> host(out, record.content());
        }
        return out.toByteArray();
    }

    /** Strings of at most 255 bytes. 3.3 */
    private static void strings(ByteArrayOutputStream out, byte[] text) {
        for (int from = 0; from < text.length || from == 0; from += 255) {
            int length = Math.min(255, text.length - from);
            out.write(length);
            out.write(text, from, length);
        }
    }

    private static void host(ByteArrayOutputStream out, String host) {
        for (String label : host.split("\\.")) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
    }

    private static void shorts(ByteArrayOutputStream out, int... values) {
        for (int value : values) {
            out.write(value >> 8);
            out.write(value);
        }
    }
}
