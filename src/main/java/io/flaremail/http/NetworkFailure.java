package io.flaremail.http;

import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Describes why a peer was not reached. Adds a prefix if an exception's own text is unclear; those of refused and timed
 * out connections are clear. Public so that the transport uses the same words.
 *
 * <p>Tests: NetworkFailureTest.
 */
public final class NetworkFailure {
    private NetworkFailure() {}

    /** @return not null; ends with the exception's own text, which a peer may have written */
    public static String reason(IOException failure) {
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (failure instanceof UnknownHostException) {
            return "host not found: " + text;
        }
        if (failure instanceof SSLPeerUnverifiedException) {
            return "certificate not accepted: " + text;
        }
        if (failure instanceof SSLException) {
            return (isOfCertificate(failure) ? "certificate not accepted: " : "TLS failed: ") + text;
        }
        return text;
    }

    private static boolean isOfCertificate(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // a chain may be circular
        for (Throwable each = failure; each != null && seen.add(each); each = each.getCause()) {
            if (each instanceof CertificateException || each instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }
}
