package io.flaremail.sandbox;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP port. */
final class FrontDoor {
    /** Longer than any delay that a test asks for: it is the client's patience that is on trial. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Server server = new Server(threads());
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private final ServerConnector connector;

    FrontDoor(Settings settings, Accounts accounts, Router inbox) {
        connector = connector(settings);
        // Without it the kernel may take a whole message before a fault breaks its upload.
        connector.setAcceptedReceiveBufferSize(RECEIVE_BUFFER);
        connector.setHost(settings.listen().host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.addBean(new SelectorManager.AcceptListener() {
            @Override
            public void onAccepted(SelectableChannel channel) {
                accounts.first().ledger().connected();
            }
        });
        server.addConnector(connector);
        server.setHandler(new ExchangeHandler(accounts, inbox, settings));
        server.setErrorHandler(new ProtocolErrorHandler());
        server.setStopTimeout(0);
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("sandbox");
        threads.setDaemon(true);
        return threads;
    }

    private ServerConnector connector(Settings settings) {
        HttpConnectionFactory http = new HttpConnectionFactory(configuration());
        if (settings.tls() == null) {
            return new ServerConnector(server, 1, 1, http);
        }
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(settings.tls());
        SslConnectionFactory tls = new SslConnectionFactory(ssl, http.getProtocol());
        // It would refuse every key that is not made out to 127.0.0.1: to check that is up to the client.
        tls.setEnsureSecureRequestCustomizer(false);
        return new ServerConnector(server, 1, 1, tls, http);
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        // An escaped slash is a legal part of a segment, and a client that escapes one must be understood.
        configuration.setUriCompliance(
                UriCompliance.DEFAULT.with("SANDBOX", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
        return configuration;
    }

    int port() {
        return connector.getLocalPort();
    }

    void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "Cannot listen for HTTP on port " + connector.getPort() + ": " + e.getMessage(), e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot stop the HTTP server", e);
        }
    }
}
