package io.flaremail.mime;

import java.util.Arrays;
import java.util.Base64;

/** A body without entities in it. Its decoded content stays the same, octet for octet. */
final class Leaf {
    private static final byte[] CRLF = {'\r', '\n'};

    private final Entity entity;
    private final Octets body;

    Leaf(Entity entity) {
        this.entity = entity;
        this.body = entity.body;
    }

    void rewrite(Edits edits) {
        switch (entity.encoding()) {
            case QUOTED_PRINTABLE:
                edits.replace(body, new QuotedPrintableMender(body).mend());
                break;
            case BASE64:
                edits.replace(body, withoutJunk());
                break;
            case UUENCODE:
                edits.replace(body, uuencodeMended());
                break;
            default:
                encode(edits);
        }
    }

    private void encode(Edits edits) {
        boolean text = entity.type.matches("(?s)(text|message/).*");
        if (text && QuotedPrintable.isShort(body)) {
            edits.replace(body, new QuotedPrintable().encode(body));
            label(edits, "quoted-printable");
        } else {
            edits.replace(body, base64());
            label(edits, "base64");
        }
    }

    /** At the end of a message a line end follows, before a delimiter it is there already. */
    private byte[] base64() {
        byte[] content = Arrays.copyOfRange(body.array, body.start, body.end);
        String lines = Base64.getMimeEncoder(76, CRLF).encodeToString(content);
        boolean last = body.array[body.end - 1] == '\n';
        return Ascii.bytes(last ? lines + "\r\n" : lines);
    }

    /**
     * Decoders skip what is outside the alphabet (RFC 2045 6.8), so all of that goes from a line with 8-bit octets: what is
     * left can begin neither a delimiter nor a line that mailboxes and SMTP treat specially.
     */
    private byte[] withoutJunk() {
        StringBuilder kept = new StringBuilder();
        for (int at = body.start; at < body.end; ) {
            int lineEnd = body.lineEnd(at);
            String line = body.between(at, lineEnd).text();
            kept.append(Ascii.isSevenBit(line) ? line : line.replaceAll("[^A-Za-z0-9+/=]", ""));
            at = body.nextLine(lineEnd);
            kept.append(body.between(lineEnd, at).text());
        }
        return Ascii.bytes(kept.toString());
    }

    /** Only six bits of a character count in uuencode, so a 7-bit one with the same bits decodes alike. */
    private byte[] uuencodeMended() {
        byte[] mended = Arrays.copyOfRange(body.array, body.start, body.end);
        for (int at = body.start; at < body.end; at = body.nextLine(body.lineEnd(at))) {
            mendLine(new Octets(mended, at - body.start, body.lineEnd(at) - body.start));
        }
        return mended;
    }

    /** A line that changes becomes neither a delimiter nor one that mailboxes treat specially. */
    private static void mendLine(Octets line) {
        boolean sevenBit = Ascii.isSevenBit(line.text());
        for (int i = line.start; i < line.end; i++) {
            line.array[i] = line.array[i] < 0 ? (byte) sameBits(line.array[i] - ' ' & 0x3f) : line.array[i];
        }
        if (!sevenBit && line.has("--", line.start)) {
            line.array[line.start] = '-' + 64;
        } else if (!sevenBit && line.has("From ", line.start)) {
            line.array[line.start + 4] = '`';
        }
    }

    /**
     * Not a space, which gets lost at line ends, nor a hyphen or a dot, which could make a delimiter or the end of SMTP's data:
     * each has a twin 64 further on.
     */
    private static int sameBits(int bits) {
        boolean twin = bits == 0 || bits == '-' - ' ' || bits == '.' - ' ';
        return bits + ' ' + (twin ? 64 : 0);
    }

    /** The first label is what readers obey: it is replaced, and others that might contradict go. */
    private void label(Edits edits, String encoding) {
        String line = TransferEncoding.FIELD + ": " + encoding;
        Field first = entity.header.first(TransferEncoding.FIELD);
        if (first == null) {
            edits.replace(body.between(entity.header.end, entity.header.end), Ascii.bytes(line + "\r\n"));
        }
        for (Field field : entity.header.fields) {
            if (field == first) {
                edits.replace(field.range, Ascii.bytes(line));
            } else if (field.is(TransferEncoding.FIELD)) {
                edits.replace(body.between(field.range.start, entity.range.nextLine(field.range.end)), new byte[0]);
            }
        }
    }
}
