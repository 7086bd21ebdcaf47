package io.flaremail.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Decodes the content of a JSON string to the bytes of the message. It is the inverse of {@link JsonMimeStream} and
 * supports the escapes that the stream writes. The input may be split anywhere. Not thread-safe.
 *
 * <p>Tests: ContentDigestTest, RawMessageTest.
 */
public final class JsonMimeDecoder extends OutputStream {
    private static final int HEX_DIGITS = 4;
    private static final int IN_TEXT = -2;
    private static final int AFTER_BACKSLASH = -1;

    private final OutputStream out;

    /** {@link #IN_TEXT}, {@link #AFTER_BACKSLASH}, or the number of missing digits of a character. */
    private int state = IN_TEXT;

    private int character;

    /** @param out receives the bytes; not null, neither flushed nor closed by this stream */
    public JsonMimeDecoder(OutputStream out) {
        super();
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        if (state == AFTER_BACKSLASH) {
            escape((char) b);
        } else if (state > 0) {
            digit(b);
        } else if (b == '\\') {
            state = AFTER_BACKSLASH;
        } else {
            out.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int run = at;
            while (state == IN_TEXT && run < end && bytes[run] != '\\') {
                run++;
            }
            if (run > at) {
                out.write(bytes, at, run - at);
                at = run;
            } else {
                write(bytes[at++]);
            }
        }
    }

    private void escape(char c) throws IOException {
        state = IN_TEXT;
        if (c == 'u') {
            state = HEX_DIGITS;
            character = 0;
        } else {
            out.write(c == 'r' ? '\r' : c == 'n' ? '\n' : c == 't' ? '\t' : c);
        }
    }

    /** {@link JsonMimeStream} escapes only one-byte characters this way. */
    private void digit(int b) throws IOException {
        character = character * 16 + Character.digit(b, 16);
        if (--state == 0) {
            state = IN_TEXT;
            out.write(character);
        }
    }
}
