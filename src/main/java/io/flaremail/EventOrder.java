package io.flaremail;

import jakarta.mail.Session;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Counts the events in one Jakarta Mail event queue: a transport's own, or, with {@code mail.event.scope}, the one
 * shared by all transports of a session or an application. Its monitor makes queueing and ending the queue atomic.
 *
 * <p>Tests: EventOrderTest, ClosingTest.
 */
final class EventOrder {
    /** By session or class loader, like Jakarta Mail's shared queues. Holds neither strongly. */
    private static final Map<Object, EventOrder> SHARED = new WeakHashMap<>();

    private final boolean shared;
    private long queued;
    private boolean ending;

    private EventOrder(boolean shared) {
        this.shared = shared;
    }

    static EventOrder of(Session session) {
        String scope = session.getProperty("mail.event.scope");
        if ("session".equalsIgnoreCase(scope)) {
            return shared(session);
        }
        return "application".equalsIgnoreCase(scope)
                ? shared(Thread.currentThread().getContextClassLoader())
                : new EventOrder(false);
    }

    private static EventOrder shared(Object key) {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(key, none -> new EventOrder(true));
        }
    }

    /** Whether other transports have the same queue. */
    boolean isShared() {
        return shared;
    }

    /** Assigns the number of the next event. */
    synchronized long next() {
        return ++queued;
    }

    /** Whether the queue is being ended and accepts no more events. */
    synchronized boolean isEnding() {
        return ending;
    }

    /** Ends the queue unless an event was queued after this number. */
    synchronized void endAfter(long number, Runnable endQueue) {
        if (queued == number) {
            end(endQueue);
        }
    }

    /** @param endQueue events that it queues are dropped */
    synchronized void end(Runnable endQueue) {
        ending = true;
        try {
            endQueue.run();
        } finally {
            ending = false;
        }
    }
}
