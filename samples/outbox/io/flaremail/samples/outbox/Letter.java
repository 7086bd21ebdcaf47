package io.flaremail.samples.outbox;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A message in a queue: the octets of RFC 5322 and the envelope. Immutable.
 *
 * @param id of the letter, the same for all attempts and parts; empty if another program wrote it
 * @param from the envelope's sender
 * @param to the envelope's recipients that are left, in the form of {@link InternetAddress#getAddress()}
 * @param attempts the number of failed attempts
 * @param reason why the last attempt failed; empty before the first
 * @param begun when the last attempt began, in milliseconds since 1970; 0 before the first
 */
record Letter(String id, String from, List<String> to, byte[] mime, int attempts, String reason, long begun) {
    static final String ID = "letterId";
    static final String BEGUN = "begun";

    private static final String FROM = "envelopeFrom";
    private static final String TO = "envelopeTo";
    private static final String ATTEMPTS = "attempts";
    private static final String REASON = "reason";

    private static final jakarta.mail.Session NO_SESSION = jakarta.mail.Session.getInstance(new Properties());

    /** In bytes: more than the service accepts, but not enough to fill the heap. */
    private static final int LONGEST = 32 * 1024 * 1024;

    /** Separates addresses, since none contains it. */
    private static final String SEPARATOR = "\n";

    /** Empty if it is not a letter or is malformed: other programs may write to a queue. */
    static Optional<Letter> of(Message message) throws JMSException {
        if (!(message instanceof BytesMessage bytes)
                || !(message.getObjectProperty(FROM) instanceof String from)
                || !(message.getObjectProperty(TO) instanceof String to)
                || !(message.getObjectProperty(ATTEMPTS) instanceof Integer attempts)
                || !(message.getObjectProperty(REASON) instanceof String reason)
                || bytes.getBodyLength() > LONGEST
                || to.isBlank()
                || attempts < 0) {
            return Optional.empty();
        }
        byte[] mime = new byte[(int) bytes.getBodyLength()];
        bytes.readBytes(mime);
        long begun = message.getObjectProperty(BEGUN) instanceof Long time ? time : 0;
        String id = message.getObjectProperty(ID) instanceof String text ? text : "";
        return Optional.of(new Letter(id, from, List.of(to.split(SEPARATOR)), mime, attempts, reason, begun));
    }

    Message in(Session session) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.setStringProperty(ID, id);
        message.setStringProperty(FROM, from);
        message.setStringProperty(TO, String.join(SEPARATOR, to));
        message.setIntProperty(ATTEMPTS, attempts);
        message.setStringProperty(REASON, reason);
        message.setLongProperty(BEGUN, begun);
        message.writeBytes(mime);
        return message;
    }

    /** The recipients, not parsed again: a quoted local part or a group stays as it is. */
    InternetAddress[] recipients() {
        return to.stream().map(Letter::address).toArray(InternetAddress[]::new);
    }

    private static InternetAddress address(String text) {
        InternetAddress address = new InternetAddress();
        address.setAddress(text);
        return address;
    }

    /** A copy for some of the recipients. */
    Letter to(List<String> recipients) {
        return new Letter(id, from, recipients, mime, attempts, reason, begun);
    }

    /** A copy whose attempt begins now. */
    Letter beginning() {
        return new Letter(id, from, to, mime, attempts, reason, System.currentTimeMillis());
    }

    /** Whether both are the same letter, to the same recipients, in the same attempt. */
    boolean isSameAttempt(Letter other) {
        return id.equals(other.id) && to.equals(other.to) && begun == other.begun && attempts == other.attempts;
    }

    /** A copy for recipients that are not sent to at all. */
    Letter refused(List<String> recipients, String why) {
        return new Letter(id, from, recipients, mime, attempts, why, begun);
    }

    /** Empty if there is none, or it cannot be read. */
    String subject() {
        return header(MimeMessage::getSubject);
    }

    /** The message's own Message-ID; empty if it has none, or it cannot be read. */
    String messageId() {
        return header(MimeMessage::getMessageID);
    }

    private interface Field {
        String of(MimeMessage message) throws MessagingException;
    }

    private String header(Field field) {
        try {
            return Optional.ofNullable(field.of(new MimeMessage(NO_SESSION, new ByteArrayInputStream(mime))))
                    .orElse("");
        } catch (MessagingException e) {
            return "";
        }
    }

    /** A copy after a failed attempt, for the recipients that it failed for. */
    Letter failed(List<String> recipients, String why) {
        return new Letter(id, from, recipients, mime, attempts + 1, why, begun);
    }
}
