package io.flaremail.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A serialised message whose header can be read and changed without Jakarta Mail. Lines end with CRLF. Immutable.
 *
 * <p>Tests: RawMessageTest.
 */
public final class RawMessage {
    /**
     * Fields that are never sent. Bcc and Resent-Bcc belong to the envelope only (RFC 5322 sections 3.6.3 and 3.6.6);
     * Content-Length describes a message in a mailbox file.
     */
    public static final List<String> NEVER_SENT =
            Collections.unmodifiableList(Arrays.asList("Bcc", "Resent-Bcc", "Content-Length"));

    /** The field that names the recipients of a redirected message. */
    public static final String INTENDED_RECIPIENTS = "X-Flaremail-Intended-Recipients";

    /** Editors put it in front of a file; it is no part of a message. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] message;
    private final Header header;

    private RawMessage(byte[] canonical) {
        this.message = canonical;
        this.header = new Header(new Octets(canonical, 0, canonical.length));
    }

    /** @param message with line ends of any kind; not modified */
    public static RawMessage of(byte[] message) {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream(message.length);
        try {
            JsonMimeStream stream = new JsonMimeStream(new JsonMimeDecoder(canonical));
            int start = startsWithByteOrderMark(message) ? BYTE_ORDER_MARK.length : 0;
            stream.write(message, start, message.length - start);
            stream.finish();
        } catch (IOException e) {
            throw new IllegalStateException(e); // streams in memory do not fail
        }
        return new RawMessage(canonical.toByteArray());
    }

    private static boolean startsWithByteOrderMark(byte[] message) {
        return message.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(Arrays.copyOf(message, BYTE_ORDER_MARK.length), BYTE_ORDER_MARK);
    }

    /** The value of the first field with this name, unfolded, with one character per byte; empty if it is blank. */
    public Optional<String> field(String name) {
        String value = header.value(name).replaceAll("\r\n(?=[ \t])", "").trim();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** A copy without the fields with these names. */
    public RawMessage without(Collection<String> names) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream(message.length);
        int at = 0;
        for (Header.Field field : header.fields) {
            if (names.stream().anyMatch(name -> field.is(name) || field.isDisputed(name))) {
                rest.write(message, at, field.range.start - at);
                at = new Octets(message, 0, message.length).nextLine(field.range.end);
            }
        }
        rest.write(message, at, message.length - at);
        return new RawMessage(rest.toByteArray());
    }

    /** A copy with one more field at the top. The value is ASCII or comes from {@link #field}. */
    public RawMessage with(String name, String value) {
        byte[] line = (name + ": " + value + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[line.length + message.length];
        System.arraycopy(line, 0, all, 0, line.length);
        System.arraycopy(message, 0, all, line.length, message.length);
        return new RawMessage(all);
    }

    /**
     * The message as UTF-8, which JSON can carry.
     *
     * @throws UnencodableContentException if that would change signed content, see {@link Utf8Rewriter#rewrite}
     */
    public byte[] utf8() throws UnencodableContentException {
        return Utf8Rewriter.rewrite(message.clone());
    }
}
