package io.flaremail.http;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection without HttpClient's header and wire logs: an application that logs everything at DEBUG would otherwise
 * write the API token and whole messages into its log files. And one that keeps a deadline, and is not used again when
 * its peer has said anything unasked.
 *
 * <p>Made from HttpCore's class, since HttpClient's own is final before 5.6, which Spring Boot 3.5 does not have yet.
 */
final class PooledConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {
    /** What a peer may say before it comes to the point. */
    static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(200)
            .build();

    /** Looking for a closed connection takes a millisecond; one used just now has not been closed yet. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ResponseParserFactory unread;
    private volatile Deadline deadline = Deadline.NONE;
    private volatile Socket underlying;
    private volatile Timeout timeout = Timeout.ZERO_MILLISECONDS;
    private volatile long lastUse;
    private volatile boolean inconsistent;

    PooledConnection() {
        this(new ResponseParserFactory());
    }

    private PooledConnection(ResponseParserFactory unread) {
        super(HTTP, null, null, null, null, null, null, unread);
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
        super.bind(socket);
        bound(socket);
    }

    @Override
    public void bind(SSLSocket tls, Socket socket) throws IOException {
        super.bind(tls, socket);
        bound(socket);
    }

    private void bound(Socket socket) throws IOException {
        underlying = socket;
        timeout = Timeout.ofMilliseconds(socket.getSoTimeout());
        until(deadline);
    }

    @Override
    public Socket getSocket() {
        return getSocketHolder() == null ? null : getSocketHolder().getSocket();
    }

    @Override
    public SSLSession getSSLSession() {
        Socket socket = getSocket();
        return socket instanceof SSLSocket ? ((SSLSocket) socket).getSession() : null;
    }

    /** Back into the pool. */
    @Override
    public void passivate() {
        lastUse = System.nanoTime();
        until(Deadline.NONE);
        setSocketTimeout(Timeout.ZERO_MILLISECONDS);
    }

    /** Out of the pool. */
    @Override
    public void activate() {
        setSocketTimeout(timeout);
    }
}
