package io.flaremail.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Encodes the bytes of a message as the content of a JSON string, without the quotes around it. One pass converts
 * line ends to CRLF, escapes what JSON reserves, and checks that the message is UTF-8.
 *
 * <p>The line ends are those that an SMTP client would send: every CR, LF and CRLF becomes one CRLF, and the message
 * ends with one (RFC 5321 section 2.3.8). JSON text must be UTF-8 (RFC 8259 section 8.1). If the message is not,
 * {@link #isUtf8()} returns false and the output is invalid JSON, but {@link JsonMimeDecoder} can still decode it.
 *
 * <p>{@link #flush()} has no effect, because Jakarta Mail flushes once per body part, and the output is incomplete
 * before {@link #finish()}. Not thread-safe.
 *
 * <p>Tests: JsonMimeStreamTest, Utf8CheckTest.
 */
public class JsonMimeStream extends OutputStream {
    private static final int BUFFER = 8192;
    private static final int LONGEST_ESCAPE = 6;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    /** The bytes that are written unchanged: printable ASCII and DEL, except the quote and the backslash. */
    private static final boolean[] PLAIN = new boolean[256];

    static {
        for (int b = 0x20; b < 0x80; b++) {
            PLAIN[b] = b != '"' && b != '\\';
        }
    }

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private final Utf8Check utf8 = new Utf8Check();
    private int filled;
    private boolean afterCr;
    private boolean atLineStart = true;

    /**
     * @param out receives the JSON text in large pieces; not null, neither flushed nor closed by this stream
     */
    public JsonMimeStream(OutputStream out) {
        super();
        this.out = out;
    }

    @Override
    public final void write(int b) throws IOException {
        int octet = b & 0xFF;
        if (PLAIN[octet] && utf8.isBetweenCharacters()) {
            plain((byte) octet);
        } else {
            special((byte) octet);
        }
    }

    @Override
    public final void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int run = at;
            while (run < end && PLAIN[bytes[run] & 0xFF]) {
                run++;
            }
            if (run > at && utf8.isBetweenCharacters()) {
                plain(bytes, at, run - at);
                at = run;
            } else {
                special(bytes[at++]);
            }
        }
    }

    /** Has no effect: see the class comment. */
    @Override
    public final void flush() {
        // deliberately empty
    }

    /**
     * Ends the message: adds the final CRLF if it is missing, and writes all buffered output.
     *
     * @throws IOException if the underlying stream fails
     */
    public final void finish() throws IOException {
        utf8.end();
        if (!atLineStart) {
            lineEnd();
        }
        drain();
    }

    /** Whether everything written so far is valid UTF-8. The answer is final after {@link #finish()}. */
    public final boolean isUtf8() {
        return utf8.isValid();
    }

    private void plain(byte b) throws IOException {
        reserve(1);
        buffer[filled++] = b;
        afterCr = false;
        atLineStart = false;
    }

    private void plain(byte[] bytes, int offset, int length) throws IOException {
        afterCr = false;
        atLineStart = false;
        if (length > BUFFER - filled) {
            drain();
            if (length > BUFFER) {
                out.write(bytes, offset, length);
                return;
            }
        }
        System.arraycopy(bytes, offset, buffer, filled, length);
        filled += length;
    }

    private void special(byte b) throws IOException {
        utf8.next(b);
        if (b < 0 || PLAIN[b]) { // a byte of a longer character, or an ASCII byte inside one
            plain(b);
        } else if (b == '\n' && afterCr) {
            afterCr = false;
        } else if (b == '\r' || b == '\n') {
            lineEnd();
            afterCr = b == '\r';
        } else {
            escape(b);
        }
    }

    private void lineEnd() throws IOException {
        reserve(LONGEST_ESCAPE);
        buffer[filled++] = '\\';
        buffer[filled++] = 'r';
        buffer[filled++] = '\\';
        buffer[filled++] = 'n';
        atLineStart = true;
    }

    private void escape(byte b) throws IOException {
        reserve(LONGEST_ESCAPE);
        buffer[filled++] = '\\';
        if (b == '"' || b == '\\') {
            buffer[filled++] = b;
        } else if (b == '\t') {
            buffer[filled++] = 't';
        } else {
            buffer[filled++] = 'u';
            buffer[filled++] = '0';
            buffer[filled++] = '0';
            buffer[filled++] = HEX[b >> 4];
            buffer[filled++] = HEX[b & 0xF];
        }
        afterCr = false;
        atLineStart = false;
    }

    private void reserve(int room) throws IOException {
        if (filled + room > BUFFER) {
            drain();
        }
    }

    private void drain() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }
}
