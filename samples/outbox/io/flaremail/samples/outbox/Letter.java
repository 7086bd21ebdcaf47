package io.flaremail.samples.outbox;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.List;

/**
 * A message in a queue: the octets of RFC 5322 and the envelope. Immutable.
 *
 * @param from the envelope's sender
 * @param to the envelope's recipients that are still to be dealt with
 * @param attempts how many have failed so far
 * @param reason what the last one came to; empty before the first
 */
record Letter(String from, List<String> to, byte[] mime, int attempts, String reason) {
    private static final String FROM = "envelopeFrom";
    private static final String TO = "envelopeTo";
    private static final String ATTEMPTS = "attempts";
    private static final String REASON = "reason";

    /** Whether this is one of ours: anybody may put things into a queue. */
    static boolean isIn(Message message) throws JMSException {
        return message instanceof BytesMessage && message.propertyExists(FROM) && message.propertyExists(TO);
    }

    static Letter of(Message message) throws JMSException {
        BytesMessage bytes = (BytesMessage) message;
        byte[] mime = new byte[Math.toIntExact(bytes.getBodyLength())];
        bytes.readBytes(mime);
        return new Letter(
                message.getStringProperty(FROM),
                List.of(message.getStringProperty(TO).split(" ")),
                mime,
                message.getIntProperty(ATTEMPTS),
                message.getStringProperty(REASON));
    }

    Message in(Session session) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.setStringProperty(FROM, from);
        message.setStringProperty(TO, String.join(" ", to));
        message.setIntProperty(ATTEMPTS, attempts);
        message.setStringProperty(REASON, reason);
        message.writeBytes(mime);
        return message;
    }

    /** After an attempt that came to this for these recipients. */
    Letter failed(List<String> recipients, String why) {
        return new Letter(from, recipients, mime, attempts + 1, why);
    }
}
