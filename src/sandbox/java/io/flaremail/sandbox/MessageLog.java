package io.flaremail.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The accepted messages of one account, from one reset to the next. Safe for use by many threads. */
final class MessageLog {
    /** A quota is for a day at most. */
    private static final int MOST_HOURS = 24;

    private final Mailboxes mailboxes;
    private final Storage storage;
    private final int keep;
    private final TreeMap<Long, ReceivedMessage> bySequence = new TreeMap<>();

    /** The latest with each id: a message may keep its own, and come twice. */
    private final Map<String, ReceivedMessage> byId = new HashMap<>();

    private final Map<String, ReceivedMessage> unansweredByRay = new HashMap<>();

    /** How many were accepted in each of the latest hours, by the hour's beginning. */
    private final TreeMap<Instant, Long> byHour = new TreeMap<>();

    private long count;
    private long changes;
    private boolean closed;

    /** Begins with the messages that are in the storage. */
    MessageLog(Mailboxes mailboxes, int keep, Storage storage) {
        this.mailboxes = mailboxes;
        this.keep = keep;
        this.storage = storage;
        storage.messages().forEach(this::remember);
        forgetOldest();
    }

    /** @param words as {@link Words} makes them; null if they are still to be made, which is not for a database */
    synchronized ReceivedMessage add(AcceptedFacts facts, StoredRequest.InMemory request, String words) {
        if (closed) {
            return new ReceivedMessage(facts, request, words);
        }
        ReceivedMessage message = new ReceivedMessage(facts, storage.add(facts, words, request), words);
        // First: a client that is told of a failure must not find the message recorded.
        mailboxes.deliver(message);
        remember(message);
        if (facts.ray() != null) {
            unansweredByRay.put(facts.ray(), message);
        }
        forgetOldest();
        changed();
        return message;
    }

    private void remember(ReceivedMessage message) {
        bySequence.put(message.facts().sequence(), message);
        byId.put(message.id(), message);
        byHour.merge(message.receivedAt().truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
        if (byHour.size() > MOST_HOURS) {
            byHour.pollFirstEntry();
        }
        count++;
    }

    private void forgetOldest() {
        while (bySequence.size() > keep) {
            remove(bySequence.firstEntry().getValue());
        }
    }

    private void remove(ReceivedMessage message) {
        bySequence.remove(message.facts().sequence());
        byId.remove(message.id(), message);
        unansweredByRay.remove(message.facts().ray());
        mailboxes.remove(message);
        storage.remove(message);
    }

    /** Something about a message changed that this does not know. */
    synchronized void touched() {
        changed();
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    /** Keeps the exchange with the message that it brought, if it brought one. */
    synchronized void answered(Exchange exchange) {
        ReceivedMessage message = unansweredByRay.remove(exchange.ray());
        if (message != null) {
            message.request().answered(exchange);
            changed();
        }
    }

    /** Also from its mailboxes. */
    synchronized void forget(ReceivedMessage message) {
        remove(message);
        changed();
    }

    /** Also from the mailboxes. */
    synchronized void forgetAll() {
        List.copyOf(bySequence.values()).forEach(this::remove);
        changed();
    }

    /** Oldest first. */
    synchronized List<ReceivedMessage> all() {
        return List.copyOf(bySequence.values());
    }

    /** @param messageId with or without its angle brackets */
    synchronized Optional<ReceivedMessage> find(String messageId) {
        return Optional.ofNullable(byId.get(AcceptedFacts.bare(messageId)));
    }

    /** How many were accepted, those that are not kept any more among them. */
    synchronized long count() {
        return count;
    }

    /** How many are kept. */
    synchronized int size() {
        return bySequence.size();
    }

    /** Grows with each change. */
    synchronized long changes() {
        return changes;
    }

    /** Waits until more were accepted, but no longer than this. Returns false if it is closed. */
    synchronized boolean await(long seen, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (count <= seen && !closed) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return !closed;
    }

    /** @param hour the beginning of an hour, no more than a day ago */
    synchronized long countSince(Instant hour) {
        return byHour.tailMap(hour, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
