package io.flaremail.mime;

import java.io.ByteArrayOutputStream;

/** The line ends of a message as SMTP would send it, RFC 5321 section 2.3.8. */
public final class LineEnds {
    private LineEnds() {}

    /** The same bytes with every CR, LF and CRLF as CRLF, and one at the end. */
    public static byte[] canonical(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + message.length / 32 + 2);
        boolean atLineStart = true;
        for (int i = 0; i < message.length; i++) {
            boolean lineFeedOfCrlf = message[i] == '\n' && i > 0 && message[i - 1] == '\r';
            if (message[i] == '\r' || message[i] == '\n' && !lineFeedOfCrlf) {
                out.write('\r');
                out.write('\n');
                atLineStart = true;
            } else if (!lineFeedOfCrlf) {
                out.write(message[i]);
                atLineStart = false;
            }
        }
        if (!atLineStart) {
            out.write('\r');
            out.write('\n');
        }
        return out.toByteArray();
    }
}
