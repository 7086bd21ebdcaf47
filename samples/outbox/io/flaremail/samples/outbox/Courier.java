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
 * Takes messages from the outbox and sends them, one at a time. To send several at a time, run several couriers with
 * different names. Not thread-safe. If a call throws, close the courier and create another one: only the queues are
 * reliable.
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
     * Parks the message that a courier of this name was sending when it crashed.
     *
     * @param name the same after a restart, and unique among running couriers: the broker rejects a second one
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
            parkUnfinished();
        } catch (JMSException | RuntimeException | Error refused) {
            connection.close();
            throw refused;
        }
    }

    private void parkUnfinished() throws JMSException {
        for (Message begun = fromSending.receiveNoWait(); begun != null; begun = fromSending.receiveNoWait()) {
            Optional<Letter> letter = Letter.of(begun);
            put(
                    Outbox.UNKNOWN,
                    letter.isPresent()
                            ? letter.get()
                                    .failed(letter.get().to(), "left behind by a courier that crashed while sending")
                                    .in(session)
                            : begun,
                    Duration.ZERO);
            session.commit();
        }
    }

    /** Sends the next message. Returns false if there was none for this long. */
    public boolean deliverNext(Duration wait) throws JMSException {
        parkUnfinished(); // empty, unless another program writes to it
        Message waiting = fromOutbox.receive(wait.toMillis());
        if (waiting == null) {
            return false;
        }
        Optional<Letter> letter = Letter.of(waiting);
        if (letter.isEmpty()) {
            put(Outbox.REFUSED, waiting, Duration.ZERO); // unchanged, for a person to look at
            session.commit();
            return true;
        }
        put(sending, letter.get().in(session), Duration.ZERO);
        session.commit(); // from here on, a crash leaves a message with an unknown outcome
        Message begun = fromSending.receive(AT_ONCE.toMillis());
        conclude(begun == null ? Optional.empty() : Letter.of(begun), begun);
        session.commit();
        return true;
    }

    /** @param begun null if the broker does not return the message that it has just stored */
    private void conclude(Optional<Letter> letter, Message begun) throws JMSException {
        if (begun == null) {
            throw new JMSException("The broker did not return the message just moved to " + sending);
        }
        if (letter.isEmpty()) {
            put(Outbox.UNKNOWN, begun, Duration.ZERO); // written by another program
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
