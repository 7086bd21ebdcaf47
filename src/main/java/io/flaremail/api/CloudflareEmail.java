package io.flaremail.api;

import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.Endpoint;
import io.flaremail.http.HttpProxy;
import io.flaremail.http.HttpSettings;
import io.flaremail.http.TlsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * A client for the Email Sending API: where it is, and how to reach it. Thread-safe; make one and keep it.
 */
public final class CloudflareEmail implements AutoCloseable {
    /** Where the API is. */
    public static final URI DEFAULT_ENDPOINT = CloudflareProperty.ENDPOINT.defaultValue();

    final ApiClient api;

    private CloudflareEmail(ApiClient api) {
        this.api = api;
    }

    /** A builder with the defaults: Cloudflare's endpoint, 10 s to connect, 60 s for an answer, 64 connections. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Sending with one account.
     *
     * @param accountId 32 hexadecimal characters
     */
    public EmailSending sending(String accountId) {
        return new EmailSending(api, accountId);
    }

    /**
     * The sending domains of one zone: the administration.
     *
     * @param zoneId 32 hexadecimal characters, see {@link Zones#find}
     */
    public SendingSubdomains subdomains(String zoneId) {
        return new SendingSubdomains(api, zoneId);
    }

    /** The zones the token can see. */
    public Zones zones() {
        return new Zones(api);
    }

    /**
     * An account's suppression list.
     *
     * @param accountId 32 hexadecimal characters
     */
    public Suppressions suppressions(String accountId) {
        return new Suppressions(api, accountId);
    }

    /**
     * Closes the connections; further calls then throw {@link IllegalStateException}, and those under way fail. Does nothing
     * where connections are shared. Does not throw.
     */
    @Override
    public void close() {
        api.close();
    }

    /** What to know before the first request; every part has a default. */
    public static final class Builder {
        private URI endpoint = DEFAULT_ENDPOINT;
        private Duration connectTimeout = CloudflareProperty.CONNECTION_TIMEOUT.defaultValue();
        private Duration responseTimeout = CloudflareProperty.TIMEOUT.defaultValue();
        private Duration deadline = CloudflareProperty.DEADLINE.defaultValue();
        private int maxConnections = CloudflareProperty.MAX_CONNECTIONS.defaultValue();
        private int retries = CloudflareProperty.RETRIES.defaultValue();
        private Supplier<String> token = () -> null;
        private HttpProxy proxy;
        private TlsSettings tls = TlsSettings.DEFAULT;
        private boolean shared;
        private ExchangeListener listener;
        private DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        /** The API token, with the permission Email Sending: Edit. */
        public Builder token(String token) {
            Objects.requireNonNull(token, "token");
            return token(() -> token);
        }

        /** The API token, asked for before each call; from a file that changes, for example. White space around it is dropped. */
        public Builder token(Supplier<String> token) {
            this.token = Objects.requireNonNull(token, "token");
            return this;
        }

        /**
         * Where the API is.
         *
         * @throws IllegalArgumentException unless it is https, or http to a loopback address
         */
        public Builder endpoint(URI endpoint) {
            this.endpoint = Endpoint.require(endpoint);
            return this;
        }

        /** How long TCP and TLS may each take; zero disables the timeout. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = notNegative("connectTimeout", connectTimeout);
            return this;
        }

        /** How long to wait for each piece of an answer, and for a free connection; zero disables the timeout. */
        public Builder responseTimeout(Duration responseTimeout) {
            this.responseTimeout = notNegative("responseTimeout", responseTimeout);
            return this;
        }

        /** How many requests may be under way at once; further ones wait. */
        public Builder maxConnections(int maxConnections) {
            this.maxConnections = atLeast(1, "maxConnections", maxConnections);
            return this;
        }

        /**
         * The HTTP proxy to go through; null for none.
         *
         * @param port 1 to 65535
         * @param user for Basic authentication, or null for none
         * @param password its password, or null for an empty one
         */
        public Builder proxy(String host, int port, String user, String password) {
            this.proxy = host == null ? null : new HttpProxy(host, port, user, password);
            return this;
        }

        /**
         * How to make TLS connections.
         *
         * @param trust hosts whose certificates are not verified, separated by white space; {@code *} for all; null for none
         * @param checkIdentity whether the certificate must be for the server's name, RFC 9110 section 4.3.4
         * @param protocols the only ones to enable; empty for the runtime's
         * @param cipherSuites the only ones to enable; empty for the runtime's
         * @param socketFactory makes the TLS sockets; null for the runtime's
         */
        public Builder tls(
                String trust,
                boolean checkIdentity,
                List<String> protocols,
                List<String> cipherSuites,
                SSLSocketFactory socketFactory) {
            this.tls = new TlsSettings(trust, checkIdentity, protocols, cipherSuites, socketFactory);
            return this;
        }

        /** How long a call may take, retries included, zero for no limit. */
        public Builder deadline(Duration deadline) {
            this.deadline = notNegative("deadline", deadline);
            return this;
        }

        /** How many times a send is tried again of which nothing was sent; 0 for never. */
        public Builder retries(int retries) {
            this.retries = atLeast(0, "retries", retries);
            return this;
        }

        /** Shares connections with every client of equal settings; {@link #close()} then leaves them open. */
        public Builder sharedConnections() {
            this.shared = true;
            return this;
        }

        /** Receives the HTTP exchanges of this client; null for none. */
        public Builder listener(ExchangeListener listener) {
            this.listener = listener;
            return this;
        }

        private static Duration notNegative(String name, Duration value) {
            if (Objects.requireNonNull(value, name).isNegative()) {
                throw new IllegalArgumentException(name + ": expected zero or more, got " + value);
            }
            return value;
        }

        private static int atLeast(int least, String name, int value) {
            if (value < least) {
                throw new IllegalArgumentException(name + ": expected at least " + least + ", got " + value);
            }
            return value;
        }

        /** The dice of {@link RetryPolicy}. */
        Builder jitter(DoubleSupplier dice) {
            this.jitter = dice;
            return this;
        }

        /**
         * Makes the client.
         *
         * @throws IllegalArgumentException if a token would go to a proxy unencrypted
         * @throws IllegalStateException if Jackson or HttpClient is too old on the class path; names it
         */
        public CloudflareEmail build() {
            if (proxy != null && !Endpoint.allowsProxy(endpoint, proxy.host())) {
                throw new IllegalArgumentException("proxy: expected " + Endpoint.PROXY_EXPECTED);
            }
            LibraryCheck.requireUsable();
            return new CloudflareEmail(new ApiClient(
                    endpoint,
                    token,
                    new HttpSettings(connectTimeout, maxConnections, proxy, tls),
                    shared,
                    responseTimeout,
                    deadline,
                    new RetryPolicy(retries, jitter),
                    listener));
        }
    }
}
