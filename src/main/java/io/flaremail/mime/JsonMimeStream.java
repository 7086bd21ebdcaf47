package io.flaremail.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Turns the bytes of a message into the inside of a JSON string, in one pass: line ends become CRLF, what JSON reserves
 * is escaped, UTF-8 is checked. The bytes between the quotes come out; the quotes do not.
 *
 * <p>Line ends follow what an SMTP client puts on the wire: every CR, LF and CRLF is one CRLF, and the message ends in
 * one (RFC 5321 section 2.3.8). JSON text must be UTF-8 (RFC 8259 section 8.1), so when the message is not,
 * {@link #isUtf8()} says so; the output is then no JSON, but {@link JsonMimeDecoder} gives the message back.
 *
 * <p>{@link #flush()} does nothing: a message flushes once per body part, and nothing may leave before {@link #finish()}
 * anyway. Not thread-safe.
 *
 * <p>Tests: JsonMimeStreamTest, Utf8CheckTest.
 */
public class JsonMimeStream extends OutputStream {
    private static final int BUFFER = 8192;
    private static final int LONGEST_ESCAPE = 6;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    /** True for the bytes that go out as they came in: printable ASCII and DEL, without the quote and the backslash. */
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
     * @param out takes the JSON text in large pieces; not null, neither flushed nor closed by this stream
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

    /** Does nothing: see the class comment. */
    @Override
    public final void flush() {
        // deliberately empty
    }

    /**
     * Ends the message: adds the last CRLF when it is missing and hands everything on.
     *
     * @throws IOException from the stream below
     */
    public final void finish() throws IOException {
        utf8.end();
        if (!atLineStart) {
            lineEnd();
        }
        drain();
    }

    /** Whether everything written so far is UTF-8; final after {@link #finish()}. */
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
        if (b < 0 || PLAIN[b]) { // a byte of a longer character, or the ASCII byte that cut one short
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
