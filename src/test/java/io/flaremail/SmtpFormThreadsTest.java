package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.config.Endpoint;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One transport for both kinds of host, under threads and failures: nothing of one connection reaches the next. */
@Timeout(60)
class SmtpFormThreadsTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @RegisterExtension
    final SmtpServer smtp = new SmtpServer();

    private int port() {
        return smtp.port();
    }

    private Properties properties(String... keysAndValues) {
        Properties properties = new Properties();
        properties.put("mail.smtp.port", String.valueOf(port()));
        properties.put("mail.smtp.localhost", "localhost");
        properties.put("mail.smtp.timeout", "10000");
        properties.put("mail.cloudflare.retries", "0");
        properties.put("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        return Mail.with(properties, keysAndValues);
    }

    private Session session(String... keysAndValues) {
        return SmtpFormTransportTest.with(Session.getInstance(properties(keysAndValues)));
    }

    private static void toCloudflare(Transport transport) throws MessagingException {
        transport.connect(Endpoint.FORM_HOST, sandbox.account(), sandbox.token());
    }

    private void toSmtp(Transport transport) throws MessagingException {
        transport.connect("127.0.0.1", port(), null, null);
    }

    private static void send(Session session, Transport transport) throws MessagingException {
        transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
    }

    /** An SMTP server that offers PLAIN and writes down what it hears. */
    private static final class Listening implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final List<String> heard = new CopyOnWriteArrayList<>();

        Listening() throws IOException {
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    BufferedReader in =
                            new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                    say(client, "220 here");
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        heard.add(line);
                        say(client, line.startsWith("EHLO") ? "250-here\r\n250 AUTH PLAIN LOGIN" : "235 yes");
                    }
                } catch (IOException e) {
                    // the client has gone, or the test has ended
                }
            }
        }

        private static void say(Socket client, String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        int port() {
            return server.getLocalPort();
        }

        boolean knows(String secret) {
            return heard.stream().anyMatch(line -> {
                String last = line.substring(line.lastIndexOf(' ') + 1);
                try {
                    return line.contains(secret)
                            || new String(Base64.getDecoder().decode(last), StandardCharsets.UTF_8).contains(secret);
                } catch (IllegalArgumentException e) {
                    return false;
                }
            });
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @Test
    void aTokenInTheUrlStaysWithCloudflare() throws Exception {
        try (Listening other = new Listening()) {
            Session session = session("mail.smtp.auth", "true");
            String token = "another-token-0123456789-0123456789-abcde"; // which the API refuses
            URLName url = new URLName("smtp", Endpoint.FORM_HOST, -1, null, sandbox.account(), token);
            Transport unused = session.getTransport(url);
            assertThrows(MessagingException.class, () -> unused.connect("127.0.0.1", other.port(), null, null));
            Transport failed = session.getTransport(url);
            assertThrows(MessagingException.class, failed::connect);
            assertThrows(MessagingException.class, () -> failed.connect("127.0.0.1", other.port(), null, null));
            assertFalse(other.knows(token), other.heard.toString());
        }
    }

    /** The mail session remembers the password by the host's name, and gives it to whatever is behind the socket. */
    @Test
    void aTokenOfTheSessionDoesNotGoThroughASocket() throws Exception {
        try (Listening other = new Listening()) {
            Properties properties = properties(
                    "mail.smtp.host",
                    Endpoint.FORM_HOST,
                    "mail.smtp.auth",
                    "true",
                    "mail.smtp.user",
                    sandbox.account());
            Session session = SmtpFormTransportTest.with(Session.getInstance(properties, new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication(sandbox.account(), sandbox.token());
                }
            }));
            Transport.send(Mail.message(session, "a@example.net"));
            SMTPTransport transport = assertInstanceOf(SMTPTransport.class, session.getTransport("smtp"));
            try (Socket socket = new Socket("127.0.0.1", other.port())) {
                assertThrows(MessagingException.class, () -> transport.connect(socket));
            }
            assertFalse(other.knows(sandbox.token()), other.heard.toString());
        }
    }

    /** The mail session repeats the last password, which is that of an SMTP server. */
    @Test
    void anSmtpPasswordDoesNotGoToCloudflare() throws Exception {
        smtp.addUser("joe@example.com", "joe", "the-smtp-password");
        Session session =
                session("mail.cloudflare.account", sandbox.account(), "mail.cloudflare.token", sandbox.token());
        Transport transport = session.getTransport("smtp");
        transport.connect("127.0.0.1", port(), "joe", "the-smtp-password");
        transport.close();
        transport.connect(Endpoint.FORM_HOST, null, null);
        send(session, transport);
        transport.close();
        assertEquals(1, sandbox.accepted().size());
    }

    /**
     * A thread that wanted to close the former connection closes the one that took its place, as with the SMTP provider.
     * Each event is awaited: of a connection that is closed before the thread of Jakarta Mail's event queue has started, the
     * SMTP provider's events are lost.
     */
    @Test
    void closeMeetsAnotherConnection() throws Exception {
        Session session = session();
        Transport transport = session.getTransport("smtp");
        Events events = Events.of(transport);
        toCloudflare(transport);
        Thread closer = new Thread(() -> {
            try {
                transport.close();
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        });
        synchronized (transport) {
            closer.start();
            awaitBlocked(closer);
            transport.close();
            assertEquals(ConnectionEvent.OPENED, type(events));
            assertEquals(ConnectionEvent.CLOSED, type(events));
            toSmtp(transport);
            assertEquals(ConnectionEvent.OPENED, type(events));
        }
        closer.join();
        assertFalse(transport.isConnected(), "as the SMTP provider, it closed what was there");
        assertEquals(ConnectionEvent.CLOSED, type(events));
        toSmtp(transport);
        assertEquals(ConnectionEvent.OPENED, type(events));
        send(session, transport);
        transport.close();
        assertEquals(1, smtp.received().length);
        assertEquals(ConnectionEvent.CLOSED, type(events));
    }

    private static int type(Events events) throws InterruptedException {
        ConnectionEvent event = events.nextConnection();
        assertNotNull(event, "no connection event came");
        return event.getType();
    }

    private static void awaitBlocked(Thread thread) throws InterruptedException {
        for (int i = 0; i < 1000 && thread.getState() != Thread.State.BLOCKED; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertEquals(Thread.State.BLOCKED, thread.getState());
    }

    /** As with SMTP, others wait for a connection that is being made. */
    @Test
    void othersWaitForConnect() throws Exception {
        Session session = session("mail.cloudflare.verify", "true");
        Transport transport = session.getTransport("smtp");
        sandbox.fail(Fault.none().delay(Duration.ofMillis(500)));
        CompletableFuture<Void> connecting = run(() -> toCloudflare(transport));
        awaitRequest(1);
        CompletableFuture<Void> asks = run(() -> assertTrue(transport.isConnected()));
        CompletableFuture<Void> sends = run(() -> send(session, transport));
        connecting.get();
        asks.get();
        sends.get();
        assertTrue(transport.isConnected());
        transport.close();
        assertEquals(1, sandbox.accepted().size());
    }

    private static void awaitRequest(int number) throws InterruptedException {
        for (int i = 0; i < 2000 && sandbox.requests().size() < number; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertEquals(number, sandbox.requests().size());
    }

    private interface Work {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> run(Work work) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                command -> new Thread(command).start());
    }

    /** The network ended the connection; a failing SMTP connection after it must not look connected. */
    @Test
    void aConnectionThatEndedByItselfIsOver() throws Exception {
        int closedPort = Mail.closedPort();
        Session session = session();
        Transport transport = session.getTransport("smtp");
        Events events = Events.of(transport);
        toCloudflare(transport);
        sandbox.fail(Fault.reset());
        assertThrows(MessagingException.class, () -> send(session, transport));
        assertThrows(MessagingException.class, () -> transport.connect("127.0.0.1", closedPort, null, null));
        assertFalse(transport.isConnected());
        assertThrows(IllegalStateException.class, () -> send(session, transport));
        assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
        assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
        toCloudflare(transport);
        assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType(), "closed once");
        transport.close();
    }

    /** Closed and opened again while a message is under way: the events come in that order. */
    @Test
    void reconnectsWhileAMessageIsUnderWay() throws Exception {
        Session session = session();
        Transport transport = session.getTransport("smtp");
        Events events = Events.of(transport);
        toCloudflare(transport);
        sandbox.fail(Fault.none().delay(Duration.ofMillis(500)));
        int before = sandbox.requests().size();
        CompletableFuture<Void> sends = run(() -> send(session, transport));
        awaitRequest(before + 1);
        transport.close();
        toCloudflare(transport);
        sends.get();
        List<Integer> told = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            told.add(events.nextConnection().getType());
        }
        assertEquals(List.of(ConnectionEvent.OPENED, ConnectionEvent.CLOSED, ConnectionEvent.OPENED), told);
        assertNotNull(events.next());
        assertTrue(transport.isConnected());
        transport.close();
    }

    @Test
    void aSocketIsRefusedWhileConnectedToCloudflare() throws Exception {
        Session session = session();
        SMTPTransport transport = assertInstanceOf(SMTPTransport.class, session.getTransport("smtp"));
        toCloudflare(transport);
        try (Listening other = new Listening();
                Socket socket = new Socket("127.0.0.1", other.port())) {
            assertThrows(IllegalStateException.class, () -> transport.connect(socket));
            transport.close();
            toSmtp(transport);
            send(session, transport);
            transport.close();
            assertEquals(List.of(), other.heard);
        }
        assertEquals(1, smtp.received().length);
    }

    /** "Test connection" after the administrator has entered a proxy. */
    @Test
    void aSuccessCountsForItsOwnNetworkOnly() throws Exception {
        int closedPort = Mail.closedPort();
        Transport direct = session().getTransport("smtp");
        toCloudflare(direct);
        direct.close();
        Transport proxied = session("mail.smtp.proxy.host", "127.0.0.1", "mail.smtp.proxy.port", "" + closedPort)
                .getTransport("smtp");
        assertThrows(MessagingException.class, () -> toCloudflare(proxied));
    }
}
