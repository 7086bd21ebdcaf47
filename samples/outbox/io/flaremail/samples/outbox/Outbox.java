package io.flaremail.samples.outbox;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The application's side: each message handed in is sent, or is in one of the queues. Not thread-safe. */
public final class Outbox implements AutoCloseable {
    static final String WAITING = "outbox";
    static final String SENDING = "outbox.sending.";
    static final String REFUSED = "outbox.refused";
    static final String UNKNOWN = "outbox.unknown";
    static final String ACCEPTED = "outbox.accepted";
    static final String DELIVERED = "outbox.delivered";
    static final String BOUNCED = "outbox.bounced";
    static final String COMPLAINED = "outbox.complained";

    /** Events of messages that are not in any of these queues, perhaps not yet. */
    static final String UNMATCHED = "outbox.unmatched-events";

    /** One entry for each attempt and recipient of the last days, by which {@link UnknownOutcomeLookup} knows doubtful cases. */
    static final String ATTEMPTS = "outbox.attempts";

    static final String DO_NOT_SEND = "outbox.do-not-send";

    private final Connection connection;
    private final Session session;

    public Outbox(Broker broker) throws JMSException {
        connection = broker.connect();
        session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
    }

    /** Writes the message to the broker's disk. Later changes have no effect. Bcc is in the envelope only. */
    public void handIn(MimeMessage message) throws MessagingException, IOException, JMSException {
        if (message.getMessageID() == null) {
            message.saveChanges();
        }
        ByteArrayOutputStream mime = new ByteArrayOutputStream();
        message.writeTo(mime, new String[] {"Bcc"});
        String from = addresses(message.getFrom()).get(0);
        List<String> to = addresses(message.getAllRecipients());
        Letter letter = new Letter(UUID.randomUUID().toString(), from, to, mime.toByteArray(), 0, "", 0);
        try (var producer = session.createProducer(session.createQueue(WAITING))) {
            producer.send(letter.in(session)); // persistent: returns after it is written
        }
    }

    /** The readable messages in a queue, without removing them. */
    List<Letter> letters(String queue) throws JMSException {
        return browse(queue, Letter::of);
    }

    /** What is known of the messages in {@link #ACCEPTED}, or where they ended, without removing them. */
    List<RecipientRecord> records(String queue) throws JMSException {
        return browse(queue, RecipientRecord::of);
    }

    private <T> List<T> browse(String queue, BrokerSession.Reader<T> reader) throws JMSException {
        return BrokerSession.browse(session, queue, null, reader).stream()
                .map(BrokerSession.Stored::content)
                .toList();
    }

    /** The members of groups in place of the groups. */
    private static List<String> addresses(Address... addresses) throws MessagingException {
        if (addresses == null || addresses.length == 0) {
            throw new MessagingException("Both a sender and a recipient are needed");
        }
        List<String> all = new ArrayList<>();
        for (Address address : addresses) {
            InternetAddress one = (InternetAddress) address;
            if (one.isGroup()) {
                all.addAll(addresses(one.getGroup(false)));
            } else {
                all.add(one.getAddress());
            }
        }
        return all;
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
