package io.flaremail;

import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.ConnectionListener;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.event.TransportListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hears what a transport tells its listeners; events come on another thread, so tests await them here. */
final class Events implements TransportListener, ConnectionListener {
    private final BlockingQueue<TransportEvent> transport = new LinkedBlockingQueue<>();
    private final BlockingQueue<ConnectionEvent> connection = new LinkedBlockingQueue<>();

    static Events of(Transport transport) {
        Events events = new Events();
        transport.addTransportListener(events);
        transport.addConnectionListener(events);
        return events;
    }

    /** The next transport event, or null when none comes. */
    TransportEvent next() throws InterruptedException {
        return transport.poll(10, TimeUnit.SECONDS);
    }

    ConnectionEvent nextConnection() throws InterruptedException {
        return connection.poll(10, TimeUnit.SECONDS);
    }

    /** Whether nothing more came; asked after an event that is known to be the last in the transport's queue. */
    boolean isQuiet() {
        return transport.isEmpty() && connection.isEmpty();
    }

    @Override
    public void messageDelivered(TransportEvent event) {
        transport.add(event);
    }

    @Override
    public void messageNotDelivered(TransportEvent event) {
        transport.add(event);
    }

    @Override
    public void messagePartiallyDelivered(TransportEvent event) {
        transport.add(event);
    }

    @Override
    public void opened(ConnectionEvent event) {
        connection.add(event);
    }

    @Override
    public void disconnected(ConnectionEvent event) {
        connection.add(event);
    }

    @Override
    public void closed(ConnectionEvent event) {
        connection.add(event);
    }
}
