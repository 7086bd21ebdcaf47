package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A queue of an account: its name, its consumer and its messages. A message that is not acknowledged in time is given out
 * again; after the consumer's {@code max_retries} it moves to the dead-letter queue, or is deleted without one.
 */
final class MessageQueue {
    private static final String KIND = "queue";
    private static final String MESSAGES = "queue-message ";

    final String id;
    final Instant created;
    private final Storage storage;
    private String name;
    private Instant modified;
    private PullConsumer consumer;
    private final Map<String, QueuedMessage> messages = new LinkedHashMap<>();
    private final Map<String, String> messageByLease = new HashMap<>();

    MessageQueue(String name, Instant created, Storage storage) {
        this(new Stored(SandboxBuilder.id(), name, created, created, null), storage);
        save();
    }

    private MessageQueue(Stored stored, Storage storage) {
        this.id = stored.id();
        this.name = stored.name();
        this.created = stored.created();
        this.modified = stored.modified();
        this.consumer = stored.consumer();
        this.storage = storage;
    }

    /** As a database keeps it; its messages are kept one by one. */
    private record Stored(String id, String name, Instant created, Instant modified, PullConsumer consumer) {}

    static List<MessageQueue> all(Storage storage) {
        return storage.all(KIND, Stored.class).stream()
                .map(stored -> new MessageQueue(stored, storage).withStoredMessages())
                .toList();
    }

    private MessageQueue withStoredMessages() {
        for (QueuedMessage.Stored stored : storage.all(MESSAGES + id, QueuedMessage.Stored.class)) {
            messages.put(stored.id(), new QueuedMessage(stored));
            if (stored.lease() != null) {
                messageByLease.put(stored.lease(), stored.id());
            }
        }
        return this;
    }

    private void save() {
        storage.put(KIND, id, new Stored(id, name, created, modified, consumer));
    }

    private void save(QueuedMessage message) {
        storage.put(MESSAGES + id, message.id, message.stored());
    }

    synchronized void delete() {
        purge();
        storage.remove(KIND, id);
    }

    synchronized String name() {
        return name;
    }

    synchronized void rename(String newName, Instant now) {
        name = newName;
        modified = now;
        save();
    }

    /** Null for none. */
    synchronized PullConsumer consumer() {
        return consumer;
    }

    /** @throws Refusal if there is one already */
    synchronized void add(PullConsumer added) {
        if (consumer != null) {
            throw new Refusal(ApiError.CONSUMER_EXISTS, "the queue has consumer " + consumer.id());
        }
        consumer = added;
        save();
    }

    synchronized void replace(PullConsumer changed) {
        consumer = changed;
        save();
    }

    synchronized void push(QueuedMessage message) {
        messages.put(message.id, message);
        save(message);
    }

    /** Leases messages to a consumer. */
    synchronized List<QueuedMessage> pull(
            int most, Duration visibility, boolean newestFirst, Instant now, Consumer<QueuedMessage> deadLetters) {
        bury(now, deadLetters);
        List<QueuedMessage> candidates = new ArrayList<>(messages.values());
        if (newestFirst) {
            Collections.reverse(candidates);
        }
        List<QueuedMessage> leased = new ArrayList<>();
        for (QueuedMessage message : candidates) {
            if (leased.size() < most && !message.visibleFrom.isAfter(now)) {
                message.attempts++;
                message.lease = SandboxBuilder.random(40, "0123456789abcdef");
                message.visibleFrom = now.plus(visibility);
                messageByLease.put(message.lease, message.id);
                save(message);
                leased.add(message);
            }
        }
        return leased;
    }

    /** The first messages, leased or not, without a change to them. */
    synchronized List<QueuedMessage> peek(int most) {
        return messages.values().stream().limit(most).toList();
    }

    /** @return false for a lease of a message that is gone, or that was never given out; late leases count */
    synchronized boolean acknowledge(String lease) {
        String message = messageByLease.remove(lease);
        return message != null && remove(message);
    }

    /** Makes the message visible again after the delay, or buries it after its last attempt. */
    synchronized boolean retry(String lease, Duration delay, Instant now, Consumer<QueuedMessage> deadLetters) {
        QueuedMessage message = messages.get(messageByLease.getOrDefault(lease, ""));
        if (message == null || !lease.equals(message.lease)) {
            return false;
        }
        message.visibleFrom = now;
        bury(now, deadLetters);
        message.lease = null;
        message.visibleFrom = now.plus(delay);
        if (messages.containsKey(message.id)) {
            save(message);
        }
        return true;
    }

    private void bury(Instant now, Consumer<QueuedMessage> deadLetters) {
        for (Iterator<QueuedMessage> each = messages.values().iterator(); each.hasNext(); ) {
            QueuedMessage message = each.next();
            if (consumer != null && message.isAbandoned(now) && message.attempts >= consumer.maxRetries()) {
                each.remove();
                storage.remove(MESSAGES + id, message.id);
                deadLetters.accept(message);
            }
        }
    }

    synchronized boolean remove(String message) {
        storage.remove(MESSAGES + id, message);
        return messages.remove(message) != null;
    }

    synchronized void purge() {
        messages.clear();
        messageByLease.clear();
        storage.clear(MESSAGES + id);
    }

    synchronized int backlog() {
        return messages.size();
    }

    synchronized ObjectNode metrics() {
        return Answer.object()
                .put(
                        "backlog_bytes",
                        messages.values().stream()
                                .mapToLong(message -> message.size)
                                .sum())
                .put("backlog_count", messages.size())
                .put(
                        "oldest_message_timestamp_ms",
                        messages.values().stream()
                                .mapToLong(message -> message.since.toEpochMilli())
                                .min()
                                .orElse(0));
    }

    synchronized ObjectNode json() {
        ObjectNode json = Answer.object()
                .put("queue_id", id)
                .put("queue_name", name)
                .put("created_on", created.toString())
                .put("modified_on", modified.toString())
                .put("producers_total_count", 0);
        json.putArray("producers");
        json.put("consumers_total_count", consumer == null ? 0 : 1);
        var consumers = json.putArray("consumers");
        if (consumer != null) {
            consumers.add(consumer.json(name));
        }
        json.putObject("settings").put("delivery_delay", 0).put("message_retention_period", 345_600);
        return json;
    }
}
