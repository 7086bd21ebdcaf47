package io.flaremail.api;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/**
 * A connection without HttpClient's header and wire logs: an application that logs everything at DEBUG would otherwise
 * write the API token and whole messages into its log files. And one that keeps a deadline, and is not used again when
 * its peer has said anything unasked.
 */
final class SilentConnection extends DefaultManagedHttpClientConnection {
    /** What a peer may say before it comes to the point. */
    static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(200)
            .build();

    private static final AtomicLong COUNT = new AtomicLong();

    /** Looking for a closed connection takes a millisecond; one used just now has not been closed yet. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final UnreadInput unread;
    private volatile Deadline deadline = Deadline.NONE;
    private volatile Socket underlying;
    private volatile long lastUse;
    private volatile boolean inconsistent;

    SilentConnection() {
        this(new UnreadInput());
    }

    private SilentConnection(UnreadInput unread) {
        super("flaremail-" + COUNT.incrementAndGet(), null, null, HTTP, null, null, null, unread);
        this.unread = unread;
    }

    /** Ends every read at this instant, until the connection goes back into the pool. */
    void until(Deadline end) {
        deadline = end;
        if (underlying instanceof DeadlineSocket) {
            ((DeadlineSocket) underlying).until(end);
        }
    }

    /** The request was not written to its end; no further one may follow. */
    void spoil() {
        inconsistent = true;
    }

    @Override
    public boolean isConsistent() {
        return super.isConsistent() && !inconsistent;
    }

    @Override
    public boolean isStale() throws IOException {
        boolean speaksUnasked = !unread.isEmpty() || underlying.getInputStream().available() > 0;
        return speaksUnasked || System.nanoTime() - lastUse > FRESH_NANOS && super.isStale();
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
        lastUse = System.nanoTime();
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
