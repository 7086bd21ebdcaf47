package io.flaremail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionListener;
import jakarta.mail.event.MailEvent;
import java.util.EventListener;
import java.util.Vector;

/**
 * A transport whose listeners hear everything, in order, though closing it takes no time: CLOSED comes after the events of
 * messages that other threads are still sending, and no event is lost to the end of the queue.
 */
abstract class ListenedTransport extends Transport {
    private int sending;
    private boolean closing;
    private boolean closingIsHeard;
    private DispatchMark dispatching;

    ListenedTransport(Session session, URLName url) {
        super(session, url);
    }

    @Override
    public synchronized boolean isConnected() {
        return !closing && super.isConnected();
    }

    /** Does no I/O and does not throw; a message being sent by another thread goes on. */
    @Override
    public synchronized void close() {
        if (isConnected()) {
            closing = true;
            closeUnlessSending();
        }
    }

    @Override
    public synchronized void addConnectionListener(ConnectionListener listener) {
        closingIsHeard = true;
        super.addConnectionListener(listener);
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

    /** Before a new connection begins, the old one ends. */
    synchronized void endPreviousConnection() {
        if (closing) {
            closeNow();
        }
    }

    /** Tells the listeners; an application's executor that takes no more work must not change what happened. */
    void tellListeners(Conclusion conclusion, Message message) {
        try {
            notifyTransportListeners(
                    conclusion.event, conclusion.validSent, conclusion.validUnsent, conclusion.invalid, message);
        } catch (RuntimeException nobodyHears) {
            new DebugLog(session).warning("listeners could not be told: " + nobodyHears);
        }
    }

    @Override
    protected synchronized void queueEvent(MailEvent event, Vector<? extends EventListener> listeners) {
        if (super.isConnected()) {
            markDispatching();
        }
        super.queueEvent(event, listeners);
    }

    private void closeUnlessSending() {
        if (sending == 0) {
            closeNow();
        }
    }

    private void closeNow() {
        closing = false;
        try {
            awaitDispatching();
        } finally {
            disconnect();
        }
    }

    private void awaitDispatching() {
        try {
            if (closingIsHeard) {
                markDispatching();
            }
            if (dispatching != null) {
                dispatching.await();
            }
        } catch (RuntimeException nobodyHears) {
            new DebugLog(session).fine("closing: " + nobodyHears);
        }
        dispatching = null;
    }

    private void disconnect() {
        try {
            super.close();
        } catch (MessagingException | RuntimeException harmless) {
            new DebugLog(session).fine("closing: " + harmless);
        }
    }

    private void markDispatching() {
        if (dispatching == null) {
            DispatchMark mark = new DispatchMark(this);
            super.queueEvent(mark, DispatchMark.nobody());
            dispatching = mark;
        }
    }
}
