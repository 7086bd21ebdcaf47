package io.flaremail.sandbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The account's queues. */
final class MessageQueues {
    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private final Map<String, MessageQueue> byId = new LinkedHashMap<>();
    private final Storage storage;

    /** Begins with those that are in the storage. */
    MessageQueues(Storage storage) {
        this.storage = storage;
        MessageQueue.all(storage).forEach(queue -> byId.put(queue.id, queue));
    }

    synchronized MessageQueue create(String name, Instant now) {
        requireName(name);
        MessageQueue queue = new MessageQueue(name, now, storage);
        byId.put(queue.id, queue);
        return queue;
    }

    synchronized void rename(MessageQueue queue, String name, Instant now) {
        if (!queue.name().equals(name)) {
            requireName(name);
            queue.rename(name, now);
        }
    }

    private void requireName(String name) {
        if (!name.matches(NAME)) {
            throw new Refusal(
                    ApiError.QUEUES_INVALID,
                    "queue_name: expected 1 to 63 lower-case letters, digits and hyphens, got \"" + name + "\"");
        }
        if (byName(name).isPresent()) {
            throw new Refusal(ApiError.QUEUE_EXISTS, "queue_name: there is a queue " + name);
        }
    }

    synchronized List<MessageQueue> all() {
        return List.copyOf(byId.values());
    }

    synchronized Optional<MessageQueue> byName(String name) {
        return byId.values().stream().filter(queue -> queue.name().equals(name)).findFirst();
    }

    synchronized Optional<MessageQueue> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized void delete(String id) {
        MessageQueue removed = byId.remove(id);
        if (removed != null) {
            removed.delete();
        }
    }

    /** Gives a message that was not acknowledged to the dead-letter queue, if there is one. */
    void bury(QueuedMessage message, PullConsumer consumer, Instant now) {
        if (consumer != null && consumer.deadLetterQueue() != null) {
            byName(consumer.deadLetterQueue())
                    .ifPresent(queue -> queue.push(
                            new QueuedMessage(message.body, message.contentType, message.source, message.since, now)));
        }
    }
}
