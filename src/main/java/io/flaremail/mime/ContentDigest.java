package io.flaremail.mime;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 digest of everything in a message that its author wrote and its reader sees. Two messages with the same
 * digest have the same content. The input is canonical: lines end with CRLF. Memory use does not grow with the
 * message. Not thread-safe.
 *
 * <p>The digest ignores what mail libraries generate anew for each transmission: at the top of the message,
 * {@code Message-ID}, {@code Date}, {@code Resent-Message-ID}, {@code Resent-Date} and the trace fields (RFC 5322
 * 3.6.7) {@code Received}, {@code Return-Path} and {@code X-Received}; everywhere, the text of MIME boundaries, of
 * which only the order counts (see {@link MimeOutline}). The other {@code Resent-} fields count, because they name
 * who resent the message and to which recipients. The text of an ambiguous boundary counts too: this may distinguish
 * two equal messages, but never confuses two different ones.
 *
 * <p>Tests: ContentDigestTest.
 */
public final class ContentDigest extends OutputStream {
    /** The maximum length of a line or Content-Type field to inspect. The rest of a longer one counts byte for byte. */
    static final int LONGEST = 16 * 1024;

    private final MessageDigest digest;
    private final MimeOutline outline;
    private final byte[] line = new byte[LONGEST];
    private int filled;

    /** Whether the outline has the beginning of the current line already. */
    private boolean cut;

    public ContentDigest() {
        super();
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform supports SHA-256
        }
        outline = new MimeOutline(digest);
    }

    @Override
    public void write(int b) {
        if (b == '\n') {
            endLine();
        } else {
            if (filled == LONGEST) {
                cutLine();
            }
            line[filled++] = (byte) b;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int run = at;
            while (run < end && bytes[run] != '\n') {
                run++;
            }
            keep(bytes, at, run);
            if (run < end) {
                endLine();
            }
            at = run + 1;
        }
    }

    /** Ends this stream and returns its digest in hexadecimal digits. */
    public String finish() {
        if (filled > 0 || cut) {
            endLine();
        }
        outline.finish();
        StringBuilder hex = new StringBuilder();
        for (byte b : digest.digest()) {
            hex.append(Character.forDigit((b >> 4) & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
        }
        return hex.toString();
    }

    /** The Message-ID at the top of the message, angle brackets included; empty if there is none. */
    public String messageId() {
        return outline.messageId();
    }

    private void keep(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            if (filled == LONGEST) {
                cutLine();
            }
            int count = Math.min(to - at, LONGEST - filled);
            System.arraycopy(bytes, at, line, filled, count);
            filled += count;
            at += count;
        }
    }

    /** Passes the beginning of a long line to the outline. The rest of the line follows without inspection. */
    private void cutLine() {
        if (cut) {
            outline.more(line, filled);
        } else {
            outline.begin(text(filled));
        }
        cut = true;
        filled = 0;
    }

    private void endLine() {
        int length = filled > 0 && line[filled - 1] == '\r' ? filled - 1 : filled;
        if (cut) {
            outline.more(line, length);
        } else {
            outline.begin(text(length));
        }
        outline.end();
        cut = false;
        filled = 0;
    }

    private String text(int length) {
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }
}
