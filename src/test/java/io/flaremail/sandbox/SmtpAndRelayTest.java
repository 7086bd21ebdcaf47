package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** Mail received by SMTP, and mail relayed to an SMTP server. */
@Timeout(60)
class SmtpAndRelayTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String MIME =
            "From: ada@example.com\r\nMessage-ID: <own@example.com>\r\nSubject: Hello\r\n\r\n.A dot\r\n\u00fc\r\n";

    private final BlockingQueue<String> relayed = new LinkedBlockingQueue<>();
    private SMTPServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    private URI server() throws Exception {
        server = new SMTPServer.Builder()
                .bindAddress(InetAddress.getByName("127.0.0.1"))
                .port(0)
                .insertReceivedHeaders(false)
                .simpleMessageListener(new SimpleMessageListener() {
                    @Override
                    public boolean accept(String from, String recipient) {
                        return true;
                    }

                    @Override
                    public void deliver(String from, String recipient, InputStream data) throws IOException {
                        relayed.add(from + " to " + recipient + ": "
                                + new String(data.readAllBytes(), StandardCharsets.UTF_8));
                    }
                })
                .build();
        server.start();
        return URI.create("smtp://127.0.0.1:" + server.getPortAllocated());
    }

    private static Session session(Sandbox sandbox, String from) {
        Properties properties = new Properties();
        properties.put("mail.smtp.from", from);
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", sandbox.smtp().replaceFirst(".*:", ""));
        properties.put("mail.smtp.auth", "true");
        return Session.getInstance(properties);
    }

    private static void send(Sandbox sandbox, String from, String mime, String... to) throws Exception {
        Session session = session(sandbox, from);
        MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mime.getBytes(StandardCharsets.UTF_8)));
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("any user", "any password");
            Address[] addresses = new Address[to.length];
            for (int i = 0; i < to.length; i++) {
                addresses[i] = new InternetAddress(to[i], false);
            }
            transport.sendMessage(message, addresses);
        }
    }

    @Test
    void mailBySmtpIsInTheInboxAsItCame() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().smtpPort(0).start()) {
            send(sandbox, "old@anywhere.example", MIME, "grace@example.org", "bounce@example.org");
            ReceivedMessage message = sandbox.messages().await(SOON);
            assertTrue(message.id().endsWith("@anywhere.example"), message.id());
            assertEquals("<own@example.com>", message.header("Message-ID").orElseThrow());
            assertEquals("old@anywhere.example", message.from());
            assertEquals("bounced", message.outcome("bounce@example.org"));
            assertArrayEquals(MIME.getBytes(StandardCharsets.UTF_8), message.raw());
            assertEquals(1, sandbox.mailbox("grace@example.org").size());
            TestClient client = new TestClient(sandbox);
            assertTrue(
                    text(client.own("GET", "/messages/" + message.id()).body()).contains("\"via\":\"smtp\""));
            assertEquals(
                    404,
                    client.own("GET", "/messages/" + message.id() + "/exchange").statusCode());
            assertEquals(
                    200,
                    client.own("GET", "/messages/" + message.id() + "/export").statusCode());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void nullReversePathAndNoMessageId() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().smtpPort(0).start()) {
            send(sandbox, "<>", "From: ada@example.com\r\n\r\nA bounce\r\n", "grace@example.org");
            ReceivedMessage message = sandbox.messages().await(SOON);
            assertEquals("", message.from());
            assertTrue(message.id().endsWith("@localhost"), message.id());
        }
    }

    @Test
    void anAddressThatTheServiceWouldNotTake() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().smtpPort(0).start()) {
            SendFailedException refused = assertThrows(
                    SendFailedException.class, () -> send(sandbox, "ada@example.com", MIME, "\"a b\"c@example.org"));
            assertTrue(refused.getMessage() != null);
            assertEquals(List.of(), sandbox.messages().list());
        }
    }

    /** A web page can make a browser post a form to any port. */
    @Test
    void httpOnTheSmtpPort() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().smtpPort(0).start();
                Socket browser =
                        new Socket("127.0.0.1", Integer.parseInt(sandbox.smtp().replaceFirst(".*:", "")))) {
            browser.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: x\r\n\r\nEHLO x\r\nMAIL FROM:<a@b.example>\r\n"
                                    + "RCPT TO:<grace@example.org>\r\nDATA\r\nSubject: Forged\r\n\r\n.\r\nQUIT\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answers = text(browser.getInputStream().readAllBytes());
            assertFalse(answers.contains("354"), answers);
            assertEquals(List.of(), sandbox.messages().list());
        }
    }

    @Test
    void acceptedMessagesGoOnToTheServer() throws Exception {
        List<ReceivedMessage> messages;
        try (Sandbox sandbox = Sandbox.builder()
                .relay(server())
                .smtpPort(0)
                .keepMessageId(true)
                .start()) {
            TestClient client = new TestClient(sandbox);
            client.send(MIME, List.of("grace@example.org", "bounce@example.org", "kim@example.org"));
            assertEquals(
                    Set.of(
                            "ada@example.com to grace@example.org: " + MIME,
                            "ada@example.com to kim@example.org: " + MIME),
                    Set.of(relayed.poll(20, TimeUnit.SECONDS), relayed.poll(20, TimeUnit.SECONDS)));
            client.send("bounce@example.org");
            send(sandbox, "old@anywhere.example", MIME, "grace@example.org");
            assertEquals("old@anywhere.example to grace@example.org: " + MIME, relayed.poll(20, TimeUnit.SECONDS));
            messages = sandbox.messages().list();
        }
        assertEquals("sent", messages.get(0).relayed());
        assertEquals(null, messages.get(1).relayed());
    }

    @Test
    void aServerThatRefuses() throws Exception {
        server = new SMTPServer.Builder()
                .bindAddress(InetAddress.getByName("127.0.0.1"))
                .port(0)
                .messageHandler((context, from, to, octets) -> {
                    throw new RejectException(554, "5.7.1 Not this one");
                })
                .build();
        server.start();
        URI withLogin = URI.create("smtp://user:secret@127.0.0.1:" + server.getPortAllocated());
        ReceivedMessage message;
        try (Sandbox sandbox = Sandbox.builder().relay(withLogin).start()) {
            assertEquals(200, new TestClient(sandbox).send("grace@example.org").statusCode());
            message = sandbox.messages().list().get(0);
        }
        assertTrue(message.relayed().startsWith("failed: "), message.relayed());
        assertFalse(message.relayed().contains("secret"), message.relayed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:25",
                "smtp:localhost",
                "smtp://user:secret@localhost:25/path",
                "smtp://user:secret@localhost?x",
                "localhost:25"
            })
    void anAddressThatIsNoServer(String relay) {
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class,
                () -> Sandbox.builder().relay(URI.create(relay)).start());
        assertTrue(wrong.getMessage().startsWith("relay: expected smtp://host:port"), wrong.getMessage());
        assertFalse(wrong.getMessage().contains("secret"));
    }

    /** Each keeps the message once, and the message goes to the other only once. */
    @Test
    void twoSandboxesThatRelayToEachOther() throws Exception {
        int first = freePort();
        int second = freePort();
        try (Sandbox one = relaying(first, second)) {
            List<ReceivedMessage> messages;
            try (Sandbox two = relaying(second, first)) {
                send(two, "ada@example.com", MIME, "grace@example.org");
                one.messages().await(SOON);
                messages = two.messages().list();
            } // which waits for the answer to its relay
            assertEquals("sent", messages.get(0).relayed());
            assertEquals(1, messages.size());
            assertEquals(1, one.messages().list().size());
            assertEquals(null, one.messages().list().get(0).relayed());
        }
    }

    private static Sandbox relaying(int own, int other) {
        return Sandbox.builder()
                .smtpPort(own)
                .relay(URI.create("smtp://0.0.0.0:" + other))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void twoMessagesWithTheSameMessageId() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().smtpPort(0).start()) {
            send(sandbox, "ada@example.com", MIME, "grace@example.org");
            send(sandbox, "ada@example.com", MIME, "kim@example.org");
            List<ReceivedMessage> both = sandbox.messages().await(2, SOON);
            TestClient client = new TestClient(sandbox);
            assertEquals(
                    204, client.own("DELETE", "/messages/" + both.get(0).id()).statusCode());
            assertEquals(200, client.own("GET", "/messages/" + both.get(1).id()).statusCode());
            assertEquals(1, sandbox.messages().list().size());
        }
    }

    /** It would send each message to itself without an end. */
    @Test
    void itsOwnSmtpPortIsNoRelay() throws Exception {
        int free = freePort();
        SandboxBuilder builder = Sandbox.builder().smtpPort(free).relay(URI.create("smtp://localhost:" + free));
        assertThrows(IllegalStateException.class, builder::start);
    }
}
