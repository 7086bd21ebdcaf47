package io.flaremail.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.Timeout;

/** Opens connections within the deadline of their exchange. */
final class ConnectionOperator extends DefaultHttpClientConnectionOperator {
    ConnectionOperator(TlsSocketStrategy tls) {
        super(
                socksProxy -> new PooledConnection.DeadlineSocket(),
                null,
                null,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register("https", tls)
                        .build());
    }

    /** HttpClient 5.6 calls this method; 5.5 has only the next one. */
    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint name,
            Path unixDomainSocket,
            InetSocketAddress local,
            Timeout connectTimeout,
            SocketConfig config,
            Object attachment,
            HttpContext context)
            throws IOException {
        Timeout timeout = begin(connection, connectTimeout, context);
        super.connect(connection, host, name, unixDomainSocket, local, timeout, config, attachment, context);
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint name,
            InetSocketAddress local,
            Timeout connectTimeout,
            SocketConfig config,
            Object attachment,
            HttpContext context)
            throws IOException {
        Timeout timeout = begin(connection, connectTimeout, context);
        super.connect(connection, host, name, local, timeout, config, attachment, context);
    }

    /** Allows the timeout twice: for TCP and for TLS. */
    private static Timeout begin(ManagedHttpClientConnection connection, Timeout connectTimeout, HttpContext context) {
        Duration configured = connectTimeout == null ? Duration.ZERO : connectTimeout.toDuration();
        Deadline deadline = RequestExecutor.deadline(context);
        ((PooledConnection) connection).until(deadline.orIn(configured.multipliedBy(2)));
        return Timeout.of(deadline.atMost(configured));
    }

    @Override
    public void upgrade(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint name,
            Object attachment,
            HttpContext context)
            throws IOException {
        ((PooledConnection) connection).until(RequestExecutor.deadline(context));
        super.upgrade(connection, host, name, attachment, context);
    }
}
