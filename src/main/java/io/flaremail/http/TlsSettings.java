package io.flaremail.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;

/** TLS settings for connections to the API, like Jakarta Mail's {@code ssl.*} properties. Immutable. */
public final class TlsSettings {
    /** The Java runtime's defaults, with a check of the server's name. */
    public static final TlsSettings DEFAULT =
            new TlsSettings(null, true, Collections.emptyList(), Collections.emptyList(), null);

    private final String trust;
    private final boolean checkIdentity;
    private final List<String> protocols;
    private final List<String> cipherSuites;
    private final SSLSocketFactory socketFactory;

    /**
     * @param trust hosts whose certificates are not verified, separated by white space; {@code *} for all; null for
     *     none
     * @param checkIdentity whether the certificate must be for the server's name, RFC 9110 section 4.3.4
     * @param protocols the enabled protocols; empty for the runtime's defaults
     * @param cipherSuites the enabled cipher suites; empty for the runtime's defaults
     * @param socketFactory makes the TLS sockets; null for the runtime's
     */
    public TlsSettings(
            String trust,
            boolean checkIdentity,
            List<String> protocols,
            List<String> cipherSuites,
            SSLSocketFactory socketFactory) {
        this.trust = trust;
        this.checkIdentity = checkIdentity;
        this.protocols = new ArrayList<>(Objects.requireNonNull(protocols, "protocols"));
        this.cipherSuites = new ArrayList<>(Objects.requireNonNull(cipherSuites, "cipherSuites"));
        this.socketFactory = socketFactory;
    }

    String trust() {
        return trust;
    }

    boolean checksIdentity() {
        return checkIdentity;
    }

    List<String> protocols() {
        return protocols;
    }

    List<String> cipherSuites() {
        return cipherSuites;
    }

    SSLSocketFactory socketFactory() {
        return socketFactory;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TlsSettings)) {
            return false;
        }
        TlsSettings that = (TlsSettings) other;
        return Objects.equals(trust, that.trust)
                && checkIdentity == that.checkIdentity
                && protocols.equals(that.protocols)
                && cipherSuites.equals(that.cipherSuites)
                && socketFactory == that.socketFactory;
    }

    @Override
    public int hashCode() {
        return Objects.hash(trust, checkIdentity, protocols, cipherSuites, System.identityHashCode(socketFactory));
    }
}
