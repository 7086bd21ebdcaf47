package io.flaremail.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the sandbox remembers from one reset to the next. Each exchange belongs to the ledger it began in, so a straggler of the test
 * before cannot be seen by the next one.
 */
final class Ledger {
    static final Fault NO_FAULT = Fault.none();

    /** Of which analytics tell, if there is a limit at all. */
    private static final int MOST_EVENTS = 10_000;

    private final Mailboxes mailboxes;
    private final int keep;
    private final List<Exchange> requests = new ArrayList<>();
    private final List<ReceivedMessage> messages = new ArrayList<>();
    private final Deque<List<Mailboxes.Copy>> copies = new ArrayDeque<>();
    private final List<Instant> acceptedAt = new ArrayList<>();
    private final Suppressions suppressions = new Suppressions();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Deque<Instant> bulks = new ArrayDeque<>();
    private final List<SandboxEvent> pending = new ArrayList<>();
    private final List<SandboxEvent> published = new ArrayList<>();
    private final Deque<Fault> pullFaults = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private long connections;

    Ledger(Mailboxes mailboxes, int keep) {
        this.mailboxes = mailboxes;
        this.keep = keep;
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

    synchronized void add(SandboxEvent event) {
        if (closed.getCount() > 0) {
            pending.add(event);
        }
    }

    /** Takes the events that are due, the earliest first. */
    synchronized List<SandboxEvent> due(Instant now) {
        List<SandboxEvent> due = pending.stream()
                .filter(event -> !event.at().isAfter(now))
                .sorted(Comparator.comparing(SandboxEvent::at))
                .toList();
        pending.removeAll(due);
        published.addAll(due);
        while (published.size() > MOST_EVENTS && keep < Integer.MAX_VALUE) {
            published.remove(0);
        }
        return due;
    }

    /** Those of one message. */
    synchronized List<SandboxEvent> published(String messageId) {
        return published.stream()
                .filter(event -> event.messageId().equals(messageId))
                .toList();
    }

    synchronized List<SandboxEvent> published() {
        return List.copyOf(published);
    }

    synchronized void record(Exchange exchange) {
        requests.add(exchange);
        if (requests.size() > keep) {
            requests.remove(0);
        }
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

    /** Counts a bulk request in the last minute; answers it when it is one too many, and does not count that. */
    synchronized Optional<Answer> bulk(Instant now, int most) {
        bulks.removeIf(at -> !at.isAfter(now.minusSeconds(60)));
        if (most > 0 && bulks.size() >= most) {
            long seconds = Duration.between(now, bulks.peek().plusSeconds(60))
                    .plusMillis(999)
                    .toSeconds();
            Refusal refusal = new Refusal(ApiError.THROTTLED, most + " bulk requests a minute");
            return Optional.of(refusal.answer().with(Map.of("Retry-After", "" + seconds)));
        }
        bulks.add(now);
        return Optional.empty();
    }

    Suppressions suppressions() {
        return suppressions;
    }

    /** @param reached the recipients whose mailboxes get it */
    synchronized void accept(ReceivedMessage message, List<String> reached) {
        if (closed.getCount() == 0) {
            return;
        }
        // First: whoever is told that it failed must not find it recorded.
        copies.add(mailboxes.deliver(message.raw(), reached));
        messages.add(message);
        acceptedAt.add(message.receivedAt());
        if (messages.size() > keep) {
            messages.remove(0);
            mailboxes.remove(copies.remove());
        }
        notifyAll();
    }

    /** Also from the mailboxes. */
    synchronized void forgetMessages() {
        messages.clear();
        copies.forEach(mailboxes::remove);
        copies.clear();
    }

    synchronized List<Accepted> accepted() {
        return messages.stream().map(ReceivedMessage::accepted).toList();
    }

    synchronized List<ReceivedMessage> messages() {
        return List.copyOf(messages);
    }

    /** How many were accepted, those that are not kept any more among them. */
    synchronized long acceptedCount() {
        return acceptedAt.size();
    }

    /** Waits until more were accepted, but no longer than this. Returns false if it is closed. */
    synchronized boolean awaitAccepted(long seen, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (acceptedAt.size() <= seen && closed.getCount() > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return closed.getCount() > 0;
    }

    synchronized long acceptedSince(Instant start) {
        return acceptedAt.stream().filter(at -> !at.isBefore(start)).count();
    }

    /** @param messageId with or without its angle brackets */
    synchronized Optional<ReceivedMessage> message(String messageId) {
        String id = ReceivedMessage.bare(messageId);
        return messages.stream().filter(message -> message.id().equals(id)).reduce((first, second) -> second);
    }

    /** Waits, and answers whether it could wait to the end. Closing this ledger cuts all waits short. */
    boolean pause(Duration duration) throws InterruptedException {
        return duration.isZero() || !closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    synchronized void close() {
        closed.countDown();
        notifyAll();
    }
}
