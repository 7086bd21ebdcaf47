package io.flaremail.inbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** The server that a hostile message wants to reach. It counts connections, also those without a request. */
final class RemoteServer implements AutoCloseable {
    private static final byte[] GIF =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<String> requests = new ConcurrentSkipListSet<>();

    RemoteServer() throws IOException {
        Thread thread = new Thread(this::accept, "remote");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** The paths. */
    Set<String> requests() {
        return Set.copyOf(requests);
    }

    void forget() {
        connections.set(0);
        requests.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread thread = new Thread(() -> answer(socket), "remote-answer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            if (line == null) {
                return; // a connection without a request
            }
            String path = line.split(" ")[1];
            requests.add(path);
            for (String field = in.readLine(); field != null && !field.isEmpty(); field = in.readLine()) {}
            boolean image = path.endsWith(".gif");
            byte[] body = image ? GIF : "<p>Of the other server".getBytes(StandardCharsets.UTF_8);
            String type = image ? "image/gif" : path.endsWith(".css") ? "text/css" : "text/html";
            OutputStream out = socket.getOutputStream();
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nCache-Control: no-store\r\nContent-Length: "
                            + body.length + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        } catch (IOException e) {
            // the browser went away
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
