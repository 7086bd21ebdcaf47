package io.flaremail.http;

import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Connection pools: one for each effective configuration, shared within this class loader.
 *
 * <p>A static {@code Transport.send} creates a transport for every message; without sharing, each would need three
 * round trips for TCP and TLS. The pools use no threads, thread-locals or hooks, so a web application's class loader
 * can be unloaded.
 *
 * <p>Tests: PoolTest, ClassLoaderTest.
 */
final class ConnectionPools {
    /** Shorter than the service's idle timeout: if the service closes first, a message may get no answer. */
    private static final TimeValue IDLE_AT_MOST = TimeValue.ofSeconds(60);

    private static final TimeValue LIVES_AT_MOST = TimeValue.ofMinutes(5);

    /** Checks each time; {@link PooledConnection#isStale()} decides when a cheap check is enough. */
    private static final TimeValue VALIDATE_AFTER = TimeValue.ZERO_MILLISECONDS;

    /** Applications have one or two configurations. Ever new ones must not fill the heap. */
    private static final int SHARED_AT_MOST = 16;

    private static final Map<HttpSettings, HttpExchange> SHARED = new LinkedHashMap<HttpSettings, HttpExchange>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HttpSettings, HttpExchange> eldest) {
            // Removed, not closed: an exchange may be in progress. Idle sockets are garbage-collected.
            return size() > SHARED_AT_MOST;
        }
    };

    /**
     * Pools for settings that contain an object of an application. Held weakly, since the object refers to the
     * application's class loader: a pool lives as long as a client that uses it. Each value's key is its own settings.
     */
    private static final Map<HttpSettings, WeakReference<HttpExchange>> OF_APPLICATIONS = new WeakHashMap<>();

    private ConnectionPools() {}

    static HttpExchange shared(HttpSettings settings) {
        return settings.tls.socketFactory() == null ? ofAll(settings) : ofApplication(settings);
    }

    private static HttpExchange ofApplication(HttpSettings settings) {
        synchronized (OF_APPLICATIONS) {
            WeakReference<HttpExchange> known = OF_APPLICATIONS.get(settings);
            HttpExchange exchange = known == null ? null : known.get();
            if (exchange == null) {
                exchange = new HttpExchange(settings);
                OF_APPLICATIONS.remove(settings); // put() keeps an old equal key, which is not held
                OF_APPLICATIONS.put(settings, new WeakReference<>(exchange));
            }
            return exchange;
        }
    }

    private static HttpExchange ofAll(HttpSettings settings) {
        synchronized (SHARED) {
            HttpExchange exchange = SHARED.remove(settings);
            if (exchange == null) {
                exchange = new HttpExchange(settings);
            }
            SHARED.put(settings, exchange); // again, as the newest
            return exchange;
        }
    }

    static CloseableHttpClient client(HttpSettings settings) {
        HttpClientBuilder builder = HttpClients.custom()
                .setConnectionManager(pool(settings))
                .setRequestExecutor(new RequestExecutor())
                .setUserAgent("Flaremail")
                .setKeepAliveStrategy(
                        (response, context) -> KeepAlive.of(response).atMost(IDLE_AT_MOST))
                .setConnectionReuseStrategy(new DefaultConnectionReuseStrategy() {
                    @Override
                    public boolean keepAlive(HttpRequest request, HttpResponse response, HttpContext context) {
                        return super.keepAlive(request, response, context)
                                && KeepAlive.of(response).allowsReuse();
                    }
                })
                .disableAutomaticRetries() // HttpClient would retry a POST on 429 and 503
                .disableRedirectHandling() // the token must not be sent elsewhere
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableContentCompression();
        if (settings.proxy != null) {
            proxy(builder, settings.proxy);
        }
        return builder.build();
    }

    private static PoolingHttpClientConnectionManager pool(HttpSettings settings) {
        PoolingHttpClientConnectionManagerBuilder builder = new PoolingHttpClientConnectionManagerBuilder() {
            @Override
            protected HttpClientConnectionOperator createConnectionOperator(
                    SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
                return new ConnectionOperator(new TlsUpgrade(settings.tls));
            }
        };
        return builder.setConnectionFactory(socket -> {
                    PooledConnection connection = new PooledConnection();
                    if (socket != null) {
                        connection.bind(socket);
                    }
                    return connection;
                })
                .setMaxConnTotal(settings.maxConnections)
                .setMaxConnPerRoute(settings.maxConnections)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout))
                        .setSocketTimeout(Timeout.of(settings.connectTimeout)) // for TLS and CONNECT
                        .setValidateAfterInactivity(VALIDATE_AFTER)
                        .setTimeToLive(LIVES_AT_MOST)
                        .build())
                .build();
    }

    private static void proxy(HttpClientBuilder builder, HttpProxy proxy) {
        HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
        builder.setProxy(host);
        if (proxy.user() != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(host), new UsernamePasswordCredentials(proxy.user(), proxy.password()));
            builder.setDefaultCredentialsProvider(credentials);
        }
    }
}
