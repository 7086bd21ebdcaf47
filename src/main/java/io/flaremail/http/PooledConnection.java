package io.flaremail.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection without HttpClient's header and wire logs: an application that logs everything at DEBUG would otherwise
 * write the API token and whole messages into its log files. And one that keeps a deadline, and is not used again when
 * its peer has said anything unasked.
 *
 * <p>Made from HttpCore's class, since HttpClient's own is final before 5.6, which Spring Boot 3.5 does not have yet.
 *
 * <p>Tests: PoolTest, DeadlineTest.
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

    /**
     * Parses answers, and remembers the buffer they come from: what is still in it after an answer was never asked for, and
     * would be taken for the answer to the next message.
     */
    private static final class ResponseParserFactory implements HttpMessageParserFactory<ClassicHttpResponse> {
        private volatile SessionInputBuffer buffer;

        boolean isEmpty() {
            return buffer == null || buffer.length() == 0;
        }

        @Override
        @Deprecated
        public HttpMessageParser<ClassicHttpResponse> create(Http1Config config) {
            return create();
        }

        @Override
        public HttpMessageParser<ClassicHttpResponse> create() {
            return remembering(new DefaultHttpResponseParserFactory(PooledConnection.HTTP).create());
        }

        private HttpMessageParser<ClassicHttpResponse> remembering(HttpMessageParser<ClassicHttpResponse> parser) {
            return new HttpMessageParser<ClassicHttpResponse>() {
                @Override
                public ClassicHttpResponse parse(SessionInputBuffer from, InputStream in)
                        throws IOException, HttpException {
                    buffer = from;
                    return parser.parse(from, in);
                }
            };
        }
    }

    /**
     * A socket that can be connected and read until a deadline. A read timeout alone bounds each read, and a peer that drips single bytes,
     * of a TLS record, a header or a body, could hold a message for ever.
     */
    static final class DeadlineSocket extends Socket {
        private volatile Deadline deadline = Deadline.NONE;

        void until(Deadline end) {
            this.deadline = end;
        }

        /** A name may stand for several addresses, and each is tried with the same timeout. */
        @Override
        public void connect(SocketAddress peer, int timeout) throws IOException {
            super.connect(peer, atMost(timeout));
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int timeout = getSoTimeout();
                    setSoTimeout(atMost(timeout));
                    try {
                        return super.read(bytes, offset, length);
                    } finally {
                        restore(timeout);
                    }
                }
            };
        }

        private int atMost(int timeout) throws SocketTimeoutException {
            Duration time = deadline.atMost(Duration.ofMillis(timeout));
            if (deadline.isOver()) {
                throw new SocketTimeoutException("the deadline has passed");
            }
            return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
        }

        /** A socket that was closed while it was read has no timeout to restore. */
        private void restore(int timeout) throws IOException {
            if (!isClosed()) {
                setSoTimeout(timeout);
            }
        }
    }
}
