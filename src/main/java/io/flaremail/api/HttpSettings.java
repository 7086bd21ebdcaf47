package io.flaremail.api;

import java.time.Duration;
import java.util.Objects;

/** What makes two connection pools different; the API token is not among it. Equal settings share a pool. */
final class HttpSettings {
    final Duration connectTimeout;
    final int maxConnections;
    final HttpProxy proxy;
    final TlsSettings tls;

    /**
     * @param connectTimeout for TCP and TLS each; zero disables the timeout
     * @param maxConnections at least 1
     * @param proxy null for none
     */
    HttpSettings(Duration connectTimeout, int maxConnections, HttpProxy proxy, TlsSettings tls) {
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
