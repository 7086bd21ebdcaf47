package io.flaremail.samples.outbox;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.EmailAnalytics;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Searches the service's analytics for messages with an unknown outcome, by recipient, subject and time. A recipient that is
 * found was accepted, and is followed by events from there on. One that is not found stays unknown, since analytics are
 * sampled and delayed; so does one whose only record belongs to another message of this outbox. Not thread-safe.
 */
public final class UnknownOutcomeLookup implements AutoCloseable {
    /** How far the clocks of this machine and of the service may differ. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);

    /** How long after the courier began the service may have recorded the message. */
    private static final Duration MAX_RECORDING_DELAY = Duration.ofMinutes(15);

    private static final Session NO_SESSION = Session.getInstance(new Properties());

    private final BrokerSession broker;
    private final EmailAnalytics analytics;

    /** @param analytics of the zone that the senders' domain is in */
    public UnknownOutcomeLookup(Broker broker, EmailAnalytics analytics) throws JMSException {
        this.broker = new BrokerSession(broker);
        this.analytics = analytics;
    }

    /** Returns how many recipients turned out to have been accepted. */
    public int reconcile() throws JMSException, CloudflareApiException {
        int accepted = 0;
        for (Message unknown : broker.browse(Outbox.UNKNOWN)) {
            Optional<Letter> letter = Letter.of(unknown).filter(each -> each.begun() > 0);
            if (letter.isPresent()) {
                accepted += reconcile(unknown, letter.get());
            }
        }
        return accepted;
    }

    private int reconcile(Message unknown, Letter letter) throws JMSException, CloudflareApiException {
        List<RecipientRecord> accepted = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (String recipient : letter.to()) {
            Optional<RecipientRecord> found = find(recipient, letter);
            found.ifPresentOrElse(accepted::add, () -> left.add(recipient));
        }
        if (accepted.isEmpty() || !broker.take(Outbox.UNKNOWN, unknown)) {
            return 0;
        }
        for (RecipientRecord each : accepted) {
            broker.put(Outbox.ACCEPTED, each.in(broker.session()));
        }
        if (!left.isEmpty()) {
            broker.put(Outbox.UNKNOWN, letter.to(left).in(broker.session()));
        }
        broker.commit();
        return accepted.size();
    }

    private Optional<RecipientRecord> find(String recipient, Letter letter)
            throws JMSException, CloudflareApiException {
        Instant begun = Instant.ofEpochMilli(letter.begun());
        try {
            MimeMessage message = new MimeMessage(NO_SESSION, new ByteArrayInputStream(letter.mime()));
            String subject = Optional.ofNullable(message.getSubject()).orElse("");
            String messageId = Optional.ofNullable(message.getMessageID()).orElse("");
            Optional<String> id = analytics.findMessageId(
                    recipient, subject, begun.minus(MAX_CLOCK_SKEW), begun.plus(MAX_RECORDING_DELAY));
            return id.isEmpty() || belongsToAnother(id.get(), recipient)
                    ? Optional.empty()
                    : Optional.of(new RecipientRecord(
                            recipient, List.of(id.get()), messageId, subject, "found in analytics"));
        } catch (MessagingException unreadable) {
            return Optional.empty();
        }
    }

    /** Two messages with one subject to one recipient, of which one is known to be accepted: the record is of that one. */
    private boolean belongsToAnother(String id, String recipient) throws JMSException {
        for (String queue : FinalOutcome.QUEUES) {
            for (Message message : broker.browse(queue, RecipientRecord.KEY, RecipientRecord.key(recipient))) {
                if (RecipientRecord.of(message)
                        .filter(each -> each.serviceIds().contains(id))
                        .isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() throws JMSException {
        broker.close();
    }
}
