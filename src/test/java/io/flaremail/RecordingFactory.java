package io.flaremail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Makes a context's sockets and remembers them, so that a test can ask what was negotiated. */
final class RecordingFactory extends SSLSocketFactory {
    private final SSLSocketFactory factory;
    private final List<SSLSocket> made = new CopyOnWriteArrayList<>();

    RecordingFactory(SSLContext context) {
        this.factory = context.getSocketFactory();
    }

    List<SSLSession> sessions() {
        return made.stream().map(SSLSocket::getSession).toList();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        SSLSocket tls = (SSLSocket) factory.createSocket(socket, host, port, autoClose);
        made.add(tls);
        return tls;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("only over a connection that there is");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket(host.getHostName(), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        return createSocket(address, port);
    }
}
