package io.flaremail;

import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.ConnectionListener;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.event.TransportListener;

/**
 * The listeners of a transport whose connection is one to Cloudflare: they hear the events of the inner transport, in its
 * order, with the outer transport as the source.
 *
 * <p>Tests: SmtpFormTransportTest.
 */
final class ForwardedEvents {
    private final Transport outer;
    private final CloudflareTransport inner;

    ForwardedEvents(Transport outer, CloudflareTransport inner) {
        this.outer = outer;
        this.inner = inner;
    }

    void add(ConnectionListener listener) {
        inner.addConnectionListener(new ForwardedConnection(listener));
    }

    void remove(ConnectionListener listener) {
        inner.removeConnectionListener(new ForwardedConnection(listener));
    }

    void add(TransportListener listener) {
        inner.addTransportListener(new ForwardedTransport(listener));
    }

    void remove(TransportListener listener) {
        inner.removeTransportListener(new ForwardedTransport(listener));
    }

    /** Passes an event on in the name of the outer transport. Equal to others for the same listener. */
    private abstract static class Forwarded<T> {
        final T listener;

        Forwarded(T listener) {
            this.listener = listener;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Forwarded && ((Forwarded<?>) other).listener.equals(listener);
        }

        @Override
        public int hashCode() {
            return listener.hashCode();
        }
    }

    private final class ForwardedConnection extends Forwarded<ConnectionListener> implements ConnectionListener {
        ForwardedConnection(ConnectionListener listener) {
            super(listener);
        }

        @Override
        public void opened(ConnectionEvent event) {
            listener.opened(own(event));
        }

        @Override
        public void disconnected(ConnectionEvent event) {
            listener.disconnected(own(event));
        }

        @Override
        public void closed(ConnectionEvent event) {
            listener.closed(own(event));
        }

        private ConnectionEvent own(ConnectionEvent event) {
            return new ConnectionEvent(outer, event.getType());
        }
    }

    private final class ForwardedTransport extends Forwarded<TransportListener> implements TransportListener {
        ForwardedTransport(TransportListener listener) {
            super(listener);
        }

        @Override
        public void messageDelivered(TransportEvent event) {
            listener.messageDelivered(own(event));
        }

        @Override
        public void messageNotDelivered(TransportEvent event) {
            listener.messageNotDelivered(own(event));
        }

        @Override
        public void messagePartiallyDelivered(TransportEvent event) {
            listener.messagePartiallyDelivered(own(event));
        }

        private TransportEvent own(TransportEvent event) {
            return new TransportEvent(
                    outer,
                    event.getType(),
                    event.getValidSentAddresses(),
                    event.getValidUnsentAddresses(),
                    event.getInvalidAddresses(),
                    event.getMessage());
        }
    }
}
