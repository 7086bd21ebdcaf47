package io.flaremail.samples.outbox;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Takes messages from the outbox and sends them, one at a time. To send several at a time, run several couriers with
 * different names. Not thread-safe. If a call throws, close the courier and create another one: only the queues are
 * reliable.
 */
public final class Courier implements AutoCloseable {
    private static final Duration RECEIVE_TIMEOUT = Duration.ofSeconds(10);

    private final Properties mail;
    private final Backoff backoff;
    private final BrokerSession broker;
    private final DoNotSendList doNotSend;
    private final String sending;
    private final MessageConsumer fromOutbox;
    private final MessageConsumer fromSending;

    /**
     * Moves the message that a courier of this name was sending when it crashed to {@code outbox.unknown}.
     *
     * @param name the same after a restart, and unique among running couriers: the broker rejects a second one
     * @param mail the mail session's properties
     */
    public Courier(Broker broker, String name, Properties mail, Backoff backoff) throws JMSException {
        this.mail = mail;
        this.backoff = backoff;
        this.sending = Outbox.SENDING + name;
        this.broker = new BrokerSession(broker);
        this.doNotSend = new DoNotSendList(this.broker);
        try {
            fromSending = this.broker.consumer(sending);
            fromOutbox = this.broker.consumer(Outbox.WAITING);
            parkUnfinished();
        } catch (JMSException | RuntimeException | Error refused) {
            this.broker.close();
            throw refused;
        }
    }

    private void parkUnfinished() throws JMSException {
        for (Message begun = fromSending.receiveNoWait(); begun != null; begun = fromSending.receiveNoWait()) {
            park(begun);
            broker.commit();
        }
    }

    private void park(Message begun) throws JMSException {
        Optional<Letter> letter = Letter.of(begun);
        broker.put(
                Outbox.UNKNOWN,
                letter.isPresent()
                        ? letter.get()
                                .failed(letter.get().to(), "left behind by a courier that crashed while sending")
                                .in(broker.session())
                        : begun);
    }

    /** Sends the next message. Returns false if there was none for this long. */
    public boolean sendNext(Duration wait) throws JMSException {
        parkUnfinished(); // empty, unless another program writes to it
        Message waiting = fromOutbox.receive(wait.toMillis());
        if (waiting == null) {
            return false;
        }
        Optional<Letter> letter = Letter.of(waiting);
        if (letter.isEmpty()) {
            broker.put(Outbox.REFUSED, waiting); // unchanged, for a person to look at
            broker.commit();
            return true;
        }
        List<String> recipients = refuseListed(letter.get());
        if (recipients.isEmpty()) {
            broker.commit();
            return true;
        }
        Letter beginning = letter.get().to(recipients).beginning();
        UnknownOutcomeLookup.record(beginning, broker);
        broker.put(sending, beginning.in(broker.session()));
        broker.commit(); // from here on, a crash leaves a message with an unknown outcome
        receive(beginning);
        conclude(beginning, Attempt.at(beginning, mail));
        broker.commit();
        return true;
    }

    /** Returns the recipients that are not on the do-not-send list. */
    private List<String> refuseListed(Letter letter) throws JMSException {
        List<String> others = new ArrayList<>();
        for (String recipient : letter.to()) {
            Optional<String> reason = doNotSend.reason(recipient);
            if (reason.isPresent()) {
                Letter refused = letter.refused(List.of(recipient), "on the do-not-send list: " + reason.get());
                broker.put(Outbox.REFUSED, refused.in(broker.session()));
            } else {
                others.add(recipient);
            }
        }
        return others;
    }

    /** Takes the letter that was just put there. Anything else was left behind, and may have been sent. */
    private void receive(Letter beginning) throws JMSException {
        Message message = fromSending.receive(RECEIVE_TIMEOUT.toMillis());
        while (message != null
                && !Letter.of(message).filter(beginning::isSameAttempt).isPresent()) {
            park(message);
            message = fromSending.receive(RECEIVE_TIMEOUT.toMillis());
        }
        if (message == null) {
            throw new JMSException("The broker did not return the message just moved to " + sending);
        }
    }

    private void conclude(Letter letter, Attempt attempt) throws JMSException {
        for (Map.Entry<String, List<String>> next : attempt.next().entrySet()) {
            switch (next.getKey()) {
                case Outbox.ACCEPTED -> putRecords(Outbox.ACCEPTED, next.getValue(), attempt, "");
                case Outbox.BOUNCED -> putBounces(next.getValue(), attempt);
                default -> putFailed(next.getKey(), letter.failed(next.getValue(), attempt.reason()), attempt);
            }
        }
    }

    private void putBounces(List<String> recipients, Attempt attempt) throws JMSException {
        putRecords(Outbox.BOUNCED, recipients, attempt, attempt.reason());
        Map<String, String> bounced = new TreeMap<>(); // one of each: an entry is not seen before it is committed
        for (String recipient : recipients) {
            String address = attempt.record(recipient, "").recipient();
            bounced.put(RecipientRecord.key(address), address);
        }
        for (String address : bounced.values()) {
            doNotSend.add(address, "bounced at once");
        }
    }

    private void putRecords(String queue, List<String> recipients, Attempt attempt, String reason) throws JMSException {
        for (String recipient : recipients) {
            broker.put(queue, attempt.record(recipient, reason).in(broker.session()));
        }
    }

    private void putFailed(String queue, Letter failed, Attempt attempt) throws JMSException {
        if (!queue.equals(Outbox.WAITING)) {
            broker.put(queue, failed.in(broker.session()));
        } else if (failed.attempts() >= backoff.attempts()) {
            broker.put(Outbox.REFUSED, failed.in(broker.session()));
        } else {
            Duration delay = backoff.after(attempt, failed.attempts());
            broker.put(Outbox.WAITING, failed.in(broker.session()), delay, Duration.ZERO);
        }
    }

    @Override
    public void close() throws JMSException {
        broker.close();
    }
}
