package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Through an HTTP proxy, which learns where we go and nothing else; what it answers is never taken for the API's. */
@Timeout(60)
class ProxyTest {
    private static final String USER = "mail.cloudflare.proxy.user";
    private static final String PASSWORD = "mail.cloudflare.proxy.password";
    private static final String SECRET = "p:ss wörd";

    @TempDir
    static Path directory;

    private static SSLSocketFactory trusting;
    private static SSLContext tls;
    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        PrivateCa ca = new PrivateCa(directory);
        trusting = ca.client().getSocketFactory();
        tls = ca.server("dns:localhost,ip:127.0.0.1");
        sandbox = Sandbox.builder().tls(tls).start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void forget() {
        sandbox.reset();
    }

    @Test
    void theProxyIsToldWhereToAndSeesNothingElse() throws Exception {
        try (TestProxy proxy = TestProxy.start()) {
            send(properties(proxy.port()));
            assertEquals(1, sandbox.accepted().size());
            String request = proxy.requests().get(0);
            assertTrue(request.startsWith("CONNECT " + sandbox.endpoint().getAuthority() + "\n"), request);
            assertEquals(1, proxy.requests().size());
            assertFalse(request.contains("Authorization"), request);
            assertTrue(proxy.tunnelled().length() > 1000, "the proxy looked at what went through");
            for (String secret : List.of(sandbox.token(), "Bearer", "Your invoice", "a@example.net")) {
                assertFalse((request + proxy.tunnelled()).contains(secret), secret);
            }
        }
    }

    @Test
    void twentySendsUseOneTunnel() throws Exception {
        // A sandbox of its own: a connection of the test before may be counted late.
        try (TestProxy proxy = TestProxy.start().requiring("someone", SECRET);
                Sandbox own = Sandbox.builder().tls(tls).start()) {
            Properties properties = properties(proxy.port(), USER, "someone", PASSWORD, SECRET);
            properties.put("mail.cloudflare.endpoint", own.endpoint().toString());
            properties.put("mail.cloudflare.account", own.account());
            properties.put("mail.cloudflare.token", own.token());
            for (int i = 0; i < 20; i++) {
                send(properties);
            }
            assertEquals(20, own.accepted().size());
            assertEquals(1, own.connections());
            assertEquals(2, proxy.requests().size(), "one is turned down, one has credentials");
        }
    }

    @Test
    void credentialsAreGivenWhenTheProxyAsks() throws Exception {
        try (TestProxy proxy = TestProxy.start().requiring("someone", SECRET)) {
            send(properties(proxy.port(), USER, "someone", PASSWORD, SECRET));
            assertEquals(1, sandbox.accepted().size());
            assertFalse(proxy.requests().get(0).contains("Proxy-Authorization"), "not before");
            String pair = Base64.getEncoder().encodeToString(("someone:" + SECRET).getBytes(StandardCharsets.UTF_8));
            assertTrue(proxy.requests().get(1).contains("Proxy-Authorization: Basic " + pair));
            assertFalse(String.join("", proxy.requests()).contains("Bearer"));
            assertFalse(
                    sandbox.requests().get(0).headers().toString().contains(pair), "the API sees no proxy's password");
        }
    }

    @ParameterizedTest
    @CsvSource({"someone, wrong", "someone, ", ", "})
    void wrongCredentialsAreRefusedOnceAndTheRemedyIsNamed(String user, String password) throws Exception {
        try (TestProxy proxy = TestProxy.start().requiring("someone", SECRET)) {
            Properties properties = properties(proxy.port(), "mail.cloudflare.retries", "2");
            if (user != null) {
                properties.put(USER, user);
            }
            if (password != null) {
                properties.put(PASSWORD, password);
            }
            CloudflareSendFailedException refused =
                    assertThrows(CloudflareSendFailedException.class, () -> send(properties));
            assertEquals(
                    "The proxy refused the message for a@example.net: HTTP 407. The proxy requires " + USER + " and "
                            + PASSWORD + ".",
                    refused.getMessage());
            assertEquals(407, refused.getStatus());
            assertFalse(refused.isRetryable());
            assertEquals(1, refused.getReport().getAttempts(), "a proxy may lock the account");
            assertEquals(1, refused.getValidUnsentAddresses().length);
            assertEquals(0, sandbox.connections());
            send(properties(proxy.port(), USER, "someone", PASSWORD, SECRET));
            assertEquals(1, sandbox.accepted().size(), "the next one's credentials are its own");
        }
    }

    @Test
    void aTunnelServesNobodyWithOtherCredentials() throws Exception {
        try (TestProxy proxy = TestProxy.start().requiring("someone", SECRET)) {
            send(properties(proxy.port(), USER, "someone", PASSWORD, SECRET));
            assertThrows(MessagingException.class, () -> send(properties(proxy.port())));
            assertThrows(
                    MessagingException.class, () -> send(properties(proxy.port(), USER, "someone", PASSWORD, "wrong")));
            assertEquals(1, sandbox.accepted().size());
        }
    }

    @Test
    void theProxysPasswordIsNowhereShown() throws Exception {
        StringWriter shown = new StringWriter();
        ByteArrayOutputStream debug = new ByteArrayOutputStream();
        try (TestProxy proxy = TestProxy.start().requiring("someone", SECRET);
                OpenLogs logs = new OpenLogs(shown)) {
            for (String password : List.of(SECRET, "wr-ong")) {
                Session session = Session.getInstance(properties(proxy.port(), USER, "someone", PASSWORD, password));
                session.setDebug(true);
                session.setDebugOut(new PrintStream(debug, true, StandardCharsets.UTF_8));
                try {
                    Transport.send(Mail.message(session, "a@example.net"));
                } catch (CloudflareSendFailedException refused) {
                    refused.printStackTrace(new PrintWriter(shown, true));
                    shown.write(refused.getReport().toString());
                }
            }
            assertEquals(4, proxy.requests().size());
            assertTrue(logs.areOpen());
        }
        String all = shown + debug.toString(StandardCharsets.UTF_8);
        assertTrue(all.contains("org.apache.hc") && all.contains("HTTP 407"), all);
        for (String secret : List.of(SECRET, "wr-ong")) {
            String pair = Base64.getEncoder().encodeToString(("someone:" + secret).getBytes(StandardCharsets.UTF_8));
            assertFalse(all.contains(secret) || all.contains(pair), all);
        }
    }

    @Test
    void anUnreachableProxyMeansUnsent() throws Exception {
        int closed;
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = port.getLocalPort();
        }
        assertUnsent(properties(closed));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 302, 304, 400, 401, 403, 404, 405, 408, 429, 500, 502, 503, 504})
    void aProxyThatDoesNotConnectHasSentNothing(int status) throws Exception {
        try (TestProxy proxy = TestProxy.start().answering(status, "")) {
            MessagingException unsent = assertUnsent(properties(proxy.port()));
            assertEquals(
                    "Could not reach Cloudflare, nothing was sent: the proxy did not connect: HTTP " + status,
                    unsent.getMessage());
        }
    }

    /** Whatever it says: that it is the API, even. */
    @ParameterizedTest
    @ValueSource(ints = {201, 202, 400, 403, 500, 503})
    void aProxysAnswerIsNotTheApis(int status) throws Exception {
        String asTheApi =
                "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{\"delivered\":[\"a@example.net\"],"
                        + "\"permanent_bounces\":[],\"queued\":[],\"message_id\":\"<1@example.com>\"}}";
        try (TestProxy proxy = TestProxy.start().answering(status, asTheApi)) {
            assertUnsent(properties(proxy.port()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "220 mail.example.org ESMTP\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 ok\r\n\r\n",
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 502 Bad Gateway\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 200 Connection established\r\n\r\n",
                "HTTP/1.1 200 Connection established\r\n\r\nand no TLS",
                "\u0015\u0003\u0003\u0000\u0002\u0002\u0028"
            })
    void garbageInAnswerToConnectMeansUnsent(String answer) throws Exception {
        try (HalfServer proxy = new HalfServer(answer.getBytes(StandardCharsets.ISO_8859_1))) {
            assertUnsent(properties(proxy.port(), USER, "someone", PASSWORD, SECRET));
        }
    }

    @Test
    void whatTheProxyRefusesIsTriedAgain() throws Exception {
        try (TestProxy proxy = TestProxy.start().answering(503, "busy")) {
            assertUnsent(properties(proxy.port(), "mail.cloudflare.retries", "1"));
            assertEquals(2, proxy.requests().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void verifyDoesNotTakeTheProxysWordAboutTheToken(int status) throws Exception {
        try (TestProxy proxy = TestProxy.start().answering(status, "")) {
            Session session = Session.getInstance(properties(proxy.port(), "mail.cloudflare.verify", "true"));
            MessagingException failure = assertThrows(
                    MessagingException.class, () -> session.getTransport().connect());
            assertFalse(failure instanceof AuthenticationFailedException, failure.toString());
            assertTrue(
                    failure.getMessage().contains("the proxy did not connect: HTTP " + status + ". Check the network"),
                    failure.getMessage());
        }
    }

    @Test
    void verifyNamesTheProxysCredentialsToo() throws Exception {
        try (TestProxy proxy = TestProxy.start().requiring("someone", SECRET)) {
            Session session = Session.getInstance(properties(proxy.port(), "mail.cloudflare.verify", "true"));
            MessagingException failure = assertThrows(
                    MessagingException.class, () -> session.getTransport().connect());
            assertTrue(failure.getMessage().contains("HTTP 407"), failure.getMessage());
            assertTrue(failure.getMessage().endsWith(USER + " and " + PASSWORD + "."), failure.getMessage());
        }
    }

    @Test
    void theMailServersProxyIsInheritedInAliasMode() throws Exception {
        try (TestProxy proxy = TestProxy.start().requiring("someone", SECRET)) {
            Properties properties = Mail.with(
                    Mail.properties(sandbox),
                    "mail.transport.protocol",
                    "smtp",
                    "mail.transport.protocol.rfc822",
                    "smtp",
                    "mail.smtp.class",
                    CloudflareTransport.class.getName(),
                    "mail.smtp.proxy.host",
                    "127.0.0.1",
                    "mail.smtp.proxy.port",
                    "" + proxy.port(),
                    "mail.smtp.proxy.user",
                    "someone",
                    "mail.smtp.proxy.password",
                    SECRET);
            properties.put("mail.cloudflare.ssl.socketFactory", trusting);
            send(properties);
            assertEquals(1, sandbox.accepted().size());
            assertEquals(2, proxy.requestsStarting("CONNECT ").size());
        }
    }

    @Test
    void aCertificateIsCheckedThroughTheTunnelToo() throws Exception {
        try (TestProxy proxy = TestProxy.start()) {
            Properties properties = properties(proxy.port());
            properties.remove("mail.cloudflare.ssl.socketFactory");
            assertTrue(assertUnsent(properties).getMessage().contains("PKIX"));
            assertEquals(List.of(), sandbox.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "192.0.2.1", "127.0.0.1.example.org"})
    void theTokenGoesToNoProxyInTheClear(String host) throws Exception {
        Session session = Session.getInstance(Mail.with(
                Mail.properties(sandbox),
                "mail.cloudflare.endpoint",
                "http://127.0.0.1:1/client/v4",
                "mail.cloudflare.proxy.host",
                host));
        MessagingException refused = assertThrows(
                MessagingException.class, () -> session.getTransport().connect());
        assertEquals(
                "mail.cloudflare.proxy.host: expected a proxy on this machine, or an https endpoint; the API token would"
                        + " be sent unencrypted, got \"" + host + ":80\"",
                refused.getMessage());
    }

    private static void send(Properties properties) throws MessagingException {
        Transport.send(Mail.message(Session.getInstance(properties), "a@example.net"));
    }

    private static Properties properties(int proxyPort, String... keysAndValues) {
        Properties properties = Mail.with(
                Mail.properties(sandbox),
                "mail.cloudflare.retries",
                "0",
                "mail.cloudflare.proxy.host",
                "127.0.0.1",
                "mail.cloudflare.proxy.port",
                "" + proxyPort);
        properties.put("mail.cloudflare.ssl.socketFactory", trusting);
        return Mail.with(properties, keysAndValues);
    }

    private static MessagingException assertUnsent(Properties properties) {
        List<SendReport> reports = new ArrayList<>();
        properties.put("mail.cloudflare.listener", (SendListener) reports::add);
        MessagingException unsent = assertThrows(MessagingException.class, () -> send(properties));
        assertEquals(MessagingException.class, unsent.getClass(), unsent.toString());
        assertInstanceOf(IOException.class, unsent.getNextException());
        assertTrue(
                unsent.getMessage().startsWith("Could not reach Cloudflare, nothing was sent: "), unsent.getMessage());
        SendReport report = reports.get(0);
        assertEquals(RecipientStatus.UNSENT, report.getRecipients().get(0).getStatus());
        assertTrue(report.isRetryable());
        assertFalse(report.isAcceptanceUnknown());
        assertEquals(List.of(), sandbox.accepted());
        return unsent;
    }

    /** Everything that HttpClient and the transport can be made to log. */
    private static final class OpenLogs extends Handler implements AutoCloseable {
        private final List<Logger> loggers =
                Arrays.asList(Logger.getLogger("org.apache.hc"), Logger.getLogger("io.flaremail"));
        private final StringWriter shown;

        OpenLogs(StringWriter shown) {
            this.shown = shown;
            for (Logger logger : loggers) {
                logger.setLevel(Level.ALL);
                logger.addHandler(this);
                logger.setUseParentHandlers(false);
            }
        }

        boolean areOpen() {
            return loggers.stream().allMatch(logger -> logger.isLoggable(Level.FINEST));
        }

        @Override
        public void publish(LogRecord entry) {
            shown.write(new SimpleFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            for (Logger logger : loggers) {
                logger.setLevel(null);
                logger.removeHandler(this);
                logger.setUseParentHandlers(true);
            }
        }
    }
}
