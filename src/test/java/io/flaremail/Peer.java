package io.flaremail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on loopback that says, byte for byte, what a test tells it to: misbehaviour that no HTTP server is capable of.
 * One thread for each connection.
 */
final class Peer implements AutoCloseable {
    /** What happens on one connection; when it ends, the connection is closed. */
    interface Script {
        void talk(Line line) throws Exception;
    }

    private static final Pattern RECIPIENT = Pattern.compile("\"recipients\":\\[\"([^\"]+)\"");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    private final ServerSocket server = new ServerSocket();
    private final Thread accepting;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> recipients = new CopyOnWriteArrayList<>();

    private Peer(int port, Script script) throws IOException {
        this.script = script;
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 100);
        accepting = start(this::accept);
    }

    static Peer saying(Script script) throws IOException {
        return new Peer(0, script);
    }

    static Peer saying(int port, Script script) throws IOException {
        return new Peer(port, script);
    }

    /** Answers every request as it should. */
    static void answerAll(Line line) throws IOException {
        for (String recipient = line.read(); recipient != null; recipient = line.read()) {
            line.say(accepted(recipient));
        }
    }

    /** The answer to the message for this recipient: by its message id one can tell to which it belongs. */
    static String accepted(String recipient) {
        return answer(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
                "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{\"message_id\":\"<" + recipient + ">\"}}");
    }

    static String answer(String head, String body) {
        return head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "peer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                start(() -> talk(socket));
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            script.talk(new Line(socket));
        } catch (Exception overIsOver) {
            // the other side went away, or the test ends
        } finally {
            open.remove(socket);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many connections were ever made. */
    int connections() {
        return connections.get();
    }

    /** How many there are now. */
    int open() {
        return open.size();
    }

    /** The first recipient of each request that came in whole, in order. */
    List<String> recipients() {
        return recipients;
    }

    Properties properties(String... keysAndValues) {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "cloudflare");
        properties.put("mail.cloudflare.account", "0123456789abcdef0123456789abcdef");
        properties.put("mail.cloudflare.token", "a-token-for-loopback-only");
        properties.put("mail.cloudflare.endpoint", "http://127.0.0.1:" + port());
        properties.put("mail.cloudflare.retries", "0");
        return Mail.with(properties, keysAndValues);
    }

    @Override
    public void close() throws IOException {
        server.close();
        join(accepting); // the port is free when nobody is in accept() any more
        for (Socket socket : open) {
            socket.close();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection, seen from the server. */
    final class Line {
        final Socket socket;
        private final InputStream in;

        private Line(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** The next request's first recipient, or "" for a request without; null when there is no next request. */
        String read() throws IOException {
            String head = head();
            if (head == null) {
                return null;
            }
            Matcher length = LENGTH.matcher(head);
            byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            Matcher recipient = RECIPIENT.matcher(new String(body, StandardCharsets.UTF_8));
            String first = recipient.find() ? recipient.group(1) : "";
            recipients.add(first);
            return first;
        }

        /** The next request's header fields only; null when there are none. */
        String head() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                head.write(next);
                if (next == '\n' && head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                    return head.toString(StandardCharsets.US_ASCII);
                }
            }
            return null;
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** For ever, until the other side has had enough. */
        void sayAgainAndAgain(String text) throws IOException {
            while (true) {
                say(text);
            }
        }

        /** One byte each 20 ms. */
        void drip(String text) throws IOException, InterruptedException {
            for (char next : text.toCharArray()) {
                Idle.millis(20);
                say(String.valueOf(next));
            }
        }

        /** Until the other side ends the connection. */
        void awaitEnd() throws IOException {
            while (in.read() >= 0) {}
        }
    }
}
