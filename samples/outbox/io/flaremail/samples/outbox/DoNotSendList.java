package io.flaremail.samples.outbox;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;

/**
 * The addresses that are not written to any more, each a message in {@link Outbox#DO_NOT_SEND}, which a person may remove.
 * Changes are part of the session's transaction. For more than some thousand addresses use a table.
 */
record DoNotSendList(BrokerSession broker) {
    private static final String REASON = "reason";

    /** Why the address is on the list; empty if it is not. */
    Optional<String> reason(String address) throws JMSException {
        return broker
                .browse(
                        Outbox.DO_NOT_SEND,
                        RecipientRecord.KEY,
                        RecipientRecord.key(address),
                        entry -> Optional.of(String.valueOf(entry.getStringProperty(REASON))))
                .stream()
                .map(BrokerSession.Stored::content)
                .findFirst();
    }

    void add(String address, String reason) throws JMSException {
        if (reason(address).isEmpty()) {
            Message entry = broker.session().createMessage();
            entry.setStringProperty(RecipientRecord.KEY, RecipientRecord.key(address));
            entry.setStringProperty(REASON, reason);
            broker.put(Outbox.DO_NOT_SEND, entry);
        }
    }
}
