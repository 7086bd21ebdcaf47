package io.flaremail.samples.outbox;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.EmailAnalytics;
import io.flaremail.samples.outbox.BrokerSession.Stored;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Searches the service's analytics for messages with an unknown outcome, by recipient, subject and time. A recipient that is
 * found was accepted, and is followed by events from there on. One that is not found stays unknown, since analytics are
 * sampled and delayed. A recipient to whom this outbox sent another message of the same subject at about that time is not
 * looked up, since the record may be of that one. If other applications send mail of the same subjects to the same recipients
 * from the same zone, do not use this class. Not thread-safe.
 */
public final class UnknownOutcomeLookup implements AutoCloseable {
    /** How far the clocks of this machine and of the service may differ. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);

    /** How long after the courier began the service may have recorded the message. */
    private static final Duration MAX_RECORDING_DELAY = Duration.ofMinutes(15);

    /** Older outcomes stay unknown. */
    private static final Duration MAX_AGE = Duration.ofDays(3);

    /** For which attempts are remembered: those around the oldest message that is looked up, too. */
    private static final Duration REMEMBERED = MAX_AGE.plusDays(1);

    private static final String SUBJECT = "subject";

    private final Transactions transactions;
    private final EmailAnalytics analytics;
    private int accepted;

    /** @param analytics of the zone that the senders' domain is in */
    public UnknownOutcomeLookup(Broker broker, EmailAnalytics analytics) {
        this.transactions = new Transactions(broker);
        this.analytics = analytics;
    }

    /** Remembers an attempt that begins now, in the transaction in which it begins. */
    static void record(Letter letter, BrokerSession broker) throws JMSException {
        String subject = letter.subject();
        for (String recipient : letter.to()) {
            Message attempt = broker.session().createMessage();
            attempt.setStringProperty(RecipientRecord.KEY, RecipientRecord.key(recipient));
            attempt.setStringProperty(SUBJECT, subject);
            attempt.setStringProperty(Letter.ID, letter.id());
            attempt.setLongProperty(Letter.BEGUN, letter.begun());
            broker.put(Outbox.ATTEMPTS, attempt, Duration.ZERO, REMEMBERED);
        }
    }

    /**
     * Looks up all messages with an unknown outcome. Call it some minutes after they were sent, and again later.
     *
     * @return how many recipients turned out to have been accepted
     */
    public int reconcile() throws JMSException, CloudflareApiException {
        accepted = 0;
        List<Stored<Letter>> unknown = new ArrayList<>();
        transactions.run(session -> unknown.addAll(session.browse(Outbox.UNKNOWN, Letter::of)));
        for (Stored<Letter> each : unknown) {
            if (isRecent(each.content())) {
                reconcile(each);
            }
        }
        return accepted;
    }

    private static boolean isRecent(Letter letter) {
        return !letter.id().isEmpty()
                && Instant.ofEpochMilli(letter.begun()).isAfter(Instant.now().minus(MAX_AGE));
    }

    private void reconcile(Stored<Letter> unknown) throws JMSException, CloudflareApiException {
        Letter letter = unknown.content();
        List<String> clear = new ArrayList<>(letter.to());
        transactions.run(session -> clear.removeAll(doubtful(letter, session)));
        Map<String, String> ids = find(clear, letter);
        List<RecipientRecord> found = new ArrayList<>();
        for (String recipient : clear) {
            String id = ids.get(RecipientRecord.key(recipient));
            if (id != null) {
                found.add(new RecipientRecord(
                        recipient, List.of(id), letter.messageId(), letter.subject(), "found in analytics"));
            }
        }
        if (!found.isEmpty()) {
            transactions.run(session -> move(unknown, found, session));
        }
    }

    private void move(Stored<Letter> unknown, List<RecipientRecord> found, BrokerSession session) throws JMSException {
        if (!session.take(Outbox.UNKNOWN, unknown)) {
            return; // a person moved it, or the next call finds it again
        }
        List<String> left = new ArrayList<>(unknown.content().to());
        for (RecipientRecord each : found) {
            session.put(Outbox.ACCEPTED, each.in(session.session()));
            left.remove(each.recipient());
        }
        if (!left.isEmpty()) {
            session.put(Outbox.UNKNOWN, unknown.content().to(left).in(session.session()));
        }
        accepted += found.size();
    }

    /** The service's ids, by the recipients' keys. */
    private Map<String, String> find(List<String> recipients, Letter letter) throws CloudflareApiException {
        Instant begun = Instant.ofEpochMilli(letter.begun());
        return analytics.findMessageIds(
                recipients.stream().map(RecipientRecord::key).toList(),
                letter.subject(),
                begun.minus(MAX_CLOCK_SKEW),
                begun.plus(MAX_RECORDING_DELAY));
    }

    /** The recipients whose record may be of another message. */
    private static List<String> doubtful(Letter letter, BrokerSession session) throws JMSException {
        List<String> doubtful = new ArrayList<>();
        for (String recipient : letter.to()) {
            String key = RecipientRecord.key(recipient);
            if (!session.browse(Outbox.ATTEMPTS, RecipientRecord.KEY, key, attempt -> another(attempt, letter))
                    .isEmpty()) {
                doubtful.add(recipient);
            }
        }
        return doubtful;
    }

    private static Optional<Message> another(Message attempt, Letter letter) throws JMSException {
        long apart = MAX_CLOCK_SKEW.plus(MAX_RECORDING_DELAY).toMillis();
        boolean another = letter.subject().equals(attempt.getObjectProperty(SUBJECT))
                && !letter.id().equals(attempt.getObjectProperty(Letter.ID))
                && attempt.getObjectProperty(Letter.BEGUN) instanceof Long begun
                && Math.abs(begun - letter.begun()) <= apart;
        return another ? Optional.of(attempt) : Optional.empty();
    }

    @Override
    public void close() throws JMSException {
        transactions.close();
    }
}
