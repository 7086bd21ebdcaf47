package io.flaremail;

import jakarta.mail.event.MailEvent;
import java.util.EventListener;
import java.util.Vector;

/**
 * Ends a transport's event queue from the thread that dispatches it.
 *
 * <p>Jakarta Mail drops all queued events when the queue is ended before that thread runs. The SMTP provider first sends
 * QUIT over the network, which leaves the thread time to start; this transport closes at once.
 */
final class QueueEndEvent extends MailEvent {
    private static final long serialVersionUID = 1L;

    private final transient Runnable end;

    QueueEndEvent(Object source, Runnable end) {
        super(source);
        this.end = end;
    }

    /** {@code queueEvent} needs a listener; this one hears nothing. */
    static Vector<EventListener> listeners() {
        Vector<EventListener> listeners = new Vector<>();
        listeners.add(new EventListener() {});
        return listeners;
    }

    @Override
    public void dispatch(Object listener) {
        end.run();
    }
}
