package io.flaremail.api;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/**
 * A connection without HttpClient's header and wire logs: an application that logs everything at DEBUG would otherwise
 * write the API token and whole messages into its log files. And one that keeps a deadline.
 */
final class SilentConnection extends DefaultManagedHttpClientConnection {
    private static final AtomicLong COUNT = new AtomicLong();

    private volatile Deadline deadline = Deadline.NONE;
    private volatile Socket underlying;

    SilentConnection() {
        super("flaremail-" + COUNT.incrementAndGet());
    }

    /** Ends every read at this instant, until the connection goes back into the pool. */
    void until(Deadline end) {
        deadline = end;
        if (underlying instanceof DeadlineSocket) {
            ((DeadlineSocket) underlying).until(end);
        }
    }

    @Override
    public void bind(Socket socket) throws IOException {
        super.bind(new SocketHolder(socket));
        underlying = socket;
        until(deadline);
    }

    @Override
    public void bind(SSLSocket tls, Socket socket) throws IOException {
        super.bind(new SocketHolder(tls, socket));
        underlying = socket;
        until(deadline);
    }

    @Override
    public void passivate() {
        until(Deadline.NONE);
        super.passivate();
    }

    @Override
    protected void onRequestSubmitted(ClassicHttpRequest request) {
        // deliberately not logged
    }

    @Override
    protected void onResponseReceived(ClassicHttpResponse response) {
        // deliberately not logged
    }
}
