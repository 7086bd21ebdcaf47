package io.flaremail;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers the first bytes of each connection with the same bytes, whatever they were, and hangs up. */
final class HalfServer implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();

    HalfServer(byte[] answer) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(answer), "half-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void serve(byte[] answer) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                connections.incrementAndGet();
                InputStream in = socket.getInputStream();
                byte[] heard = new byte[16 * 1024];
                if (in.read(heard) >= 0) {
                    socket.getOutputStream().write(answer);
                    socket.shutdownOutput();
                    while (in.read(heard) >= 0) {} // closing over unread bytes would reset the connection
                }
            } catch (IOException gone) {
                // the next one
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
