package io.flaremail;

import jakarta.mail.Session;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Counts what transports put in one event queue of Jakarta Mail: a transport's own, or with {@code mail.event.scope} the
 * one that all transports of a session or an application share. Its monitor makes queueing and ending the queue atomic.
 */
final class EventOrder {
    /** By session or class loader, as Jakarta Mail shares its queues; refers to neither. */
    private static final Map<Object, EventOrder> SHARED = new WeakHashMap<>();

    private long queued;
    private boolean ending;

    private EventOrder() {}

    static EventOrder of(Session session) {
        String scope = session.getProperty("mail.event.scope");
        if ("session".equalsIgnoreCase(scope)) {
            return shared(session);
        }
        return "application".equalsIgnoreCase(scope)
                ? shared(Thread.currentThread().getContextClassLoader())
                : new EventOrder();
    }

    private static EventOrder shared(Object key) {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(key, none -> new EventOrder());
        }
    }

    /** Takes the number of the event that is queued next. */
    synchronized long next() {
        return ++queued;
    }

    /** Whether the queue is being ended, so that nothing more may go in. */
    synchronized boolean isEnding() {
        return ending;
    }

    /** Runs this unless something was queued after the event of that number. */
    synchronized void endAfter(long number, Runnable endQueue) {
        if (queued == number) {
            end(endQueue);
        }
    }

    /** @param endQueue what it queues is dropped */
    synchronized void end(Runnable endQueue) {
        ending = true;
        try {
            endQueue.run();
        } finally {
            ending = false;
        }
    }
}
