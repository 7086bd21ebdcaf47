package io.flaremail.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A bare {@code api.cloudflare.com} or {@code PKIX path building failed} does not tell a person what failed. */
class NetworkFailureTest {
    static Stream<Arguments> failures() {
        Exception circle = new Exception("one");
        circle.initCause(new Exception("two", circle));
        return Stream.of(
                row(new UnknownHostException("api.cloudflare.com"), "host not found: api.cloudflare.com"),
                row(new ConnectException("Connection refused"), "Connection refused"),
                row(new SocketTimeoutException("Connect timed out"), "Connect timed out"),
                row(handshake(new CertPathBuilderException("x")), "certificate not accepted: handshake"),
                row(handshake(new Exception(new CertificateExpiredException())), "certificate not accepted: handshake"),
                row(new SSLPeerUnverifiedException("no match"), "certificate not accepted: no match"),
                row(new SSLException("closed"), "TLS failed: closed"),
                row(handshake(circle), "TLS failed: handshake"),
                row(new IOException((String) null), "java.io.IOException"));
    }

    private static Arguments row(IOException failure, String words) {
        return Arguments.of(failure, words);
    }

    private static IOException handshake(Exception cause) {
        IOException failure = new SSLHandshakeException("handshake");
        failure.initCause(cause);
        return failure;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatFailed(IOException failure, String words) {
        assertEquals(words, NetworkFailure.reason(failure));
    }
}
