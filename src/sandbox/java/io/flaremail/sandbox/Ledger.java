package io.flaremail.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What an account remembers from one reset to the next. Each exchange belongs to the ledger it began in, so a straggler of the test
 * before cannot be seen by the next one.
 */
final class Ledger {
    static final Fault NO_FAULT = Fault.none();

    /** Of which analytics tell, if there is a limit at all. */
    private static final int MOST_EVENTS = 10_000;

    private final int keep;
    private final Deque<Exchange> requests = new ArrayDeque<>();
    private final MessageLog messages;
    private final EventLog events;
    private final Suppressions suppressions;
    private final Fates fates;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Deque<Instant> bulks = new ArrayDeque<>();
    private final Deque<Fault> pullFaults = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private long recorded;
    private int refused;
    private long connections;

    /**
     * Begins with what is in the storage.
     *
     * @param keep how many messages are kept, and how many requests
     */
    Ledger(Mailboxes mailboxes, int keep, Storage storage) {
        this.keep = keep;
        suppressions = new Suppressions(storage);
        fates = new Fates(storage);
        messages = new MessageLog(mailboxes, keep, storage);
        events = new EventLog(keep == Integer.MAX_VALUE ? keep : Math.max(keep, MOST_EVENTS), storage);
    }

    MessageLog messages() {
        return messages;
    }

    EventLog events() {
        return events;
    }

    Suppressions suppressions() {
        return suppressions;
    }

    Fates fates() {
        return fates;
    }

    synchronized void connected() {
        connections++;
    }

    synchronized long connections() {
        return connections;
    }

    synchronized void fail(Fault... next) {
        faults.addAll(List.of(next));
    }

    synchronized void failPulls(Fault... next) {
        pullFaults.addAll(List.of(next));
    }

    /** Those that are still to be taken. */
    synchronized List<Fault> queued(Router.Kind kind) {
        return List.copyOf(faults(kind));
    }

    synchronized void clearFaults() {
        faults.clear();
        pullFaults.clear();
    }

    /** @param kind whose requests the fault is for */
    synchronized Fault nextFault(Router.Kind kind) {
        Fault fault = kind == Router.Kind.OTHER ? null : faults(kind).poll();
        return fault == null ? NO_FAULT : fault;
    }

    /** The next request takes it, as if this one had not been. */
    synchronized void giveBack(Fault fault, Router.Kind kind) {
        if (fault != NO_FAULT) {
            faults(kind).addFirst(fault);
        }
    }

    private Deque<Fault> faults(Router.Kind kind) {
        return kind == Router.Kind.SENDING ? faults : pullFaults;
    }

    void record(Exchange exchange) {
        messages.answered(exchange);
        synchronized (this) {
            requests.add(exchange);
            recorded++;
            refused += exchange.isRefused() ? 1 : 0;
            if (requests.size() > keep) {
                refused -= requests.remove().isRefused() ? 1 : 0;
            }
            notifyAll();
        }
    }

    synchronized List<Exchange> awaitRequests(int count, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (requests.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException(requests.size() + " of " + count + " requests within " + atMost);
            }
            wait(left);
        }
        return List.copyOf(requests);
    }

    synchronized List<Exchange> requests() {
        return List.copyOf(requests);
    }

    /** @param ray the {@code cf-ray} of its answer */
    synchronized Optional<Exchange> request(String ray) {
        return requests.stream().filter(exchange -> exchange.ray().equals(ray)).findFirst();
    }

    /** How many requests there were, those that are not kept any more among them. */
    synchronized long recorded() {
        return recorded;
    }

    /** How many of the kept requests were refused. */
    synchronized int refused() {
        return refused;
    }

    /** Counts a bulk request in the last minute. If it is one too many, it is not counted; answers the seconds to wait then. */
    synchronized OptionalLong bulk(Instant now, int most) {
        bulks.removeIf(at -> !at.isAfter(now.minusSeconds(60)));
        if (most > 0 && bulks.size() >= most) {
            Duration wait = Duration.between(now, bulks.peek().plusSeconds(60));
            return OptionalLong.of(wait.plusMillis(999).toSeconds());
        }
        bulks.add(now);
        return OptionalLong.empty();
    }

    /** Waits, and answers whether it could wait to the end. Closing this ledger cuts all waits short. */
    boolean pause(Duration duration) throws InterruptedException {
        return duration.isZero() || !closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Everything that a new ledger would begin with. */
    static void clear(Storage storage) {
        List.of(EventLog.KIND, Fates.KIND, Suppressions.KIND).forEach(storage::clear);
    }

    /** Delays that are running end. */
    void cutDelays() {
        closed.countDown();
    }

    void close() {
        cutDelays();
        messages.close();
        events.close();
    }
}
