package io.flaremail.sandbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A message that the sandbox accepted, as its recipients get it. Immutable, except for its arrays. */
public final class ReceivedMessage {
    private static final Session NO_SESSION = Session.getInstance(new Properties());

    private final String id;
    private final Accepted accepted;
    private final byte[] raw;
    private final List<String> suppressed;
    private final Instant receivedAt;
    private MessageContent content;

    /** @param suppressed the recipients on the account's suppression list */
    ReceivedMessage(Accepted accepted, byte[] raw, List<String> suppressed, Instant receivedAt) {
        this.id = bare(accepted.messageId());
        this.accepted = accepted;
        this.raw = raw;
        this.suppressed = suppressed;
        this.receivedAt = receivedAt;
    }

    /** A Message-ID without its angle brackets. */
    static String bare(String messageId) {
        return messageId.replaceAll("^<|>$", "");
    }

    Accepted accepted() {
        return accepted;
    }

    List<String> suppressed() {
        return suppressed;
    }

    /** The Message-ID as answered, without its angle brackets. */
    public String id() {
        return id;
    }

    /** The envelope sender. */
    public String from() {
        return accepted.from();
    }

    /** The envelope recipients as they were sent, those that bounced or were suppressed among them. */
    public List<String> recipients() {
        return accepted.recipients();
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    /** The subject, decoded; empty if there is none. */
    public String subject() {
        return Optional.ofNullable(new RawMessage(raw).subject()).orElse("");
    }

    /** The first field of this name, decoded. */
    public Optional<String> header(String name) {
        return content().header(name);
    }

    /** The text of the first text/plain part that is not an attachment; empty if there is none. */
    public String text() {
        return content().text();
    }

    /** The text of the first text/html part that is not an attachment; empty if there is none. */
    public String html() {
        return content().html();
    }

    /** All other parts, in order. */
    public List<ReceivedAttachment> attachments() {
        return content().attachments();
    }

    /** The message as stored: with the service's Message-ID, as IMAP serves it. */
    public byte[] raw() {
        return raw.clone();
    }

    int size() {
        return raw.length;
    }

    synchronized MessageContent content() {
        if (content == null) {
            try {
                content = MessageContent.of(new MimeMessage(NO_SESSION, new ByteArrayInputStream(raw)));
            } catch (MessagingException e) {
                throw new UncheckedIOException(new java.io.IOException("Cannot parse the message " + id(), e));
            }
        }
        return content;
    }

    @Override
    public String toString() {
        return "from " + from() + " to " + String.join(", ", recipients()) + ": \"" + subject() + "\"";
    }
}
