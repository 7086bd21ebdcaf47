package io.flaremail.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Upgrades a connection to TLS with {@link TlsSettings}.
 *
 * <p>Tests: TlsTest.
 */
final class TlsUpgrade implements TlsSocketStrategy {
    private final TlsSettings settings;

    TlsUpgrade(TlsSettings settings) {
        this.settings = settings;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String host, int port, Object attachment, HttpContext context)
            throws IOException {
        SSLSocket tls = (SSLSocket) factory(host).createSocket(socket, host, port, true);
        try {
            configure(tls);
            tls.startHandshake();
            return tls;
        } catch (IllegalArgumentException e) {
            tls.close();
            throw new IOException("TLS: " + e.getMessage(), e);
        } catch (IOException e) {
            tls.close();
            throw e;
        }
    }

    private void configure(SSLSocket tls) {
        if (!settings.protocols().isEmpty()) {
            tls.setEnabledProtocols(settings.protocols().toArray(new String[0]));
        }
        if (!settings.cipherSuites().isEmpty()) {
            tls.setEnabledCipherSuites(settings.cipherSuites().toArray(new String[0]));
        }
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(settings.checksIdentity() ? "HTTPS" : null);
        tls.setSSLParameters(parameters);
    }

    private SSLSocketFactory factory(String host) throws IOException {
        if (settings.socketFactory() != null) {
            return settings.socketFactory();
        }
        return isTrustedBlindly(host) ? trustingFactory() : (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    private boolean isTrustedBlindly(String host) {
        return settings.trust() != null
                && Arrays.stream(settings.trust().trim().split("\\s+"))
                        .anyMatch(name -> name.equals("*") || name.equalsIgnoreCase(host));
    }

    private static SSLSocketFactory trustingFactory() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Credulous()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS: " + e.getMessage(), e);
        }
    }

    /** Accepts any certificate; the runtime still checks the name, if that is enabled. */
    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // accepted
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // accepted
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
