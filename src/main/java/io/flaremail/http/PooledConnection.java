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
 * write the API token and whole messages into its log files. It also enforces a deadline, and is not reused if the peer
 * has sent unrequested data.
 *
 * <p>Extends HttpCore's class, since HttpClient's own is final before 5.6, and Spring Boot 3.5 has an older version.
 *
 * <p>Tests: PoolTest, DeadlineTest.
 */
final class PooledConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {
    /** The limits for a peer's response headers. */
    static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(200)
            .build();

    /** A check for a closed connection takes a millisecond; one used just now is assumed to be open. */
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

    /** Ends every read at this deadline, until the connection returns to the pool. */
    void until(Deadline end) {
        deadline = end;
        if (underlying instanceof DeadlineSocket) {
            ((DeadlineSocket) underlying).until(end);
        }
    }

    /** Prevents reuse, since the request was not written completely. */
    void spoil() {
        inconsistent = true;
    }

    @Override
    public boolean isConsistent() {
        return super.isConsistent() && !inconsistent;
    }

    @Override
    public boolean isStale() throws IOException {
        boolean hasUnrequestedData =
                !unread.isEmpty() || underlying.getInputStream().available() > 0;
        return hasUnrequestedData || System.nanoTime() - lastUse > FRESH_NANOS && super.isStale();
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

    /** Called when the connection returns to the pool. */
    @Override
    public void passivate() {
        lastUse = System.nanoTime();
        until(Deadline.NONE);
        setSocketTimeout(Timeout.ZERO_MILLISECONDS);
    }

    /** Called when the connection leaves the pool. */
    @Override
    public void activate() {
        setSocketTimeout(timeout);
    }

    /**
     * Parses responses, and remembers their buffer: data left in it after a response was not requested, and would be
     * taken for the response to the next message.
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
     * A socket with a deadline for connecting and reading. A read timeout limits only each read: a peer that sends
     * single bytes of a TLS record, a header or a body could hold a message indefinitely.
     */
    static final class DeadlineSocket extends Socket {
        private volatile Deadline deadline = Deadline.NONE;

        void until(Deadline end) {
            this.deadline = end;
        }

        /** A name may have several addresses, and each is tried with the same timeout. */
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
