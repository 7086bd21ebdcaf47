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
 * Says in words why a peer was not reached, by the type of the exception: the texts of some need one. Those of refused and
 * timed out connections do not. Public so that the transport says the same.
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
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // a chain may be a circle
        for (Throwable each = failure; each != null && seen.add(each); each = each.getCause()) {
            if (each instanceof CertificateException || each instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }
}
