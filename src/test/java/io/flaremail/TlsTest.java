package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.eclipse.angus.mail.util.MailSSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the transport believes over TLS, and that the message goes to nobody else. */
@Timeout(60)
class TlsTest {
    private static final String FACTORY = "mail.cloudflare.ssl.socketFactory";
    private static final String TRUST = "mail.cloudflare.ssl.trust";
    private static final String CHECK_NAME = "mail.cloudflare.ssl.checkserveridentity";
    private static final String PROTOCOLS = "mail.cloudflare.ssl.protocols";
    private static final String SUITES = "mail.cloudflare.ssl.ciphersuites";

    @TempDir
    static Path directory;

    private static PrivateCa ca;
    private static Sandbox sandbox;
    private static Sandbox otherHost;
    private static Sandbox expired;

    @BeforeAll
    static void start() {
        ca = new PrivateCa(directory);
        String here = "dns:localhost,ip:127.0.0.1";
        sandbox = Sandbox.builder().tls(ca.server(here)).start();
        otherHost = Sandbox.builder().tls(ca.server("dns:other.example")).start();
        expired = Sandbox.builder().tls(ca.expired(here)).start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        otherHost.close();
        expired.close();
    }

    @BeforeEach
    void forget() {
        sandbox.reset();
        otherHost.reset();
        expired.reset();
    }

    @Test
    void anUnknownAuthorityIsRefused() {
        MessagingException refused = assertRefused(sandbox);
        assertTrue(refused.getMessage().contains("PKIX path building failed"), refused.getMessage());
    }

    @Test
    void aSocketFactoryDecidesWhomToTrust() throws Exception {
        assertSent(sandbox, FACTORY, ca.client().getSocketFactory());
    }

    @Test
    void aSocketFactoryGoesBeforeTrust() throws Exception {
        assertRefused(sandbox, FACTORY, SSLContext.getDefault().getSocketFactory(), TRUST, "*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "localhost", "LOCALHOST", "other.host localhost", "other.host\t *"})
    void trustedHostsNeedNoAuthority(String trust) throws Exception {
        assertSent(sandbox, TRUST, trust, "mail.cloudflare.endpoint", atLocalhost(sandbox));
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.host", "*.host", "local", "localhost.", "*host", "localhost,other.host"})
    void otherHostsTrustSaysNothingOfThisOne(String trust) {
        assertRefused(sandbox, TRUST, trust, "mail.cloudflare.endpoint", atLocalhost(sandbox));
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        MessagingException refused = assertRefused(otherHost, FACTORY, trusting());
        assertTrue(refused.getMessage().contains("127.0.0.1"), refused.getMessage());
        MessagingException byName =
                assertRefused(otherHost, FACTORY, trusting(), "mail.cloudflare.endpoint", atLocalhost(otherHost));
        assertTrue(byName.getMessage().contains("localhost"), byName.getMessage());
    }

    @Test
    void aCertificateForAnotherHostIsTakenWhereNamesAreNotChecked() throws Exception {
        assertSent(otherHost, FACTORY, trusting(), CHECK_NAME, "false");
    }

    @Test
    void trustDoesNotMeanAnyName() throws Exception {
        assertRefused(otherHost, TRUST, "*");
        assertRefused(otherHost, TRUST, "127.0.0.1");
        assertSent(otherHost, TRUST, "*", CHECK_NAME, "false");
    }

    @Test
    void anUncheckedNameDoesNotMeanAnyAuthority() {
        assertRefused(sandbox, CHECK_NAME, "false");
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        MessagingException refused = assertRefused(expired, FACTORY, trusting());
        assertTrue(refused.getMessage().contains("validity check failed"), refused.getMessage());
        assertSent(expired, TRUST, "*");
    }

    /** First the alert protocol_version, as OpenSSL sends it; then a ServerHello of TLS 1.1, as older servers do. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "15 0302 0002 0246",
                "16 0302 002a 02 000026 0302 "
                        + "0000000000000000000000000000000000000000000000000000000000000000 00 c009 00"
            })
    void aServerOfTls11OnlyIsRefused(String answer) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(answer.replace(" ", ""));
        try (HalfServer old = new HalfServer(bytes)) {
            MessagingException refused =
                    assertRefused(sandbox, TRUST, "*", "mail.cloudflare.endpoint", "https://127.0.0.1:" + old.port());
            assertTrue(
                    refused.getMessage().matches("(?s).*(protocol_version|protocol version).*"), refused.getMessage());
            assertEquals(1, old.connections());
        }
    }

    @Test
    void aServerWithoutTlsIsRefused() throws Exception {
        byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (HalfServer plain = new HalfServer(answer)) {
            assertRefused(sandbox, "mail.cloudflare.endpoint", "https://127.0.0.1:" + plain.port());
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, TLSv1.2", "TLSv1.3, TLSv1.3", "TLSv1.2 TLSv1.3, TLSv1.3"})
    void theseProtocolsOnly(String enabled, String negotiated) throws Exception {
        assertEquals(negotiated, negotiated(PROTOCOLS, enabled).getProtocol());
    }

    @ParameterizedTest
    @CsvSource({"TLS_AES_256_GCM_SHA384, TLSv1.3", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLSv1.2"})
    void theseCipherSuitesOnly(String suite, String protocol) throws Exception {
        SSLSession session = negotiated(SUITES, suite);
        assertEquals(List.of(suite, protocol), List.of(session.getCipherSuite(), session.getProtocol()));
    }

    @Test
    void protocolsAndSuitesThatDoNotFitAreRefused() {
        assertRefused(sandbox, TRUST, "*", PROTOCOLS, "TLSv1.2", SUITES, "TLS_AES_256_GCM_SHA384");
    }

    @ParameterizedTest
    @CsvSource({
        "ssl.protocols, TLSv1.4, TLSv1.4",
        "ssl.protocols, TLSv1.2 tlsv1.3, tlsv1.3",
        "ssl.protocols, 'TLSv1.2,TLSv1.3', 'TLSv1.2,TLSv1.3'",
        "ssl.ciphersuites, TLS_AES_256_GCM_SHA384 ROT13, ROT13",
    })
    void whatTheRuntimeDoesNotKnowIsNamedAtConnect(String option, String value, String named) {
        String key = "mail.cloudflare." + option;
        String shown = assertMalformed(key, value);
        assertTrue(shown.startsWith(key + ": expected names that this Java runtime knows"), shown);
        assertTrue(shown.endsWith(", got \"" + named + "\""), shown);
    }

    @Test
    void aFactoryKnowsItsOwnCipherSuites() throws Exception {
        String shown = assertMalformed(FACTORY, trusting(), SUITES, "ROT13");
        assertTrue(shown.startsWith(SUITES), shown);
        MessagingException refused = assertRefused(sandbox, FACTORY, trusting(), PROTOCOLS, "TLSv1.4");
        assertTrue(refused.getMessage().contains("TLSv1.4"), refused.getMessage());
    }

    @Test
    void aSocketFactoryMustBeOne() throws Exception {
        for (Object wrong : List.of("org.example.Factory", SSLContext.getDefault(), RecordingFactory.class)) {
            assertEquals(
                    FACTORY + ": expected a javax.net.ssl.SSLSocketFactory object, got \""
                            + wrong.getClass().getName() + "\"",
                    assertMalformed(FACTORY, wrong));
        }
    }

    /** With a list, its trust manager believes anybody and leaves the host to the mail provider. */
    @Test
    void angusMailsFactoryTrustsTheHostsOnItsListAndNoOthers() throws Exception {
        MailSSLSocketFactory factory = new MailSSLSocketFactory();
        assertRefused(sandbox, FACTORY, factory);
        sandbox.reset();
        factory.setTrustedHosts("mail.example.org");
        assertEquals(
                FACTORY + ": expected a factory that trusts 127.0.0.1, got \"" + MailSSLSocketFactory.class.getName()
                        + " for other hosts\"",
                assertMalformed(FACTORY, factory));
        factory.setTrustedHosts("mail.example.org", "127.0.0.1");
        assertSent(sandbox, FACTORY, factory);
    }

    @Test
    void aTrustedConnectionServesNobodyWhoDoesNotTrust() throws Exception {
        Object factory = trusting();
        Session session = Session.getInstance(properties(sandbox, FACTORY, factory));
        try (Transport open = session.getTransport()) {
            open.connect(); // holds the connections, which otherwise the next garbage collection may end
            assertSent(sandbox, FACTORY, factory);
            assertSent(sandbox, FACTORY, factory);
            assertEquals(1, sandbox.connections(), "equal settings share");
            assertRefused(sandbox);
            assertRefused(sandbox, TRUST, "other.host");
            assertRefused(sandbox, FACTORY, new RecordingFactory(SSLContext.getDefault()));
            assertEquals(4, sandbox.connections(), "each of them looked for itself");
            System.gc();
            assertSent(sandbox, FACTORY, factory);
            assertEquals(4, sandbox.connections(), "and the trusted one is still there");
        }
    }

    /** TLS would resume a session; the runtime must not where the first one looked at no name. */
    @Test
    void anUncheckedConnectionServesNobodyWhoChecks() throws Exception {
        Object factory = trusting();
        assertSent(otherHost, FACTORY, factory, CHECK_NAME, "false");
        assertRefused(otherHost, FACTORY, factory);
        assertEquals(2, otherHost.connections());
    }

    @Test
    void differentProtocolsAreDifferentConnections() throws Exception {
        RecordingFactory factory = new RecordingFactory(ca.client());
        assertSent(sandbox, FACTORY, factory, PROTOCOLS, "TLSv1.2");
        assertSent(sandbox, FACTORY, factory, PROTOCOLS, "TLSv1.3");
        assertEquals(
                List.of("TLSv1.2", "TLSv1.3"),
                factory.sessions().stream().map(SSLSession::getProtocol).toList());
    }

    @Test
    void aMailServersTlsSettingsSayNothingOfTheApi() throws Exception {
        String[] ofTheServer = {
            "mail.smtp.class", CloudflareTransport.class.getName(),
            "mail.transport.protocol", "smtp",
            "mail.transport.protocol.rfc822", "smtp",
            "mail.smtp.ssl.trust", "*",
            "mail.smtp.ssl.checkserveridentity", "false",
            "mail.smtp.ssl.enable", "true",
            "mail.smtp.ssl.protocols", "TLSv1.4",
            "mail.smtp.ssl.ciphersuites", "ROT13"
        };
        Properties properties = Mail.with(properties(sandbox), ofTheServer);
        properties.put("mail.smtp.ssl.socketFactory", trusting());
        properties.put("mail.smtp.socketFactory", trusting());
        assertRefused(sandbox, properties);
        properties.put(FACTORY, trusting());
        assertSent(sandbox, properties);
    }

    /** The shared connections of an application end with it: its factory leads to its class loader. */
    @Test
    void anApplicationsSocketFactoryIsNotHeld() throws Exception {
        WeakReference<Object> factory = sendTwice();
        for (int i = 0; i < 500 && factory.get() != null; i++) {
            System.gc();
            Idle.millis(20);
        }
        assertNull(factory.get(), "the shared connections hold the factory");
    }

    private static WeakReference<Object> sendTwice() throws Exception {
        RecordingFactory factory = new RecordingFactory(ca.client());
        Session session = Session.getInstance(properties(sandbox, FACTORY, factory));
        try (Transport first = session.getTransport();
                Transport second = session.getTransport()) {
            for (Transport transport : List.of(first, second)) {
                transport.connect();
                transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
            }
        }
        assertEquals(1, factory.sessions().size(), "both used one connection");
        return new WeakReference<>(factory);
    }

    private static Object trusting() {
        return ca.client().getSocketFactory();
    }

    private static String atLocalhost(Sandbox sandbox) {
        return sandbox.endpoint().toString().replace("127.0.0.1", "localhost");
    }

    private static SSLSession negotiated(Object... settings) throws MessagingException {
        RecordingFactory factory = new RecordingFactory(ca.client());
        Properties properties = properties(sandbox, settings);
        properties.put(FACTORY, factory);
        assertSent(sandbox, properties);
        return factory.sessions().get(0);
    }

    private static Properties properties(Sandbox sandbox, Object... settings) {
        Properties properties = Mail.with(Mail.properties(sandbox), "mail.cloudflare.retries", "0");
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        return properties;
    }

    private static void assertSent(Sandbox sandbox, Object... settings) throws MessagingException {
        assertSent(sandbox, properties(sandbox, settings));
    }

    private static void assertSent(Sandbox sandbox, Properties properties) throws MessagingException {
        int before = sandbox.accepted().size();
        Transport.send(Mail.message(Session.getInstance(properties), "a@example.net"));
        assertEquals(before + 1, sandbox.accepted().size());
    }

    private static MessagingException assertRefused(Sandbox sandbox, Object... settings) {
        return assertRefused(sandbox, properties(sandbox, settings));
    }

    /** Not even a request without the message: the token would be in it. */
    private static MessagingException assertRefused(Sandbox sandbox, Properties properties) {
        int before = sandbox.requests().size();
        Session session = Session.getInstance(properties);
        MessagingException refused =
                assertThrows(MessagingException.class, () -> Transport.send(Mail.message(session, "a@example.net")));
        assertEquals(MessagingException.class, refused.getClass(), refused.toString());
        assertInstanceOf(IOException.class, refused.getNextException());
        assertTrue(
                refused.getMessage().startsWith("Could not reach Cloudflare, nothing was sent: "),
                refused.getMessage());
        assertEquals(before, sandbox.requests().size());
        return refused;
    }

    /** Already connecting says so; nobody is asked. */
    private static String assertMalformed(Object... settings) {
        Session session = Session.getInstance(properties(sandbox, settings));
        String shown = assertThrows(
                        MessagingException.class, () -> session.getTransport().connect())
                .getMessage();
        assertEquals(0, sandbox.connections());
        return shown;
    }
}
