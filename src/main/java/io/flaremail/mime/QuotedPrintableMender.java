package io.flaremail.mime;

import java.io.ByteArrayOutputStream;

/**
 * Mends quoted-printable that contains 8-bit octets, which decoders pass through (RFC 2045 6.7 (4) leaves it to them): each
 * becomes {@code =XX}. Lines without one stay as they are; lines that get too long get soft line breaks.
 */
final class QuotedPrintableMender {
    private static final int LONGEST_LINE = 76;

    private final Octets body;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int column;
    private boolean softBroken;

    QuotedPrintableMender(Octets body) {
        this.body = body;
    }

    byte[] mend() {
        for (int at = body.start; at < body.end; ) {
            int lineEnd = body.lineEnd(at);
            int next = body.nextLine(lineEnd);
            int tail = at;
            if (!Ascii.isSevenBit(body.between(at, lineEnd).text())) {
                tail = tail(at, lineEnd);
                mendLine(at, tail, lineEnd - tail);
            }
            out.write(body.array, tail, next - tail);
            at = next;
        }
        return out.toByteArray();
    }

    /** Where the white space at the end of a line begins, with the mark of a soft break: decoders look at them together. */
    private int tail(int start, int lineEnd) {
        int at = lineEnd;
        while (at > start && (body.array[at - 1] == ' ' || body.array[at - 1] == '\t')) {
            at--;
        }
        return at > start && body.array[at - 1] == '=' ? at - 1 : at;
    }

    private void mendLine(int start, int end, int tailLength) {
        column = 0;
        softBroken = false;
        for (int at = start; at < end; ) {
            int length = isEscape(at, end) ? 3 : 1;
            String token = token(at, length);
            int room = LONGEST_LINE - (at + length == end ? tailLength : 1);
            if (column > 0 && column + token.length() > room) {
                write("=\r\n");
                column = 0;
                softBroken = true;
                token = token(at, length);
            }
            write(token);
            column += token.length();
            at += length;
        }
    }

    private boolean isEscape(int at, int end) {
        return body.array[at] == '='
                && end - at >= 3
                && Ascii.isHex(body.array[at + 1])
                && Ascii.isHex(body.array[at + 2]);
    }

    private String token(int at, int length) {
        int octet = body.array[at] & 0xff;
        boolean hazard = column == 0 && (body.has("--", at) || softBroken && "-.F".indexOf(octet) >= 0);
        boolean plain = octet < 0x80 && !hazard;
        return plain ? body.between(at, at + length).text() : Ascii.hex('=', octet);
    }

    private void write(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            out.write(ascii.charAt(i));
        }
    }
}
