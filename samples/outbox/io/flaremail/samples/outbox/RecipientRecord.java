package io.flaremail.samples.outbox;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a message for one recipient after the service has answered. Immutable.
 *
 * @param recipient the envelope recipient, as it was sent
 * @param serviceIds the Message-IDs that the service gave the message, one for each request; empty if it gave none
 * @param messageId the message's own Message-ID; empty if it had none
 * @param subject empty if it had none
 * @param reason what the recipient's server said; empty before there is an event
 */
record RecipientRecord(String recipient, List<String> serviceIds, String messageId, String subject, String reason) {
    /** The recipient in the form in which addresses are compared. */
    static final String KEY = "recipientKey";

    private static final String RECIPIENT = "recipient";
    private static final String SERVICE_IDS = "serviceIds";
    private static final String MESSAGE_ID = "messageId";
    private static final String SUBJECT = "subject";
    private static final String REASON = "reason";
    private static final String SEPARATOR = "\n";

    /** Empty if it is none: other programs may write to a queue. */
    static Optional<RecipientRecord> of(Message message) throws JMSException {
        if (!(message.getObjectProperty(RECIPIENT) instanceof String recipient)
                || !(message.getObjectProperty(SERVICE_IDS) instanceof String ids)
                || !(message.getObjectProperty(MESSAGE_ID) instanceof String messageId)
                || !(message.getObjectProperty(SUBJECT) instanceof String subject)
                || !(message.getObjectProperty(REASON) instanceof String reason)) {
            return Optional.empty();
        }
        List<String> serviceIds = ids.isEmpty() ? List.of() : List.of(ids.split(SEPARATOR));
        return Optional.of(new RecipientRecord(recipient, serviceIds, messageId, subject, reason));
    }

    Message in(Session session) throws JMSException {
        Message message = session.createMessage();
        message.setStringProperty(KEY, key(recipient));
        message.setStringProperty(RECIPIENT, recipient);
        message.setStringProperty(SERVICE_IDS, String.join(SEPARATOR, serviceIds));
        message.setStringProperty(MESSAGE_ID, messageId);
        message.setStringProperty(SUBJECT, subject);
        message.setStringProperty(REASON, reason);
        return message;
    }

    RecipientRecord withReason(String why) {
        return new RecipientRecord(recipient, serviceIds, messageId, subject, why);
    }

    /** The address in lower case, its domain in ASCII: an event may write it in another way than the message did. */
    static String key(String written) {
        String address =
                written.startsWith("<") && written.endsWith(">") ? written.substring(1, written.length() - 1) : written;
        int at = address.lastIndexOf('@');
        String domain = address.substring(at + 1);
        try {
            return (address.substring(0, at + 1) + IDN.toASCII(domain)).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notADomain) {
            return address.toLowerCase(Locale.ROOT);
        }
    }
}
