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

/** A client for the Email Sending API. Thread-safe; create one and reuse it. */
public final class CloudflareEmail implements AutoCloseable {
    /** Cloudflare's public endpoint. */
    public static final URI DEFAULT_ENDPOINT = CloudflareProperty.ENDPOINT.defaultValue();

    final ApiClient api;

    private CloudflareEmail(ApiClient api) {
        this.api = api;
    }

    /** A builder with the defaults: Cloudflare's endpoint, 10 s to connect, 60 s for each read, 64 connections. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Sends mail with one account.
     *
     * @param accountId 32 hexadecimal characters
     */
    public EmailSending sending(String accountId) {
        return new EmailSending(api, accountId);
    }

    /** Manages the sending domains of the zone with this id, see {@link Zones#find}. */
    public SendingSubdomains subdomains(String zoneId) {
        return new SendingSubdomains(api, zoneId);
    }

    /** Finds zones that the token has access to. */
    public Zones zones() {
        return new Zones(api);
    }

    /**
     * Manages an account's suppression list.
     *
     * @param accountId 32 hexadecimal characters
     */
    public Suppressions suppressions(String accountId) {
        return new Suppressions(api, accountId);
    }

    /** Manages the queues of the account with this id. */
    public Queues queues(String accountId) {
        return new Queues(api, accountId);
    }

    /** Manages which queue receives the delivery events of which sending domain of the account with this id. */
    public EventSubscriptions eventSubscriptions(String accountId) {
        return new EventSubscriptions(api, accountId);
    }

    /** Reads delivery events from a queue with a {@link Queues#addPullConsumer pull consumer}. */
    public DeliveryEvents deliveryEvents(String accountId, String queueId) {
        return new DeliveryEvents(api, accountId, queueId);
    }

    /** Looks up sent messages in the analytics of the zone with this id. */
    public EmailAnalytics analytics(String zoneId) {
        return new EmailAnalytics(api, zoneId);
    }

    /**
     * Closes the connections; further calls then throw {@link IllegalStateException}, and calls in progress fail. Does
     * nothing if connections are shared. Does not throw.
     */
    @Override
    public void close() {
        api.close();
    }

    /** Configures a client. Every setting except the token has a default. */
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

        /**
         * Supplies the API token before each call, for example from a file that changes. White space around it is
         * dropped. A call without a token throws {@link IllegalStateException}.
         */
        public Builder token(Supplier<String> token) {
            this.token = Objects.requireNonNull(token, "token");
            return this;
        }

        /**
         * The base URL of the API.
         *
         * @throws IllegalArgumentException unless it is https, or http to a loopback address
         */
        public Builder endpoint(URI endpoint) {
            this.endpoint = Endpoint.require(endpoint);
            return this;
        }

        /** The timeout for TCP and TLS, each; zero disables it. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = notNegative("connectTimeout", connectTimeout);
            return this;
        }

        /** The timeout for each read of a response, and for a free connection; zero disables it. */
        public Builder responseTimeout(Duration responseTimeout) {
            this.responseTimeout = notNegative("responseTimeout", responseTimeout);
            return this;
        }

        /** The maximum number of concurrent requests, at least 1; further ones wait. */
        public Builder maxConnections(int maxConnections) {
            this.maxConnections = atLeast(1, "maxConnections", maxConnections);
            return this;
        }

        /**
         * The HTTP proxy to use; a null host for none.
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
         * The TLS settings.
         *
         * @param trust hosts whose certificates are not verified, separated by white space; {@code *} for all; null for
         *     none
         * @param checkIdentity whether the certificate must be for the server's name, RFC 9110 section 4.3.4
         * @param protocols the enabled protocols; empty for the runtime's defaults
         * @param cipherSuites the enabled cipher suites; empty for the runtime's defaults
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

        /** The time limit for a call, including retries; zero disables it. */
        public Builder deadline(Duration deadline) {
            this.deadline = notNegative("deadline", deadline);
            return this;
        }

        /** The maximum retries; 0 disables them. A send or change is retried only if known not to be carried out. */
        public Builder retries(int retries) {
            this.retries = atLeast(0, "retries", retries);
            return this;
        }

        /** Shares connections with all clients that have equal settings; {@link #close()} then leaves them open. */
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

        /** Random numbers from 0 to 1 for {@link RetryPolicy}. */
        Builder jitter(DoubleSupplier random) {
            this.jitter = random;
            return this;
        }

        /**
         * Creates the client.
         *
         * @throws IllegalArgumentException if a token would go to a proxy unencrypted
         * @throws IllegalStateException if Jackson or HttpClient on the class path is too old; the message names it
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
