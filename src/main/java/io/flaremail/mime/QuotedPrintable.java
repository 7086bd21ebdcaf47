package io.flaremail.mime;

import java.io.ByteArrayOutputStream;

/**
 * Writes quoted-printable, in lines of at most 76 characters. RFC 2045 6.7.
 *
 * <p>Tests: QuotedPrintableTest, NoNewPartsTest.
 */
final class QuotedPrintable {
    private static final int LONGEST_LINE = 76;

    private final Octets source;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int column;
    private boolean softBroken;

    private QuotedPrintable(Octets source) {
        this.source = source;
    }

    /** Encodes text: its line ends stay line ends. */
    static byte[] encode(Octets text) {
        QuotedPrintable writer = new QuotedPrintable(text);
        writer.encodeText();
        return writer.out.toByteArray();
    }

    /**
     * Escapes the 8-bit octets in text that is quoted-printable already. Decoders pass such octets through (RFC 2045
     * 6.7 (4)), so the decoded content stays the same. Lines without 8-bit octets stay the same too.
     */
    static byte[] escapeRawOctets(Octets quotedPrintable) {
        QuotedPrintable writer = new QuotedPrintable(quotedPrintable);
        writer.escapeLines();
        return writer.out.toByteArray();
    }

    /** Whether quoted-printable is no longer than base64: at most one octet in six needs an escape. */
    static boolean isShort(Octets text) {
        long escapes = 0;
        for (int at = text.start; at < text.end; at++) {
            int octet = text.array[at];
            escapes += isPrintable(octet) || Ascii.isSpace(octet) ? 0 : 1;
        }
        return 6 * escapes <= text.length();
    }

    private void encodeText() {
        for (int at = source.start; at < source.end; ) {
            if (source.has("\r\n", at)) {
                write("\r\n");
                column = 0;
                at += 2;
            } else {
                encodeOctet(at++);
            }
        }
    }

    private void encodeOctet(int at) {
        boolean last = at + 1 == source.end || source.has("\r\n", at + 1);
        boolean plain = isPlain(at, last);
        if (column + (plain ? 1 : 3) > LONGEST_LINE - (last ? 0 : 1)) {
            breakSoftly();
            plain = isPlain(at, last);
        }
        if (plain) {
            out.write(source.array[at]);
        } else {
            write(Ascii.hex('=', source.array[at] & 0xff));
        }
        column += plain ? 1 : 3;
    }

    private boolean isPlain(int at, boolean last) {
        int octet = source.array[at];
        boolean plain = isPrintable(octet) || !last && (octet == ' ' || octet == '\t');
        return plain && !(column == 0 && isHazard(at, last));
    }

    /** Whether a line must not start with it: SMTP or mailboxes treat it specially, or it could start a delimiter. */
    private boolean isHazard(int at, boolean last) {
        return source.has("From ", at) || source.has("--", at) || last && source.array[at] == '.';
    }

    private static boolean isPrintable(int octet) {
        return octet > ' ' && octet < 127 && octet != '=';
    }

    private void escapeLines() {
        for (int at = source.start; at < source.end; ) {
            int lineEnd = source.lineEnd(at);
            int next = source.nextLine(lineEnd);
            int tail = at;
            if (!Ascii.isSevenBit(source.between(at, lineEnd).text())) {
                tail = tail(at, lineEnd);
                escapeLine(at, tail, lineEnd - tail);
            }
            out.write(source.array, tail, next - tail);
            at = next;
        }
    }

    /**
     * The start of the line's final white space, including an equals sign before it, because decoders treat both
     * together.
     */
    private int tail(int start, int lineEnd) {
        int at = lineEnd;
        while (at > start && (source.array[at - 1] == ' ' || source.array[at - 1] == '\t')) {
            at--;
        }
        return at > start && source.array[at - 1] == '=' ? at - 1 : at;
    }

    private void escapeLine(int start, int end, int tailLength) {
        column = 0;
        softBroken = false;
        for (int at = start; at < end; ) {
            int length = isEscape(at, end) ? 3 : 1;
            String token = token(at, length);
            int room = LONGEST_LINE - (at + length == end ? tailLength : 1);
            if (column > 0 && column + token.length() > room) {
                breakSoftly();
                token = token(at, length);
            }
            write(token);
            column += token.length();
            at += length;
        }
    }

    private boolean isEscape(int at, int end) {
        return source.array[at] == '='
                && end - at >= 3
                && Ascii.isHex(source.array[at + 1])
                && Ascii.isHex(source.array[at + 2]);
    }

    private String token(int at, int length) {
        int octet = source.array[at] & 0xff;
        boolean hazard = column == 0 && (source.has("--", at) || softBroken && "-.F".indexOf(octet) >= 0);
        boolean plain = octet < 0x80 && !hazard;
        return plain ? source.between(at, at + length).text() : Ascii.hex('=', octet);
    }

    private void breakSoftly() {
        write("=\r\n");
        column = 0;
        softBroken = true;
    }

    private void write(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            out.write(ascii.charAt(i));
        }
    }
}
