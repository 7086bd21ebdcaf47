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
 * How the header on the wire differs from the caller's message: which fields are omitted and prepended.
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

    /** The message as SMTP sends it, without these header fields. */
    static HeaderRules without(List<String> fields) {
        List<String> leftOut = new ArrayList<>(RawMessage.NEVER_SENT);
        leftOut.addAll(fields);
        return new HeaderRules(leftOut.toArray(new String[0]), new byte[0]);
    }

    /** Adds a field that lists these recipients, one per line to keep lines short. */
    HeaderRules withIntendedRecipients(List<Recipient> recipients) {
        String names = recipients.stream().map(each -> each.wire.toString()).collect(Collectors.joining(",\r\n "));
        return with(RawMessage.INTENDED_RECIPIENTS + ": " + names);
    }

    /**
     * Adds a From field if the message has none or an empty one, since the API requires it: the message's Sender, or
     * else this address.
     */
    HeaderRules withFrom(MimeMessage message, String reversePath) throws MessagingException {
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

    /** @param field ASCII, or with the raw value of a message field, in which each character is a byte */
    private HeaderRules with(String field) {
        boolean isBytes = StandardCharsets.ISO_8859_1.newEncoder().canEncode(field); // not with mail.mime.allowutf8
        byte[] line = (field + "\r\n").getBytes(isBytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + line.length);
        System.arraycopy(line, 0, all, before.length, line.length);
        return new HeaderRules(leftOut, all);
    }

    /** Serialises the message without changing it. Calls the {@code writeTo} that subclasses override. */
    void write(MimeMessage message, OutputStream out) throws IOException, MessagingException {
        out.write(before);
        message.writeTo(out, leftOut);
    }
}
