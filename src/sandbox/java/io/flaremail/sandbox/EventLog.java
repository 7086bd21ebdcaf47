package io.flaremail.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The delivery events of one account, from one reset to the next: those to come and those that happened. Safe for use by many threads. */
final class EventLog {
    static final String KIND = "event";

    private final int most;
    private final Storage storage;
    private final PriorityQueue<Pending> pending =
            new PriorityQueue<>(Comparator.comparing(Pending::at).thenComparing(Pending::number));
    private final Deque<SandboxEvent> published = new ArrayDeque<>();
    private final Map<String, List<SandboxEvent>> byMessage = new HashMap<>();
    private long number;
    private long changes;
    private boolean closed;

    /** Events of the same instant keep their order. */
    private record Pending(SandboxEvent event, long number) {
        Instant at() {
            return event.at();
        }
    }

    /** @param happened whether it was published */
    private record Stored(SandboxEvent event, boolean happened) {}

    /**
     * Begins with the events that are in the storage.
     *
     * @param most how many of those that happened are remembered
     */
    EventLog(int most, Storage storage) {
        this.most = most;
        this.storage = storage;
        List<Stored> all = storage.all(KIND, Stored.class);
        all.stream()
                .filter(stored -> !stored.happened())
                .forEach(stored -> pending.add(new Pending(stored.event(), number++)));
        all.stream()
                .filter(Stored::happened)
                .map(Stored::event)
                .sorted(Comparator.comparing(SandboxEvent::at))
                .forEach(this::remember);
    }

    synchronized void add(SandboxEvent event) {
        if (!closed) {
            pending.add(new Pending(event, number++));
            storage.put(KIND, event.id(), new Stored(event, false));
        }
    }

    /** Takes the events that are due, the earliest first. */
    synchronized List<SandboxEvent> due(Instant now) {
        List<SandboxEvent> due = new ArrayList<>();
        while (!pending.isEmpty() && !pending.peek().at().isAfter(now)) {
            due.add(pending.remove().event());
        }
        for (SandboxEvent event : due) {
            remember(event);
            storage.put(KIND, event.id(), new Stored(event, true));
        }
        return due;
    }

    private void remember(SandboxEvent event) {
        published.add(event);
        changes++;
        byMessage.computeIfAbsent(event.messageId(), id -> new ArrayList<>()).add(event);
        if (published.size() > most) {
            SandboxEvent oldest = published.remove();
            storage.remove(KIND, oldest.id());
            byMessage.computeIfPresent(oldest.messageId(), (id, events) -> {
                events.remove(oldest);
                return events.isEmpty() ? null : events;
            });
        }
    }

    /** Those of one message. */
    synchronized List<SandboxEvent> published(String messageId) {
        return List.copyOf(byMessage.getOrDefault(messageId, List.of()));
    }

    synchronized List<SandboxEvent> published() {
        return List.copyOf(published);
    }

    /** Grows with each event that happens. */
    synchronized long changes() {
        return changes;
    }

    synchronized void close() {
        closed = true;
    }
}
