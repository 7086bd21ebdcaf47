package io.flaremail.samples.outbox;

import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.EventHandler;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Moves each accepted message to the queue for its delivery event. An event that comes more than once, or after a
 * later one, changes nothing. One that comes before its message is accepted, or before an unknown outcome was looked up,
 * is kept for it. Pass it to {@link io.flaremail.api.DeliveryEvents#listen}. Not thread-safe.
 */
public final class DeliveryEventProcessor implements EventHandler, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeliveryEventProcessor.class.getName());

    /** As long as Cloudflare keeps events: an outcome that is unknown for longer is not settled. */
    private static final Duration KEPT = Duration.ofDays(4);

    private final Broker broker;
    private BrokerSession session;

    public DeliveryEventProcessor(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(DeliveryEvent event) throws JMSException {
        Optional<FinalOutcome> ending = FinalOutcome.of(event);
        if (ending.isPresent()) {
            inTransaction(session -> {
                if (ending.get().permanent()) {
                    new DoNotSendList(session)
                            .add(ending.get().recipient(), ending.get().reason());
                }
                if (!end(ending.get(), session)) {
                    session.put(Outbox.UNMATCHED, ending.get().in(session.session()), Duration.ZERO, KEPT);
                }
            });
        }
    }

    /** Moves the messages whose events came before them. */
    public void settle() throws JMSException {
        inTransaction(session -> {
            for (Message early : session.browse(Outbox.UNMATCHED)) {
                Optional<FinalOutcome> ending = FinalOutcome.of(early);
                if (ending.isPresent() && end(ending.get(), session)) {
                    session.take(Outbox.UNMATCHED, early);
                }
                session.commit();
            }
        });
    }

    /** Processes unmatched events when the queue is empty. */
    @Override
    public void onPull(int messages, long backlog) {
        if (messages == 0) {
            try {
                settle();
            } catch (JMSException again) {
                LOG.log(Level.WARNING, "Unmatched events could not be processed; will retry", again);
            }
        }
    }

    /** Returns false if the queues do not have its message. */
    private static boolean end(FinalOutcome ending, BrokerSession session) throws JMSException {
        int place = FinalOutcome.QUEUES.indexOf(ending.queue());
        boolean found = false;
        for (int i = 0; i < FinalOutcome.QUEUES.size(); i++) {
            String queue = FinalOutcome.QUEUES.get(i);
            for (Message message :
                    session.browse(queue, RecipientRecord.KEY, RecipientRecord.key(ending.recipient()))) {
                Optional<RecipientRecord> delivery = RecipientRecord.of(message).filter(ending::isOf);
                if (delivery.isPresent() && i >= place) {
                    found = true; // by this event, or a later one
                } else if (delivery.isPresent() && session.take(queue, message)) {
                    session.put(
                            ending.queue(),
                            delivery.get().withReason(ending.reason()).in(session.session()));
                    found = true;
                }
            }
        }
        return found;
    }

    private interface Work {
        void in(BrokerSession session) throws JMSException;
    }

    /** After a failure, such as of the broker, the next call begins with a new session. */
    private void inTransaction(Work work) throws JMSException {
        boolean done = false;
        try {
            if (session == null) {
                session = new BrokerSession(broker);
            }
            work.in(session);
            session.commit();
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    @Override
    public void close() throws JMSException {
        BrokerSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
