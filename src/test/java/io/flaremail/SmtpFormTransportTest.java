package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One transport for "smtp": the host decides between Cloudflare and the SMTP server that it names. */
class SmtpFormTransportTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @RegisterExtension
    final SmtpServer smtp = new SmtpServer();

    /** What an application with a form makes of host, port, user and password. */
    private Properties form(String host, String... keysAndValues) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", String.valueOf(smtp.port()));
        properties.put("mail.smtp.localhost", "localhost");
        properties.put("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        return Mail.with(properties, keysAndValues);
    }

    private static Session session(Properties properties) {
        return with(Session.getInstance(properties));
    }

    /** As the form jar registers it. */
    static Session with(Session session) {
        try {
            session.setProvider(new SmtpFormProvider());
            session.setProvider(new SmtpFormProvider.Smtps());
            // setProvider also names the class, which the registration by the form jar does not.
            session.getProperties().remove("mail.smtp.class");
            session.getProperties().remove("mail.smtps.class");
            return session;
        } catch (NoSuchProviderException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Session withAuthenticator(Properties properties, String user, String password) {
        return with(Session.getInstance(properties, new jakarta.mail.Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password);
            }
        }));
    }

    private static SMTPTransport connected(Session session) throws MessagingException {
        SMTPTransport transport = assertInstanceOf(SMTPTransport.class, session.getTransport("smtp"));
        transport.connect(sandbox.account(), sandbox.token());
        return transport;
    }

    @Test
    void theHostChoosesCloudflare() throws Exception {
        Session session = session(form("api.cloudflare.com"));
        SMTPTransport transport = assertInstanceOf(SMTPTransport.class, session.getTransport("smtp"));
        Events events = Events.of(transport);
        assertFalse(transport.isConnected());
        transport.connect("api.cloudflare.com", 587, sandbox.account(), sandbox.token());
        assertTrue(transport.isConnected());
        MimeMessage message = Mail.message(session, "a@example.net");
        transport.sendMessage(message, message.getAllRecipients());
        transport.close();
        assertFalse(transport.isConnected());
        transport.close();
        assertEquals(
                ConnectionEvent.OPENED, own(transport, events.nextConnection()).getType());
        TransportEvent sent = events.next();
        assertSame(transport, sent.getSource());
        assertSame(message, sent.getMessage());
        assertEquals(TransportEvent.MESSAGE_DELIVERED, sent.getType());
        assertArrayEquals(message.getAllRecipients(), sent.getValidSentAddresses());
        assertEquals(
                ConnectionEvent.CLOSED, own(transport, events.nextConnection()).getType());
        assertTrue(events.isQuiet(), "each event once");
        assertEquals(1, sandbox.accepted().size());
        assertEquals(0, smtp.received().length);
    }

    private static ConnectionEvent own(Transport transport, ConnectionEvent event) {
        assertSame(transport, event.getSource());
        return event;
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.cloudflare.com", "API.Cloudflare.COM", "api.cloudflare.com.", " api.cloudflare.com "})
    void spellingsOfTheHost(String host) throws Exception {
        try (Transport transport = connected(session(form(host)))) {
            assertTrue(transport.isConnected());
        }
        assertEquals(0, smtp.received().length);
    }

    /** The static method connects with what the session says alone. */
    @ParameterizedTest
    @CsvSource({"mail.smtp.host", "mail.host"})
    void staticSend(String key) throws Exception {
        Properties properties = form("x");
        properties.remove("mail.smtp.host");
        properties.put(key, "api.cloudflare.com");
        Session session = withAuthenticator(properties, sandbox.account(), sandbox.token());
        Transport.send(Mail.message(session, "a@example.net"));
        assertEquals(1, sandbox.accepted().size());
    }

    @Test
    void aUrlNamesTheHost() throws Exception {
        Session session = session(form("elsewhere.example"));
        URLName url = new URLName("smtp", "api.cloudflare.com", 587, null, sandbox.account(), sandbox.token());
        try (Transport transport = session.getTransport(url)) {
            transport.connect();
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        }
        assertEquals(1, sandbox.accepted().size());
    }

    /** With TLS from the start, applications ask for "smtps", and its settings have that name. */
    @Test
    void smtps() throws Exception {
        Session session =
                session(form("x", "mail.smtps.host", "api.cloudflare.com", "mail.smtps.from", "me@example.com"));
        SMTPTransport transport = assertInstanceOf(SMTPTransport.class, session.getTransport("smtps"));
        transport.connect(sandbox.account(), sandbox.token());
        transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        transport.close();
        assertEquals("me@example.com", sandbox.accepted().get(0).from());
    }

    @Test
    void anyOtherHostIsAnSmtpServer() throws Exception {
        Session session = session(form("127.0.0.1"));
        SMTPTransport transport = assertInstanceOf(SMTPTransport.class, session.getTransport("smtp"));
        Events events = Events.of(transport);
        transport.connect();
        MimeMessage message = Mail.message(session, "a@example.net");
        transport.sendMessage(message, message.getAllRecipients());
        assertTrue(transport.getLastServerResponse().startsWith("250 "), transport.getLastServerResponse());
        assertTrue(transport.isConnected());
        assertEquals(
                ConnectionEvent.OPENED, own(transport, events.nextConnection()).getType());
        assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
        transport.close();
        assertEquals(
                ConnectionEvent.CLOSED, own(transport, events.nextConnection()).getType());
        assertTrue(events.isQuiet());
        assertEquals(1, smtp.received().length);
        assertTrue(sandbox.requests().isEmpty());
    }

    @Test
    void oneTransportChangesHosts() throws Exception {
        Session session = session(form("x"));
        Transport transport = session.getTransport("smtp");
        Events events = Events.of(transport);
        int port = smtp.port();
        for (int i = 0; i < 2; i++) {
            transport.connect("127.0.0.1", port, null, null);
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
            // The SMTP provider may lose events if it closes before its queue has started.
            assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
            transport.close();
            transport.connect("api.cloudflare.com", port, sandbox.account(), sandbox.token());
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
            transport.close();
            assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
            assertThrows(
                    IllegalStateException.class,
                    () -> transport.sendMessage(
                            Mail.message(session, "a@example.net"), Mail.addresses("a@example.net")));
        }
        assertEquals(2, smtp.received().length);
        assertEquals(2, sandbox.accepted().size());
        // Each connection has an event queue of its own, so the order between connections is not fixed.
        Map<Integer, Integer> told = new TreeMap<>();
        for (int i = 0; i < 8; i++) {
            told.merge(events.nextConnection().getType(), 1, Integer::sum);
        }
        assertEquals(Map.of(ConnectionEvent.OPENED, 4, ConnectionEvent.CLOSED, 4), told);
    }

    /** A session repeats the last password if it is given none; the next server must not see it. */
    @Test
    void anotherServerDoesNotSeeTheToken() throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Session session = session(form("x", "mail.smtp.auth", "false", "mail.debug.auth.password", "true"));
        session.setDebugOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        session.setDebug(true);
        Transport transport = session.getTransport("smtp");
        transport.connect("api.cloudflare.com", sandbox.account(), sandbox.token());
        transport.close();
        transport.connect("127.0.0.1", smtp.port(), null, null);
        transport.close();
        String text = log.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("220 "), text);
        String encoded = Base64.getEncoder().encodeToString(sandbox.token().getBytes(StandardCharsets.UTF_8));
        assertFalse(text.contains(sandbox.token()) || text.contains(encoded) || text.contains("AUTH LOGIN\n"), text);
    }

    /** Many threads with a transport each, to both hosts, from one session. */
    @Test
    void bothHostsAtOnce() throws Exception {
        Session session = session(form("x"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> sends = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                boolean cloudflare = i % 2 == 0;
                sends.add(() -> {
                    Transport transport = session.getTransport("smtp");
                    if (cloudflare) {
                        transport.connect("api.cloudflare.com", sandbox.account(), sandbox.token());
                    } else {
                        transport.connect("127.0.0.1", null, null);
                    }
                    String to = cloudflare ? "c@example.net" : "s@example.net";
                    transport.sendMessage(Mail.message(session, to), Mail.addresses(to));
                    transport.close();
                    return null;
                });
            }
            for (Future<Void> sent : threads.invokeAll(sends)) {
                sent.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(30, sandbox.mailbox("c@example.net").size());
        assertEquals(30, smtp.received().length);
    }

    @Test
    void aBounceIsReportedAsBySmtp() throws Exception {
        Session session = session(form("api.cloudflare.com"));
        SMTPTransport transport = connected(session);
        Events events = Events.of(transport);
        SendFailedException failure = assertThrows(
                SendFailedException.class,
                () -> transport.sendMessage(
                        Mail.message(session, "a@example.net"), Mail.addresses("a@example.net", "bounce@example.net")));
        assertArrayEquals(Mail.addresses("bounce@example.net"), failure.getInvalidAddresses());
        assertInstanceOf(SMTPAddressFailedException.class, failure.getNextException());
        assertEquals(TransportEvent.MESSAGE_PARTIALLY_DELIVERED, events.next().getType());
        assertEquals(550, transport.getLastReturnCode());
        assertTrue(transport.getLastServerResponse().startsWith("550 Cloudflare refused 1 of 2 recipients"));
        transport.close();
    }

    /** Each is one sentence, which names what is wrong. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            right | wrong | Cloudflare does not accept the API token from the password: HTTP 401, *
            other | right | The API token has no access to Email Sending of account fedcba9876543210fedcba9876543210: HTTP 40*
            me    | right | No Cloudflare account: give the account id, 32 hexadecimal characters, as the user name
            right | none  | No API token: give a Cloudflare API token as the password
            """)
    void testConnectionTellsTheTruth(String user, String password, String expected) {
        Session session = session(form("api.cloudflare.com"));
        String name = user.equals("right")
                ? sandbox.account()
                : user.equals("other") ? "fedcba9876543210fedcba9876543210" : user;
        String secret = password.equals("right")
                ? sandbox.token()
                : password.equals("none") ? null : "wrong-token-0123456789-0123456789-abcdefg";
        AuthenticationFailedException failure = assertThrows(
                AuthenticationFailedException.class,
                () -> session.getTransport("smtp").connect("api.cloudflare.com", name, secret));
        String message = failure.getMessage();
        assertTrue(
                expected.endsWith("*")
                        ? message.startsWith(expected.substring(0, expected.length() - 1))
                        : message.equals(expected),
                message);
        assertEquals(1, message.lines().count());
        assertFalse(message.contains(sandbox.token()) || message.contains("wrong-token"), message);
    }

    @Test
    void aClosedNetwork() throws Exception {
        int port = Mail.closedPort();
        Session session = session(form(
                "api.cloudflare.com",
                "mail.cloudflare.endpoint",
                "http://127.0.0.1:" + port,
                "mail.cloudflare.retries",
                "0"));
        MessagingException failure = assertThrows(MessagingException.class, () -> connected(session));
        assertEquals(
                "Could not reach Cloudflare: Connect to http://127.0.0.1:" + port + " failed: Connection refused",
                failure.getMessage());
    }

    @Test
    void aSilentNetwork() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Session session = session(form(
                    "api.cloudflare.com",
                    "mail.cloudflare.endpoint",
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    "mail.cloudflare.timeout",
                    "300",
                    "mail.cloudflare.retries",
                    "0"));
            MessagingException failure = assertThrows(MessagingException.class, () -> connected(session));
            assertEquals("No answer from Cloudflare: Read timed out", failure.getMessage());
        }
    }

    /** The static method connects for each message, and one question in some minutes is enough. */
    @Test
    void aSuccessIsRemembered() throws Exception {
        Session session = withAuthenticator(form("api.cloudflare.com"), sandbox.account(), sandbox.token());
        for (int i = 0; i < 3; i++) {
            Transport.send(Mail.message(session, "a@example.net"));
        }
        long questions = sandbox.requests().stream()
                .filter(request -> request.path().endsWith("/limits"))
                .count();
        assertTrue(questions <= 1, questions + " questions"); // other tests may have asked
        assertEquals(3, sandbox.accepted().size());
        sandbox.fail(Fault.error(403, 10102, "email.sending.error.authentication.forbidden"));
        assertThrows(SendFailedException.class, () -> Transport.send(Mail.message(session, "a@example.net")));
        int before = sandbox.requests().size();
        Transport.send(Mail.message(session, "a@example.net"));
        assertEquals(before + 2, sandbox.requests().size(), "a refusal is a reason to ask again");
    }

    @ParameterizedTest
    @CsvSource({"true, 2", "false, 0"})
    void verifyCanBeSet(String verify, int questions) throws Exception {
        Session session = session(form("api.cloudflare.com", "mail.cloudflare.verify", verify));
        connected(session).close();
        connected(session).close();
        assertEquals(questions, sandbox.requests().size());
    }

    /** Any user name will do if the account is set elsewhere; the password is the token even so. */
    @Test
    void theAccountFromElsewhere() throws Exception {
        Session session = session(form("api.cloudflare.com", "mail.cloudflare.account", sandbox.account()));
        Transport transport = session.getTransport("smtp");
        transport.connect("postmaster", sandbox.token());
        transport.close();
        assertThrows(AuthenticationFailedException.class, () -> transport.connect("postmaster", "not-" + "a-token"));
    }

    /** An application that casts, in a session that names the class: Cloudflare for all hosts, as in alias mode. */
    @Test
    void theClassByName() throws Exception {
        Session session = session(form(
                "127.0.0.1", "mail.cloudflare.account", sandbox.account(), "mail.cloudflare.token", sandbox.token()));
        session.addProvider(new SmtpFormProvider.AllHosts());
        session.getProperties().put("mail.smtp.class", "io.flaremail.CloudflareSmtpTransport");
        SMTPTransport transport = assertInstanceOf(SMTPTransport.class, session.getTransport("smtp"));
        transport.connect("127.0.0.1", "user", "the mail server's password");
        transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        transport.close();
        assertEquals(1, sandbox.accepted().size());
        assertEquals(0, smtp.received().length);
    }

    /** It writes mail.smtp.class, and yet nobody chose Cloudflare. */
    @Test
    void aProviderThatTheApplicationTakesFromTheSession() throws Exception {
        Session session = session(form("127.0.0.1", "mail.cloudflare.account", sandbox.account()));
        session.setProvider(session.getProvider("smtp"));
        SMTPTransport transport = assertInstanceOf(SMTPTransport.class, session.getTransport("smtp"));
        transport.connect();
        transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        transport.close();
        assertEquals(1, smtp.received().length);
        assertTrue(sandbox.requests().isEmpty());
    }

    @Test
    void methodsOfSmtpTransport() throws Exception {
        Session session = session(form("api.cloudflare.com"));
        SMTPTransport transport = connected(session);
        assertNull(transport.getLastServerResponse());
        assertEquals(-1, transport.getLastReturnCode());
        assertTrue(transport.supportsExtension("8bitmime"));
        assertFalse(transport.supportsExtension("DSN"));
        assertEquals("", transport.getExtensionParameter("8BITMIME"));
        assertNull(transport.getExtensionParameter("SIZE"));
        assertTrue(transport.isSSL());
        assertThrows(MessagingException.class, () -> transport.issueCommand("NOOP", 250));
        assertThrows(MessagingException.class, () -> transport.simpleCommand("NOOP"));
        transport.setReportSuccess(true);
        assertThrows(
                SendFailedException.class,
                () -> transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net")));
        assertEquals(250, transport.getLastReturnCode());
        assertTrue(
                transport
                        .getLastServerResponse()
                        .equals("250 Accepted " + sandbox.accepted().get(0).messageId()),
                transport.getLastServerResponse());
        assertDoesNotThrow(() -> transport.setNoopStrict(false));
        session.getProperties().put("mail.smtp.reportsuccess", "true");
        transport.close();
        transport.connect(sandbox.account(), sandbox.token());
        transport.setReportSuccess(false);
        transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        transport.close();
    }

    /** With a socket of the application's the server is at its other end, whatever the session names. */
    @Test
    void aSocketOfTheApplication() throws Exception {
        Session session = session(form("api.cloudflare.com"));
        SMTPTransport transport = assertInstanceOf(SMTPTransport.class, session.getTransport("smtp"));
        try (Socket socket = new Socket("127.0.0.1", smtp.port())) {
            transport.connect(socket);
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
            transport.close();
        }
        assertEquals(1, smtp.received().length);
        transport.connect(sandbox.account(), sandbox.token());
        assertTrue(transport.isConnected());
        transport.close();
    }

    @Test
    void removedListenersHearNothing() throws Exception {
        Session session = session(form("api.cloudflare.com"));
        SMTPTransport transport = assertInstanceOf(SMTPTransport.class, session.getTransport("smtp"));
        Events before = Events.of(transport);
        Events stays = Events.of(transport);
        transport.removeConnectionListener(before);
        transport.removeTransportListener(before);
        transport.connect(sandbox.account(), sandbox.token());
        Events late = Events.of(transport);
        Events leaves = Events.of(transport);
        transport.removeConnectionListener(leaves);
        transport.removeTransportListener(leaves);
        transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        transport.close();
        assertEquals(ConnectionEvent.OPENED, stays.nextConnection().getType());
        assertEquals(ConnectionEvent.CLOSED, stays.nextConnection().getType());
        assertEquals(ConnectionEvent.CLOSED, late.nextConnection().getType());
        assertEquals(TransportEvent.MESSAGE_DELIVERED, stays.next().getType());
        assertEquals(TransportEvent.MESSAGE_DELIVERED, late.next().getType());
        assertTrue(before.isQuiet() && leaves.isQuiet());
    }

    /** A transport whose connection failed can try again, and with another host. */
    @Test
    void afterAFailedConnection() throws Exception {
        Session session = session(form("x"));
        Transport transport = session.getTransport("smtp");
        assertThrows(
                AuthenticationFailedException.class,
                () -> transport.connect("api.cloudflare.com", sandbox.account(), "wrong-token"));
        assertFalse(transport.isConnected());
        transport.connect("127.0.0.1", smtp.port(), null, null);
        assertTrue(transport.isConnected());
        transport.close();
        assertThrows(
                AuthenticationFailedException.class,
                () -> transport.connect("api.cloudflare.com", sandbox.account(), "wrong-token"));
        transport.connect("api.cloudflare.com", sandbox.account(), sandbox.token());
        transport.close();
    }

    /** The end of the network closes the transport, as with SMTP. */
    @Test
    void aLostNetworkCloses() throws IOException, MessagingException {
        Session session = session(form("api.cloudflare.com", "mail.cloudflare.retries", "0"));
        SMTPTransport transport = connected(session);
        sandbox.fail(Fault.reset());
        assertThrows(
                SendFailedException.class,
                () -> transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net")));
        assertFalse(transport.isConnected());
        transport.connect("api.cloudflare.com", sandbox.account(), sandbox.token());
        transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        transport.close();
    }
}
