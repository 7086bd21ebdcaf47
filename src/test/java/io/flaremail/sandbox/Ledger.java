package io.flaremail.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the sandbox remembers from one reset to the next. Each exchange belongs to the ledger it began in, so a straggler of the test
 * before cannot be seen by the next one.
 */
final class Ledger {
    private final Mailboxes mailboxes;
    private final List<Exchange> requests = new ArrayList<>();
    private final List<Accepted> accepted = new ArrayList<>();
    private final List<Instant> acceptedAt = new ArrayList<>();
    private final Suppressions suppressions = new Suppressions();
    private final Map<String, byte[]> stored = new HashMap<>();
    private final Queue<Fault> faults = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private long connections;

    Ledger(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
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

    synchronized Fault peekFault() {
        Fault fault = faults.peek();
        return fault == null ? Fault.none() : fault;
    }

    synchronized Fault nextFault() {
        Fault fault = faults.poll();
        return fault == null ? Fault.none() : fault;
    }

    synchronized void record(Exchange exchange) {
        requests.add(exchange);
        notifyAll();
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

    Suppressions suppressions() {
        return suppressions;
    }

    synchronized void accept(Accepted message, byte[] asStored, List<String> reached, Instant now) {
        if (closed.getCount() == 0) {
            return;
        }
        accepted.add(message);
        acceptedAt.add(now);
        stored.put(bare(message.messageId()), asStored);
        mailboxes.deliver(asStored, reached);
    }

    synchronized List<Accepted> accepted() {
        return List.copyOf(accepted);
    }

    synchronized long acceptedSince(Instant start) {
        return acceptedAt.stream().filter(at -> !at.isBefore(start)).count();
    }

    /** @param messageId with or without its angle brackets */
    synchronized Optional<byte[]> stored(String messageId) {
        return Optional.ofNullable(stored.get(bare(messageId)));
    }

    private static String bare(String messageId) {
        return messageId.replaceAll("^<|>$", "");
    }

    /** Waits, and answers whether it could wait to the end. Closing this ledger cuts all waits short. */
    boolean pause(Duration duration) throws InterruptedException {
        return duration.isZero() || !closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    synchronized void close() {
        closed.countDown();
    }
}
