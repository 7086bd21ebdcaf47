package io.flaremail;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.ConnectionListener;
import jakarta.mail.event.MailEvent;
import java.util.EventListener;
import java.util.Vector;

/**
 * A transport that delivers all events in order, although {@code close} never waits: CLOSED follows the events of
 * messages that other threads are still sending, and no event is lost when the queue ends or a transport is garbage.
 *
 * <p>Tests: ClosingTest, HazardsTest.
 */
abstract class ListenedTransport extends Transport {
    /** A copy, since the superclass does not expose its list. */
    private final Vector<ConnectionListener> connectionListeners = new Vector<>();

    private final EventOrder order;
    private boolean hasQueued;
    private int sending;
    private boolean closing;

    ListenedTransport(Session session, URLName url) {
        super(session, url);
        this.order = EventOrder.of(session);
    }

    @Override
    public synchronized boolean isConnected() {
        return !closing && super.isConnected();
    }

    /** Does no I/O, does not wait and does not throw. A message that another thread is sending is still sent. */
    @Override
    public synchronized void close() {
        if (isConnected()) {
            closing = true;
            closeUnlessSending();
        }
    }

    @Override
    public void addConnectionListener(ConnectionListener listener) {
        connectionListeners.add(listener);
        super.addConnectionListener(listener);
    }

    @Override
    public void removeConnectionListener(ConnectionListener listener) {
        connectionListeners.remove(listener);
        super.removeConnectionListener(listener);
    }

    /** Opens a connection for another transport, in whose name this one sends. */
    void opened() {
        setConnected(true);
        notifyConnectionListeners(ConnectionEvent.OPENED);
    }

    synchronized void beginSending() {
        sending++;
    }

    synchronized void endSending() {
        sending--;
        if (closing) {
            closeUnlessSending();
        }
    }

    /** Ends the previous connection before a new one begins. */
    synchronized void endPreviousConnection() {
        if (closing) {
            closeNow();
        }
    }

    /** Notifies the listeners. A failing executor of the application must not change the outcome of the message. */
    void tellListeners(TransportResult result, Message message) {
        try {
            notifyTransportListeners(result.event, result.validSent, result.validUnsent, result.invalid, message);
        } catch (RuntimeException | Error e) {
            new DebugLog(session)
                    .warning("could not tell the listeners: " + e.getClass().getName());
        }
    }

    @Override
    protected void queueEvent(MailEvent event, Vector<? extends EventListener> listeners) {
        synchronized (order) {
            if (!order.isEnding()) {
                order.next();
                hasQueued = true;
                queue(event, listeners);
            }
        }
    }

    private void closeUnlessSending() {
        if (sending == 0) {
            closeNow();
        }
    }

    private void closeNow() {
        closing = false;
        setConnected(false);
        try {
            queueClosed();
        } catch (RuntimeException | Error e) {
            String why = e.getClass().getName(); // getMessage() is application code and may fail
            new DebugLog(session).warning("could not tell the listeners that the transport is closed: " + why);
        }
    }

    private void queueClosed() {
        synchronized (order) {
            if (!connectionListeners.isEmpty()) {
                queueEvent(new ConnectionEvent(this, ConnectionEvent.CLOSED), connectionListeners);
            }
            queueEnd();
        }
    }

    /** The queue ends when its thread has dispatched all that is in it. */
    private void queueEnd() {
        synchronized (order) {
            if (hasQueued) {
                hasQueued = false;
                long number = order.next();
                QueueEndEvent end = new QueueEndEvent(this, () -> order.endAfter(number, this::endQueue));
                queue(end, QueueEndEvent.listeners());
            }
        }
    }

    /**
     * Jakarta Mail ends the queue at once, which would drop the events of others that share it. Geronimo Mail, where none is
     * shared, ends a queue nowhere else.
     */
    @Override
    protected void finalize() {
        try {
            if (order.isShared()) {
                queueEnd();
            } else {
                super.finalize();
            }
        } catch (Throwable e) {
            // There is no caller to report it to.
        }
    }

    /** A queue without a thread would drop all later events, so it is ended at once. */
    private void queue(MailEvent event, Vector<? extends EventListener> listeners) {
        try {
            super.queueEvent(event, listeners);
        } catch (RuntimeException | Error e) {
            order.end(this::endQueue);
            throw e;
        }
    }

    /** Jakarta Mail ends the queue only on CLOSED; {@code close} has already queued the real event. */
    private void endQueue() {
        notifyConnectionListeners(ConnectionEvent.CLOSED);
    }

    /**
     * Ends a transport's event queue from the thread that dispatches it.
     *
     * <p>Jakarta Mail drops all queued events when the queue is ended before that thread runs. The SMTP provider first sends
     * QUIT over the network, which leaves the thread time to start; this transport closes at once.
     */
    private static final class QueueEndEvent extends MailEvent {
        private static final long serialVersionUID = 1L;

        private final transient Runnable end;

        QueueEndEvent(Object source, Runnable end) {
            super(source);
            this.end = end;
        }

        /** {@code queueEvent} needs a listener; this one has no methods. */
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
}
