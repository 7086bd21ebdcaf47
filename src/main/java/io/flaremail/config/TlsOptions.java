package io.flaremail.config;

import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;

/**
 * The {@code ssl.*} options that are checked against the Java runtime, so that a wrong one is named at once and not by the
 * first handshake.
 *
 * <p>Tests: TlsTest.
 */
final class TlsOptions {
    /** Longer lists of names do not fit a message. */
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
            // It does not tell which protocols it knows.
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
                String choice = known.length > MOST_NAMED ? "" : ": " + String.join(" ", known); // protocols are few
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
