package io.flaremail;

import jakarta.mail.event.MailEvent;
import java.util.EventListener;
import java.util.Vector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An event that tells when the thread which dispatches a transport's events has begun to run.
 *
 * <p>Jakarta Mail forgets every queued event when the queue is ended before that thread has begun. SMTP says QUIT over
 * the network first, so nobody notices; a transport that closes at once would lose the events of its last message.
 */
final class DispatchMark extends MailEvent {
    private static final long serialVersionUID = 1L;
    private static final long PATIENCE_MILLIS = 1000;

    private final transient CountDownLatch begun = new CountDownLatch(1);

    DispatchMark(Object source) {
        super(source);
    }

    /** What {@code queueEvent} wants: one listener, which hears nothing. */
    static Vector<EventListener> nobody() {
        Vector<EventListener> listeners = new Vector<>();
        listeners.add(new EventListener() {});
        return listeners;
    }

    @Override
    public void dispatch(Object listener) {
        begun.countDown();
    }

    /** Waits until the thread runs: at once, unless an executor of the application's has no thread to spare. */
    void await() {
        boolean interrupted = Thread.interrupted(); // or the wait would end before it began
        try {
            begun.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
