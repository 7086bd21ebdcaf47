package io.flaremail.samples.outbox;

import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.EventHandler;
import io.flaremail.samples.outbox.BrokerSession.Stored;
import jakarta.jms.JMSException;
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

    /** Between two looks at the unmatched events, for which the broker scans its queues. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Transactions transactions;
    private long nextLook = System.nanoTime();

    public DeliveryEventProcessor(Broker broker) {
        this.transactions = new Transactions(broker);
    }

    private enum Match {
        NONE,
        EARLIER,
        MOVED
    }

    @Override
    public void handle(DeliveryEvent event) throws JMSException {
        Optional<FinalOutcome> outcome = FinalOutcome.of(event);
        if (outcome.isPresent()) {
            transactions.run(session -> handle(outcome.get(), session));
        }
    }

    private static void handle(FinalOutcome outcome, BrokerSession session) throws JMSException {
        Match match = match(outcome, session);
        if (match == Match.NONE) {
            session.put(Outbox.UNMATCHED, outcome.in(session.session()), Duration.ZERO, KEPT);
        }
        if (match != Match.EARLIER && outcome.permanent()) { // a person may have removed it since
            new DoNotSendList(session).add(outcome.recipient(), outcome.reason());
        }
    }

    /** Moves the messages whose events came before them. */
    public void settle() throws JMSException {
        transactions.run(session -> {
            for (Stored<FinalOutcome> early : session.browse(Outbox.UNMATCHED, FinalOutcome::of)) {
                if (match(early.content(), session) != Match.NONE) {
                    session.take(Outbox.UNMATCHED, early);
                }
                session.commit();
            }
        });
    }

    /** Processes unmatched events from time to time. */
    @Override
    public void onPull(int messages, long backlog) {
        if (System.nanoTime() - nextLook >= 0) {
            try {
                settle();
            } catch (JMSException e) {
                LOG.log(Level.WARNING, "Unmatched events could not be processed; will retry", e);
            }
            nextLook = System.nanoTime() + PAUSE.toNanos();
        }
    }

    private static Match match(FinalOutcome outcome, BrokerSession session) throws JMSException {
        int place = FinalOutcome.QUEUES.indexOf(outcome.queue());
        String key = RecipientRecord.key(outcome.recipient());
        Match match = Match.NONE;
        for (int i = 0; i < FinalOutcome.QUEUES.size(); i++) {
            String queue = FinalOutcome.QUEUES.get(i);
            for (Stored<RecipientRecord> each : session.browse(queue, RecipientRecord.KEY, key, RecipientRecord::of)) {
                if (!outcome.isOf(each.content())) {
                    continue;
                }
                if (i >= place) {
                    match = match == Match.NONE ? Match.EARLIER : match; // by this event, or a later one
                } else if (session.take(queue, each)) {
                    RecipientRecord ended = each.content().withReason(outcome.reason());
                    session.put(outcome.queue(), ended.in(session.session()));
                    match = Match.MOVED;
                }
            }
        }
        return match;
    }

    @Override
    public void close() throws JMSException {
        transactions.close();
    }
}
