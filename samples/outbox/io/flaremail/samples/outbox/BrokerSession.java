package io.flaremail.samples.outbox;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** A connection to the broker, with one transaction at a time. Not thread-safe. If a call throws, close it. */
final class BrokerSession implements AutoCloseable {
    private static final Duration TAKE_TIMEOUT = Duration.ofSeconds(1);
    private static final int TAKE_ATTEMPTS = 2;

    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;

    BrokerSession(Broker broker) throws JMSException {
        connection = broker.connect();
        try {
            session = connection.createSession(Session.SESSION_TRANSACTED);
            producer = session.createProducer(null);
        } catch (JMSException | RuntimeException | Error refused) {
            connection.close();
            throw refused;
        }
    }

    /** Creates messages. */
    Session session() {
        return session;
    }

    MessageConsumer consumer(String queue) throws JMSException {
        return session.createConsumer(session.createQueue(queue));
    }

    void put(String queue, Message message) throws JMSException {
        put(queue, message, Duration.ZERO, Duration.ZERO);
    }

    /**
     * @param delay before others see it
     * @param kept after which the broker removes it; zero for never
     */
    void put(String queue, Message message, Duration delay, Duration kept) throws JMSException {
        producer.setDeliveryDelay(delay.toMillis());
        producer.setTimeToLive(kept.toMillis());
        producer.send(session.createQueue(queue), message);
    }

    /**
     * What a message says.
     *
     * @param id the JMSMessageID; null if another program left it out
     */
    record Stored<T>(String id, T content) {}

    interface Reader<T> {
        /** Empty if the message is something else: other programs may write to a queue. */
        Optional<T> read(Message message) throws JMSException;
    }

    /** The readable messages in a queue, without removing them. */
    <T> List<Stored<T>> browse(String queue, Reader<T> reader) throws JMSException {
        return browse(session, queue, null, reader);
    }

    /** The readable messages in a queue whose property has this value. */
    <T> List<Stored<T>> browse(String queue, String property, String value, Reader<T> reader) throws JMSException {
        return browse(session, queue, property + " = " + quoted(value), reader);
    }

    /** @param selector null for all */
    static <T> List<Stored<T>> browse(Session session, String queue, String selector, Reader<T> reader)
            throws JMSException {
        List<Stored<T>> found = new ArrayList<>();
        try (QueueBrowser browser = session.createBrowser(session.createQueue(queue), selector)) {
            for (Enumeration<?> all = browser.getEnumeration(); all.hasMoreElements(); ) {
                Message message = (Message) all.nextElement(); // read here: a large body ends with the browser
                String id = message.getJMSMessageID();
                reader.read(message).ifPresent(content -> found.add(new Stored<>(id, content)));
            }
        }
        return found;
    }

    /**
     * Removes a message. Returns false if it is not there any more, another session is about to remove it, or the broker does
     * not hand it out now: a large message has been seen to take longer, rarely.
     */
    boolean take(String queue, Stored<?> message) throws JMSException {
        boolean taken = false;
        String selector = "JMSMessageID = " + quoted(String.valueOf(message.id()));
        for (int i = 0; i < TAKE_ATTEMPTS && !taken && message.id() != null; i++) {
            try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue), selector)) {
                taken = consumer.receive(TAKE_TIMEOUT.toMillis()) != null;
            }
        }
        return taken;
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    void commit() throws JMSException {
        session.commit();
    }

    /** Undoes what was not committed. */
    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
