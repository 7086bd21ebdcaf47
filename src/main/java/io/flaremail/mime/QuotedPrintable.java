package io.flaremail.mime;

import java.io.ByteArrayOutputStream;

/** Encodes text: its line ends stay line ends. RFC 2045 6.7. */
final class QuotedPrintable {
    private static final int LONGEST_LINE = 76;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int column;

    /** Not longer than base64 would be: at most one octet in six needs three. */
    static boolean isShort(Octets text) {
        long escapes = 0;
        for (int at = text.start; at < text.end; at++) {
            int octet = text.array[at];
            escapes += isPrintable(octet) || Ascii.isSpace(octet) ? 0 : 1;
        }
        return 6 * escapes <= text.length();
    }

    byte[] encode(Octets text) {
        for (int at = text.start; at < text.end; ) {
            if (text.has("\r\n", at)) {
                write("\r\n");
                column = 0;
                at += 2;
            } else {
                encode(text, at++);
            }
        }
        return out.toByteArray();
    }

    private void encode(Octets text, int at) {
        boolean last = at + 1 == text.end || text.has("\r\n", at + 1);
        boolean plain = isPlain(text, at, last);
        if (column + (plain ? 1 : 3) > LONGEST_LINE - (last ? 0 : 1)) {
            write("=\r\n");
            column = 0;
            plain = isPlain(text, at, last);
        }
        if (plain) {
            out.write(text.array[at]);
        } else {
            write(Ascii.hex('=', text.array[at] & 0xff));
        }
        column += plain ? 1 : 3;
    }

    private boolean isPlain(Octets text, int at, boolean last) {
        int octet = text.array[at];
        boolean plain = isPrintable(octet) || !last && (octet == ' ' || octet == '\t');
        return plain && !(column == 0 && isHazard(text, at, last));
    }

    /** At the start of a line: what mailboxes and SMTP treat specially, and what a soft break could turn into a delimiter. */
    private static boolean isHazard(Octets text, int at, boolean last) {
        return text.has("From ", at) || text.has("--", at) || last && text.array[at] == '.';
    }

    private static boolean isPrintable(int octet) {
        return octet > ' ' && octet < 127 && octet != '=';
    }

    private void write(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            out.write(ascii.charAt(i));
        }
    }
}
