package io.flaremail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How the top of a message differs on the wire from the caller's object: what is left out, and what is put before it. */
final class WireForm {
    /** Names the recipients of a redirected message. */
    static final String INTENDED = "X-Flaremail-Intended-Recipients";

    /** Bcc is envelope-only, RFC 5322 section 3.6.3. Content-Length is a mailbox's, not a message's. As SMTP does. */
    private static final List<String> NEVER_SENT = Arrays.asList("Bcc", "Content-Length");

    private final String[] leftOut;
    private final byte[] before;

    private WireForm(String[] leftOut, byte[] before) {
        this.leftOut = leftOut;
        this.before = before;
    }

    /** As SMTP sends it, and without these header fields. */
    static WireForm without(List<String> fields) {
        List<String> leftOut = new ArrayList<>(NEVER_SENT);
        leftOut.addAll(fields);
        return new WireForm(leftOut.toArray(new String[0]), new byte[0]);
    }

    /** The same, with a field that names these recipients; one a line, so that none gets too long. */
    WireForm naming(List<Recipient> recipients) {
        String names = recipients.stream().map(each -> each.wire.toString()).collect(Collectors.joining(",\r\n "));
        return new WireForm(leftOut, (INTENDED + ": " + names + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Serialises the message without changing it: {@code writeTo} is the form that subclasses override. */
    void write(MimeMessage message, OutputStream out) throws IOException, MessagingException {
        out.write(before);
        message.writeTo(out, leftOut);
    }
}
