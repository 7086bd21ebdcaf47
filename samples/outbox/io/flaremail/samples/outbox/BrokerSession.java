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

/** A connection to the broker, with one transaction at a time. Not thread-safe. If a call throws, close it. */
final class BrokerSession implements AutoCloseable {
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

    /** The messages in a queue, without removing them. */
    List<Message> browse(String queue) throws JMSException {
        return browse(queue, null);
    }

    /** The messages in a queue whose property has this value. */
    List<Message> browse(String queue, String property, String value) throws JMSException {
        return browse(queue, property + " = " + quoted(value));
    }

    private List<Message> browse(String queue, String selector) throws JMSException {
        List<Message> messages = new ArrayList<>();
        try (QueueBrowser browser = session.createBrowser(session.createQueue(queue), selector)) {
            for (Enumeration<?> all = browser.getEnumeration(); all.hasMoreElements(); ) {
                messages.add((Message) all.nextElement());
            }
        }
        return messages;
    }

    /** Removes a message. Returns false if it is not there any more, or another session is about to remove it. */
    boolean take(String queue, Message message) throws JMSException {
        String selector = "JMSMessageID = " + quoted(message.getJMSMessageID());
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue), selector)) {
            return consumer.receiveNoWait() != null;
        }
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    void commit() throws JMSException {
        session.commit();
    }

    void rollback() throws JMSException {
        session.rollback();
    }

    /** Undoes what was not committed. */
    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
