package io.flaremail.applications;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on the loopback whose every tunnel ends at one port there, whatever host was asked for: what speaks to the real
 * service's name reaches a sandbox.
 */
final class Tunnel implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    Tunnel(int target) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The first line of each request. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            start(() -> open(client));
        }
    }

    private void open(Socket client) throws IOException {
        try (client;
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target)) {
            asked.add(head(client.getInputStream()).lines().findFirst().orElse(""));
            client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            start(() -> copy(there, client));
            copy(client, there);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read(); // one by one: what follows is the tunnel's
            if (octet < 0) {
                throw new EOFException();
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    private static void copy(Socket from, Socket to) throws IOException {
        OutputStream out = to.getOutputStream();
        from.getInputStream().transferTo(out);
        to.shutdownOutput();
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Ends with its sockets. */
    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // one side or the other is gone, and with it the tunnel
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
