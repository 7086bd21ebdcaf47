package io.flaremail.config;

import io.flaremail.text.WireAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;

/**
 * All options except the credentials, parsed once. Immutable.
 *
 * <p>Tests: ConfigurationTest.
 */
public final class TransportSettings {
    public final URI endpoint;
    public final Duration connectionTimeout;
    public final Duration timeout;
    public final int maxConnections;
    public final int retries;
    public final Duration deadline;
    public final boolean verify;

    /** The envelope sender of all messages; null for none. A value inherited from SMTP is not checked. */
    public final String from;

    /** The property that {@link #from} was read from. */
    public final String fromSource;

    public final boolean reportSuccess;

    /** Whether the message goes to the other recipients if some addresses are invalid. */
    public final boolean sendPartial;

    /** Whether the service's Message-ID is written into the message. */
    public final boolean serviceMessageId;

    /** The folder that remembers Message-IDs; null for none. */
    public final String messageIdStore;

    /** A SendListener, or the name of a class; null for none. */
    public final Object listener;

    /** Names of the header fields that are not sent. */
    public final List<String> strip;

    public final GuardGrade guard;
    public final Duration guardWindow;
    public final boolean guardUnknown;

    /** The address that gets all mail instead of the recipients; null for none. */
    public final WireAddress redirect;

    /** Hosts whose certificate is not verified, separated by white space, or {@code *}; null for none. */
    public final String trust;

    public final boolean checkServerIdentity;

    /** Empty for those of the Java runtime. */
    public final List<String> tlsProtocols;

    /** Empty for those of the Java runtime. */
    public final List<String> cipherSuites;

    /** Null for the one of the Java runtime. */
    public final SSLSocketFactory socketFactory;

    /** Null for no proxy. */
    public final String proxyHost;

    public final int proxyPort;

    /** Null for none. */
    public final String proxyUser;

    /** Null for none. */
    public final String proxyPassword;

    private TransportSettings(OptionReader options) throws InvalidOptionException {
        this.endpoint = options.get(CloudflareProperty.ENDPOINT);
        this.connectionTimeout = options.get(CloudflareProperty.CONNECTION_TIMEOUT);
        this.timeout = options.get(CloudflareProperty.TIMEOUT);
        this.maxConnections = options.get(CloudflareProperty.MAX_CONNECTIONS);
        this.retries = options.get(CloudflareProperty.RETRIES);
        this.deadline = options.get(CloudflareProperty.DEADLINE);
        this.verify = options.get(CloudflareProperty.VERIFY);
        this.from = options.get(CloudflareProperty.FROM);
        this.fromSource = options.source(CloudflareProperty.FROM);
        this.reportSuccess = options.get(CloudflareProperty.REPORT_SUCCESS);
        this.sendPartial = options.get(CloudflareProperty.SEND_PARTIAL);
        this.serviceMessageId = options.get(CloudflareProperty.MESSAGE_ID);
        this.messageIdStore = options.get(CloudflareProperty.MESSAGE_ID_STORE);
        this.listener = options.object(CloudflareProperty.LISTENER);
        this.strip = options.get(CloudflareProperty.STRIP);
        this.guard = options.get(CloudflareProperty.GUARD);
        this.guardWindow = options.get(CloudflareProperty.GUARD_WINDOW);
        this.guardUnknown = options.get(CloudflareProperty.GUARD_UNKNOWN);
        this.redirect = options.get(CloudflareProperty.REDIRECT);
        this.trust = options.get(CloudflareProperty.SSL_TRUST);
        this.checkServerIdentity = options.get(CloudflareProperty.SSL_CHECK_SERVER_IDENTITY);
        TlsOptions tls = TlsOptions.read(options);
        this.tlsProtocols = tls.protocols;
        this.cipherSuites = tls.cipherSuites;
        this.socketFactory = tls.socketFactory;
        this.proxyHost = options.get(CloudflareProperty.PROXY_HOST);
        this.proxyPort = proxyPort(options, proxyHost);
        this.proxyUser = options.get(CloudflareProperty.PROXY_USER);
        this.proxyPassword = options.get(CloudflareProperty.PROXY_PASSWORD);
        if (proxyHost != null && !Endpoint.allowsProxy(endpoint, proxyHost)) {
            throw options.invalid(CloudflareProperty.PROXY_HOST, Endpoint.PROXY_EXPECTED, proxyHost + ":" + proxyPort);
        }
    }

    /** @throws InvalidOptionException if a property is invalid; names the first one */
    public static TransportSettings from(OptionReader options) throws InvalidOptionException {
        return new TransportSettings(options);
    }

    /** In alias mode an inherited port without a host is not checked. */
    private static int proxyPort(OptionReader options, String host) throws InvalidOptionException {
        boolean ignored = host == null && options.isInherited(CloudflareProperty.PROXY_PORT);
        return ignored ? CloudflareProperty.PROXY_PORT.defaultValue() : options.get(CloudflareProperty.PROXY_PORT);
    }

    /**
     * The {@code ssl.*} options that are checked against the Java runtime, so that a wrong one fails at once and not in
     * the first handshake.
     *
     * <p>Tests: TlsTest.
     */
    private static final class TlsOptions {
        /** Longer lists are omitted from messages. */
        private static final int MOST_NAMED = 10;

        final List<String> protocols;
        final List<String> cipherSuites;

        /** Null for the one of the Java runtime. */
        final SSLSocketFactory socketFactory;

        private TlsOptions(List<String> protocols, List<String> cipherSuites, SSLSocketFactory socketFactory) {
            this.protocols = protocols;
            this.cipherSuites = cipherSuites;
            this.socketFactory = socketFactory;
        }

        static TlsOptions read(OptionReader options) throws InvalidOptionException {
            SSLSocketFactory factory = factory(options);
            List<String> protocols = words(options, CloudflareProperty.SSL_PROTOCOLS);
            List<String> suites = words(options, CloudflareProperty.SSL_CIPHER_SUITES);
            if (factory != null) {
                // A factory does not list its protocols.
                requireKnown(options, CloudflareProperty.SSL_CIPHER_SUITES, suites, factory.getSupportedCipherSuites());
            } else if (!protocols.isEmpty() || !suites.isEmpty()) {
                SSLParameters known = runtime();
                requireKnown(options, CloudflareProperty.SSL_PROTOCOLS, protocols, known.getProtocols());
                requireKnown(options, CloudflareProperty.SSL_CIPHER_SUITES, suites, known.getCipherSuites());
            }
            return new TlsOptions(protocols, suites, factory);
        }

        private static List<String> words(OptionReader options, CloudflareProperty<List<String>> property)
                throws InvalidOptionException {
            List<String> words = options.get(property);
            return words == null ? Collections.emptyList() : words;
        }

        private static SSLSocketFactory factory(OptionReader options) throws InvalidOptionException {
            Object factory = options.object(CloudflareProperty.SSL_SOCKET_FACTORY);
            if (factory != null && !(factory instanceof SSLSocketFactory)) {
                throw options.invalid(
                        CloudflareProperty.SSL_SOCKET_FACTORY,
                        "a javax.net.ssl.SSLSocketFactory object",
                        factory.getClass().getName());
            }
            return (SSLSocketFactory) factory;
        }

        private static void requireKnown(
                OptionReader options, CloudflareProperty<?> property, List<String> words, String[] known)
                throws InvalidOptionException {
            for (String word : words) {
                if (!Arrays.asList(known).contains(word)) {
                    String choice =
                            known.length > MOST_NAMED ? "" : ": " + String.join(" ", known); // protocols are few
                    throw options.invalid(property, "names that this Java runtime knows" + choice, word);
                }
            }
        }

        private static SSLParameters runtime() {
            try {
                return SSLContext.getDefault().getSupportedSSLParameters();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("The Java runtime has no TLS: " + e.getMessage(), e);
            }
        }
    }
}
