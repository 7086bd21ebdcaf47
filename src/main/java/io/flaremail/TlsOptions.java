package io.flaremail;

import io.flaremail.http.TlsSettings;
import jakarta.mail.MessagingException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;

/** Reads the {@code ssl.*} options. What the runtime does not know is named here, and not by the first handshake. */
final class TlsOptions {
    private TlsOptions() {}

    static TlsSettings read(SessionOptions options, String host) throws MessagingException {
        SSLSocketFactory factory = factory(options, host);
        List<String> protocols = words(options.text(CloudflareProperty.SSL_PROTOCOLS));
        List<String> suites = words(options.text(CloudflareProperty.SSL_CIPHER_SUITES));
        if (factory != null) {
            // It does not tell which protocols it knows.
            requireKnown(options, CloudflareProperty.SSL_CIPHER_SUITES, suites, factory.getSupportedCipherSuites());
        } else if (!protocols.isEmpty() || !suites.isEmpty()) {
            SSLParameters known = runtime();
            requireKnown(options, CloudflareProperty.SSL_PROTOCOLS, protocols, known.getProtocols());
            requireKnown(options, CloudflareProperty.SSL_CIPHER_SUITES, suites, known.getCipherSuites());
        }
        return new TlsSettings(
                options.text(CloudflareProperty.SSL_TRUST),
                options.flag(CloudflareProperty.SSL_CHECK_SERVER_IDENTITY),
                protocols,
                suites,
                factory);
    }

    private static SSLSocketFactory factory(SessionOptions options, String host) throws MessagingException {
        Object factory = options.object(CloudflareProperty.SSL_SOCKET_FACTORY);
        if (factory != null && !(factory instanceof SSLSocketFactory)) {
            throw options.malformed(
                    CloudflareProperty.SSL_SOCKET_FACTORY,
                    "a javax.net.ssl.SSLSocketFactory object",
                    factory.getClass().getName());
        }
        if (!SmtpProvider.trusts((SSLSocketFactory) factory, host)) {
            throw options.malformed(
                    CloudflareProperty.SSL_SOCKET_FACTORY,
                    "a factory that trusts " + host,
                    factory.getClass().getName() + " for other hosts");
        }
        return (SSLSocketFactory) factory;
    }

    private static List<String> words(String text) {
        return text == null ? Collections.emptyList() : Arrays.asList(text.split("\\s+"));
    }

    private static void requireKnown(
            SessionOptions options, CloudflareProperty property, List<String> words, String[] known)
            throws MessagingException {
        for (String word : words) {
            if (!Arrays.asList(known).contains(word)) {
                String choice = known.length > 10 ? "" : ": " + String.join(" ", known); // protocols are few
                throw options.malformed(property, "names that this Java runtime knows" + choice, word);
            }
        }
    }

    private static SSLParameters runtime() throws MessagingException {
        try {
            return SSLContext.getDefault().getSupportedSSLParameters();
        } catch (NoSuchAlgorithmException unusable) {
            throw new MessagingException("The Java runtime has no TLS: " + unusable.getMessage(), unusable);
        }
    }
}
