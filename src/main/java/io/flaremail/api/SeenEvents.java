package io.flaremail.api;

import java.io.IOException;
import java.util.Map;

/**
 * Remembers which events have been handled, so that a repeated one is acknowledged without being handled again. The
 * consumers of a queue should share one. Implementations must be thread-safe.
 *
 * <p>Tests: EventLoopTest.
 */
public interface SeenEvents {
    /** Whether the event was {@link #add added}. */
    boolean contains(String eventId) throws IOException;

    /** Remembers an event that has been handled. */
    void add(String eventId) throws IOException;

    /**
     * Remembers the latest events in memory, until the process ends.
     *
     * @param maxEvents at least 1; an entry takes about 150 bytes
     */
    static SeenEvents inMemory(int maxEvents) {
        if (maxEvents < 1) {
            throw new IllegalArgumentException("maxEvents: expected at least 1, got " + maxEvents);
        }
        return new InMemory(maxEvents);
    }

    /** The latest events, the oldest first. */
    final class InMemory implements SeenEvents {
        private final Map<String, Boolean> ids;

        private InMemory(int most) {
            this.ids = new LatestEntries<>(most);
        }

        @Override
        public synchronized boolean contains(String eventId) {
            return ids.containsKey(eventId);
        }

        @Override
        public synchronized void add(String eventId) {
            ids.put(eventId, true);
        }
    }
}
