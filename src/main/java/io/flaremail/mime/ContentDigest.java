package io.flaremail.mime;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A digest (SHA-256) of everything in a message that an author writes and a reader sees, for telling whether a message is
 * the same as an earlier one. Takes canonical bytes: CRLF line ends. Memory does not grow with the message. Not thread-safe.
 *
 * <p>What a mail library makes anew each time does not count: at the top of the message {@code Message-ID}, {@code Date},
 * {@code Resent-Message-ID}, {@code Resent-Date} and the trace fields (RFC 5322 3.6.7) {@code Received}, {@code Return-Path} and
 * {@code X-Received}; and the text of MIME boundaries, of which only the order counts (see {@link MimeOutline}). The other
 * {@code Resent-} fields say who resent the message to whom, so they count. Where a boundary is unclear its text counts: two
 * messages may be told apart without need, but are never mistaken for each other.
 *
 * <p>Tests: ContentDigestTest.
 */
public final class ContentDigest extends OutputStream {
    /** The longest line, and the longest Content-Type field, that is looked at; what is longer counts byte for byte. */
    static final int LONGEST = 16 * 1024;

    private final MessageDigest digest;
    private final MimeOutline outline;
    private final byte[] line = new byte[LONGEST];
    private int filled;

    /** Whether the beginning of this line has been handed on. */
    private boolean cut;

    public ContentDigest() {
        super();
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
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

    /** The digest of everything written, as hexadecimal digits; ends this stream. */
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

    /** The Message-ID at the top of the message, angle brackets included; empty when there is none. */
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

    /** The line is longer than what is kept of it: its beginning is looked at, the rest follows as it is. */
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
