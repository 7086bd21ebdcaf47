package io.flaremail;

import io.flaremail.Envelope.Recipient;
import io.flaremail.mime.RawMessage;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the top of a message differs on the wire from the caller's object: what is left out, and what is put before it.
 *
 * <p>Tests: HeaderRulesTest, WithoutFromTest.
 */
final class HeaderRules {
    private final String[] leftOut;
    private final byte[] before;

    private HeaderRules(String[] leftOut, byte[] before) {
        this.leftOut = leftOut;
        this.before = before;
    }

    /** As SMTP sends it, and without these header fields. */
    static HeaderRules without(List<String> fields) {
        List<String> leftOut = new ArrayList<>(RawMessage.NEVER_SENT);
        leftOut.addAll(fields);
        return new HeaderRules(leftOut.toArray(new String[0]), new byte[0]);
    }

    /** The same, with a field that names these recipients; one a line, so that none gets too long. */
    HeaderRules naming(List<Recipient> recipients) {
        String names = recipients.stream().map(each -> each.wire.toString()).collect(Collectors.joining(",\r\n "));
        return with(RawMessage.INTENDED_RECIPIENTS + ": " + names);
    }

    /**
     * The same, with a From field if the message has none, since the API refuses such a message: its Sender, or else this
     * address. An empty From field is replaced.
     */
    HeaderRules from(MimeMessage message, String reversePath) throws MessagingException {
        String from = message.getHeader("From", null);
        if (from != null && !from.trim().isEmpty()) {
            return this;
        }
        String sender = message.getHeader("Sender", null);
        boolean hasSender = sender != null && !sender.trim().isEmpty();
        return without("From").with("From: " + (hasSender ? sender.trim() : reversePath));
    }

    private HeaderRules without(String field) {
        String[] fields = Arrays.copyOf(leftOut, leftOut.length + 1);
        fields[leftOut.length] = field;
        return new HeaderRules(fields, before);
    }

    /** @param field ASCII, or with the raw value of a field of the message, of which each character is a byte */
    private HeaderRules with(String field) {
        boolean isBytes = StandardCharsets.ISO_8859_1.newEncoder().canEncode(field); // mail.mime.allowutf8 has others
        byte[] line = (field + "\r\n").getBytes(isBytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + line.length);
        System.arraycopy(line, 0, all, before.length, line.length);
        return new HeaderRules(leftOut, all);
    }

    /** Serialises the message without changing it: {@code writeTo} is the form that subclasses override. */
    void write(MimeMessage message, OutputStream out) throws IOException, MessagingException {
        out.write(before);
        message.writeTo(out, leftOut);
    }
}
