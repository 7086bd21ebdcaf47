package io.flaremail.mime;

import java.util.Arrays;
import java.util.Base64;

/**
 * Rewrites a body that contains no entities as ASCII. Its decoded content stays the same, to the octet.
 *
 * <p>Tests: BodyRewriterTest, NoNewPartsTest.
 */
final class BodyRewriter {
    private static final byte[] CRLF = {'\r', '\n'};

    private final Entity entity;
    private final Octets body;
    private final Edits edits;

    BodyRewriter(Entity entity, Edits edits) {
        this.entity = entity;
        this.body = entity.body;
        this.edits = edits;
    }

    void rewrite() {
        switch (entity.encoding()) {
            case QUOTED_PRINTABLE:
                edits.replace(body, QuotedPrintable.escapeRawOctets(body));
                break;
            case BASE64:
                edits.replace(body, withoutForeignCharacters());
                break;
            case UUENCODE:
                edits.replace(body, sevenBitUuencode());
                break;
            default:
                encode();
        }
    }

    private void encode() {
        boolean text = entity.type.matches("(?s)(text|message/).*");
        if (text && QuotedPrintable.isShort(body)) {
            edits.replace(body, QuotedPrintable.encode(body));
            label("quoted-printable");
        } else {
            edits.replace(body, base64());
            label("base64");
        }
    }

    /** A line end is added only at the end of a message; before a delimiter there is one already. */
    private byte[] base64() {
        byte[] content = Arrays.copyOfRange(body.array, body.start, body.end);
        String lines = Base64.getMimeEncoder(76, CRLF).encodeToString(content);
        boolean last = body.array[body.end - 1] == '\n';
        return Ascii.bytes(last ? lines + "\r\n" : lines);
    }

    /**
     * Removes everything outside the base64 alphabet, which decoders skip (RFC 2045 6.8), from the lines that contain
     * 8-bit octets. What remains of such a line can be neither a delimiter nor a line that SMTP or mailboxes treat
     * specially.
     */
    private byte[] withoutForeignCharacters() {
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

    /**
     * Decoders of uuencode use six bits of each character, so a 7-bit character with the same six bits is equivalent.
     */
    private byte[] sevenBitUuencode() {
        byte[] rewritten = Arrays.copyOfRange(body.array, body.start, body.end);
        for (int at = body.start; at < body.end; at = body.nextLine(body.lineEnd(at))) {
            rewriteUuencodedLine(new Octets(rewritten, at - body.start, body.lineEnd(at) - body.start));
        }
        return rewritten;
    }

    /** A line that changes must not become a delimiter or a line that mailboxes treat specially. */
    private static void rewriteUuencodedLine(Octets line) {
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
     * The 7-bit character for these six bits. For a space, which gets lost at line ends, and for a hyphen or dot,
     * which could start a delimiter or end the SMTP data, it is the equivalent character 64 positions later.
     */
    private static int sameBits(int bits) {
        boolean replaced = bits == 0 || bits == '-' - ' ' || bits == '.' - ' ';
        return bits + ' ' + (replaced ? 64 : 0);
    }

    /** Replaces the first label, which readers obey, and removes further ones, which could contradict it. */
    private void label(String encoding) {
        String line = TransferEncoding.FIELD + ": " + encoding;
        Header.Field first = entity.header.first(TransferEncoding.FIELD);
        if (first == null) {
            edits.replace(body.between(entity.header.end, entity.header.end), Ascii.bytes(line + "\r\n"));
        }
        for (Header.Field field : entity.header.fields) {
            if (field == first) {
                edits.replace(field.range, Ascii.bytes(line));
            } else if (field.is(TransferEncoding.FIELD)) {
                edits.replace(body.between(field.range.start, entity.range.nextLine(field.range.end)), new byte[0]);
            }
        }
    }
}
