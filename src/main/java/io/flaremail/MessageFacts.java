package io.flaremail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.Serializable;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Optional;

/** What a {@link SendReport} says about the message itself. Immutable. */
final class MessageFacts implements Serializable {
    private static final long serialVersionUID = 1L;

    final Instant started;

    /** Null if it was not determined. */
    final String reversePath;

    /** The address that the message went to instead of all recipients; null for none. */
    final String redirect;

    /** The message's own Message-ID; null for none. */
    final String messageId;

    /** As it is in the message, with encoded-words; null for none. */
    private final String subject;

    private MessageFacts(Instant started, String reversePath, String redirect, String messageId, String subject) {
        this.started = started;
        this.reversePath = reversePath;
        this.redirect = redirect;
        this.messageId = messageId;
        this.subject = subject;
    }

    /** @param redirect null for none */
    static MessageFacts of(Instant started, Object redirect) {
        return new MessageFacts(started, null, redirect == null ? null : redirect.toString(), null, null);
    }

    /** The decoded subject. */
    Optional<String> subject() {
        try {
            return subject == null
                    ? Optional.empty()
                    : Optional.of(MimeUtility.decodeText(MimeUtility.unfold(subject)));
        } catch (UnsupportedEncodingException e) {
            return Optional.of(subject); // as mail clients show it
        }
    }

    MessageFacts with(MimeMessage message, Envelope envelope) {
        return new MessageFacts(
                started, envelope.reversePath(), redirect, field(message, "Message-ID"), field(message, "Subject"));
    }

    /** A subclass may be unable to read a field and yet be able to write the message. */
    private static String field(MimeMessage message, String name) {
        try {
            return message.getHeader(name, null);
        } catch (MessagingException | RuntimeException e) {
            return null;
        }
    }
}
