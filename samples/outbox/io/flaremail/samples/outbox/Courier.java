package io.flaremail.samples.outbox;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Takes messages out of the outbox and sends them, one at a time. More couriers, each with a name of its own, send more at a time. Not for
 * several threads; when a call throws, nothing is certain but the queues: close it and make another.
 */
public final class Courier implements AutoCloseable {
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final Properties mail;
    private final Backoff backoff;
    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;
    private final String sending;
    private final MessageConsumer fromOutbox;
    private final MessageConsumer fromSending;

    /**
     * Parks what a courier of this name was sending when it died.
     *
     * @param name the same after a restart, and no other living courier's: the broker turns a second one away
     * @param mail the mail session's properties
     */
    public Courier(Broker broker, String name, Properties mail, Backoff backoff) throws JMSException {
        this.mail = mail;
        this.backoff = backoff;
        this.sending = Outbox.SENDING + name;
        connection = broker.connect();
        try {
            session = connection.createSession(Session.SESSION_TRANSACTED);
            producer = session.createProducer(null);
            fromSending = session.createConsumer(session.createQueue(sending));
            fromOutbox = session.createConsumer(session.createQueue(Outbox.WAITING));
            parkWhatWasBeingSent();
        } catch (JMSException | RuntimeException | Error refused) {
            connection.close();
            throw refused;
        }
    }

    private void parkWhatWasBeingSent() throws JMSException {
        for (Message begun = fromSending.receiveNoWait(); begun != null; begun = fromSending.receiveNoWait()) {
            Optional<Letter> letter = Letter.of(begun);
            put(
                    Outbox.UNKNOWN,
                    letter.isPresent()
                            ? letter.get()
                                    .failed(letter.get().to(), "left behind by a courier that died while sending")
                                    .in(session)
                            : begun,
                    Duration.ZERO);
            session.commit();
        }
    }

    /** Deals with the next message. @return false if there was none for so long */
    public boolean deliverNext(Duration wait) throws JMSException {
        parkWhatWasBeingSent(); // empty, unless somebody else puts something there
        Message waiting = fromOutbox.receive(wait.toMillis());
        if (waiting == null) {
            return false;
        }
        Optional<Letter> letter = Letter.of(waiting);
        if (letter.isEmpty()) {
            put(Outbox.REFUSED, waiting, Duration.ZERO); // as it is: a person may know what it was
            session.commit();
            return true;
        }
        put(sending, letter.get().in(session), Duration.ZERO);
        session.commit(); // from here on, a courier that dies leaves a message of which nothing is known
        Message begun = fromSending.receive(AT_ONCE.toMillis());
        conclude(begun == null ? Optional.empty() : Letter.of(begun), begun);
        session.commit();
        return true;
    }

    /** @param begun null when the broker does not give back what it was given a moment ago */
    private void conclude(Optional<Letter> letter, Message begun) throws JMSException {
        if (begun == null) {
            throw new JMSException("The broker did not return the message just moved to " + sending);
        }
        if (letter.isEmpty()) {
            put(Outbox.UNKNOWN, begun, Duration.ZERO); // somebody else's, in a queue that is nobody else's
            return;
        }
        conclude(letter.get(), Attempt.at(letter.get(), mail));
    }

    private void conclude(Letter letter, Attempt attempt) throws JMSException {
        for (Map.Entry<String, List<String>> next : attempt.next().entrySet()) {
            Letter failed = letter.failed(next.getValue(), attempt.reason());
            if (!next.getKey().equals(Outbox.WAITING)) {
                put(next.getKey(), failed.in(session), Duration.ZERO);
            } else if (failed.attempts() >= backoff.attempts()) {
                put(Outbox.REFUSED, failed.in(session), Duration.ZERO);
            } else {
                put(Outbox.WAITING, failed.in(session), backoff.after(attempt, failed.attempts()));
            }
        }
    }

    private void put(String queue, Message message, Duration delay) throws JMSException {
        producer.setDeliveryDelay(delay.toMillis());
        producer.send(session.createQueue(queue), message);
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
