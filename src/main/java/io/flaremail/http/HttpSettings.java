package io.flaremail.http;

import java.time.Duration;
import java.util.Objects;

/** The settings of a connection pool, without the API token. Equal settings share a pool. */
public final class HttpSettings {
    public final Duration connectTimeout;
    public final int maxConnections;
    public final HttpProxy proxy;
    public final TlsSettings tls;

    /**
     * @param connectTimeout for TCP and TLS each; zero disables the timeout
     * @param maxConnections at least 1
     * @param proxy null for none
     */
    public HttpSettings(Duration connectTimeout, int maxConnections, HttpProxy proxy, TlsSettings tls) {
        this.connectTimeout = connectTimeout;
        this.maxConnections = maxConnections;
        this.proxy = proxy;
        this.tls = tls;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof HttpSettings)) {
            return false;
        }
        HttpSettings that = (HttpSettings) other;
        return connectTimeout.equals(that.connectTimeout)
                && maxConnections == that.maxConnections
                && Objects.equals(proxy, that.proxy)
                && tls.equals(that.tls);
    }

    @Override
    public int hashCode() {
        return Objects.hash(connectTimeout, maxConnections, proxy, tls);
    }
}
