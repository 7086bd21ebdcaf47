package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.config.Credentials;
import io.flaremail.config.InvalidOptionException;
import io.flaremail.config.OptionReader;
import io.flaremail.config.TransportSettings;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mail.smtp.class}: what code that asks for "smtp" goes on setting counts, as far as it is safe. */
class AliasModeTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "smtps"})
    void codeThatHardCodesSmtpSendsThroughUs(String protocol) throws Exception {
        Session session = session("mail." + protocol + ".class", "io.flaremail.CloudflareTransport");
        session.getProperties().put("mail." + protocol + ".from", "returns@example.com");
        try (Transport transport = session.getTransport(protocol)) {
            transport.connect("smtp.example.org", 465, "user", "password of the mail server");
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        }
        assertEquals("returns@example.com", sandbox.accepted().get(0).from());
    }

    @Test
    void staticSendsWithoutAnyProtocolSetAreSmtpAndSoOurs() throws Exception {
        Session session = session("mail.smtp.class", "io.flaremail.CloudflareTransport");
        session.getProperties().remove("mail.transport.protocol");
        session.getProperties().remove("mail.transport.protocol.rfc822");
        Transport.send(Mail.message(session, "a@example.net"));
        assertEquals(1, sandbox.accepted().size());
    }

    @Test
    void whatSaysSomethingAboutTheMailIsInherited() throws Exception {
        Session session = session(
                "mail.smtp.from", "returns@example.com",
                "mail.smtp.timeout", "1500",
                "mail.smtp.connectiontimeout", "2500",
                "mail.smtp.reportsuccess", "TRUE",
                "mail.smtp.proxy.host", "proxy.example.org",
                "mail.cloudflare.endpoint", "https://api.example.com",
                "mail.smtp.proxy.user", "someone",
                "mail.smtp.proxy.password", "secret");
        TransportSettings settings = settings(session, "smtp");
        assertEquals("returns@example.com", settings.from);
        assertEquals(Duration.ofMillis(1500), settings.timeout);
        assertEquals(Duration.ofMillis(2500), settings.connectionTimeout);
        assertTrue(settings.reportSuccess);
        assertEquals("proxy.example.org", settings.proxyHost);
        assertEquals(80, settings.proxyPort);
        assertEquals("someone", settings.proxyUser);
        assertEquals("secret", settings.proxyPassword);
    }

    @Test
    void ourOwnSettingsWin() throws Exception {
        Session session = session(
                "mail.smtp.from", "returns@example.com",
                "mail.cloudflare.from", "own@example.com",
                "mail.smtp.timeout", "1500",
                "mail.cloudflare.timeout", "3500");
        TransportSettings settings = settings(session, "smtp");
        assertEquals("own@example.com", settings.from);
        assertEquals(Duration.ofMillis(3500), settings.timeout);
    }

    @Test
    void aServersAddressUserAndTlsAreNever() throws Exception {
        Session session = session(
                "mail.smtp.host", "smtp.example.org",
                "mail.smtp.port", "25",
                "mail.smtp.user", "00000000000000000000000000000000",
                "mail.smtp.password", "secret",
                "mail.smtp.endpoint", "https://example.org/",
                "mail.smtp.account", "00000000000000000000000000000000",
                "mail.smtp.token", "secret",
                "mail.smtp.ssl.trust", "*",
                "mail.smtp.socketFactory.class", "no.such.Factory",
                "mail.smtp.listener", "no.such.Listener",
                "mail.smtp.redirect", "other@example.org",
                "mail.smtp.verify", "true",
                "mail.host", "mail.example.org");
        TransportSettings settings = settings(session, "smtp");
        Credentials credentials = Credentials.find(
                OptionReader.of(session.getProperties(), "smtp"),
                "os-user",
                null,
                false,
                Map.<String, String>of()::get);
        assertEquals(sandbox.account(), credentials.account);
        assertEquals(sandbox.token(), credentials.token.read());
        assertEquals(sandbox.endpoint(), settings.endpoint);
        assertNull(settings.redirect);
        Transport.send(Mail.message(session, "a@example.net"));
        assertEquals(1, sandbox.accepted().size());
    }

    @Test
    void smtpSettingsMeanNothingWithoutTheAlias() throws Exception {
        Session session = session("mail.smtp.from", "returns@example.com", "mail.smtp.timeout", "1");
        TransportSettings settings = settings(session, null);
        assertNull(settings.from);
        assertEquals(Duration.ofSeconds(60), settings.timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon"})
    void inheritedTimeoutsAreReadAsSmtpReadsThem(String value) throws Exception {
        assertEquals(Duration.ZERO, settings(session("mail.smtp.timeout", value), "smtp").timeout);
        Session own = session("mail.cloudflare.timeout", "soon");
        assertThrows(InvalidOptionException.class, () -> settings(own, "smtp"));
    }

    /** NiFi and Quartz pass nothing but {@code mail.smtp.*} to their session. */
    @Test
    void everyOptionMayStandUnderTheOtherProtocol() throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.class", CloudflareTransport.class.getName());
        properties.put("mail.smtp.cloudflare.account", sandbox.account());
        properties.put("mail.smtp.cloudflare.token", sandbox.token());
        properties.put("mail.smtp.cloudflare.endpoint", sandbox.endpoint().toString());
        properties.put("mail.smtp.cloudflare.retries", 0);
        Session session = Session.getInstance(properties);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        }
        assertEquals(1, sandbox.accepted().size());
        assertThrows(MessagingException.class, () -> connect(session, "cloudflare"), "not without the alias");
        assertThrows(MessagingException.class, () -> connect(session, "smtps"), "nor under another one");
    }

    @Test
    void ourOwnSettingGoesFirstThenOursUnderTheAliasThenSmtps() throws Exception {
        Session session = session("mail.smtp.timeout", "1000");
        assertEquals(Duration.ofMillis(1000), settings(session, "smtp").timeout);
        session.getProperties().put("mail.smtp.cloudflare.timeout", 2000);
        assertEquals(Duration.ofMillis(2000), settings(session, "smtp").timeout);
        session.getProperties().put("mail.cloudflare.timeout", "3000");
        assertEquals(Duration.ofMillis(3000), settings(session, "smtp").timeout);
    }

    /** A malformed value is named by the key that was read; SMTP's own are read as SMTP reads them, or ignored. */
    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "mail.smtp.cloudflare.timeout,      soon,  mail.smtp.cloudflare.timeout: expected milliseconds",
        "mail.smtp.cloudflare.proxy.port,   70000, mail.smtp.cloudflare.proxy.port: expected a port",
        "mail.smtp.cloudflare.from,         a b,   mail.smtp.cloudflare.from: expected one bare address",
        "mail.smtp.cloudflare.ssl.protocols, TLS9, mail.smtp.cloudflare.ssl.protocols: expected names",
        "mail.smtp.cloudflare.account,      0123,  mail.smtp.cloudflare.account: expected an account id",
        "mail.smtp.cloudflare.token,        a b,   The API token from mail.smtp.cloudflare.token has a space",
        "mail.smtp.cloudflare.token.file,   /none, mail.smtp.cloudflare.token.file \"/none\" cannot be read",
        "mail.smtp.cloudflare.endpoint,     ftp:x, mail.smtp.cloudflare.endpoint: expected",
        "mail.smtp.cloudflare.retries,      two,   mail.smtp.cloudflare.retries: expected a number",
        "mail.smtp.cloudflare.verify,       maybe, mail.smtp.cloudflare.verify: expected true or false",
        "mail.smtp.cloudflare.guard,        often, mail.smtp.cloudflare.guard: expected certain",
        "mail.smtp.cloudflare.strip,        a b,   mail.smtp.cloudflare.strip: expected names of header fields",
        "mail.smtp.cloudflare.listener,     none,  mail.smtp.cloudflare.listener: expected a SendListener",
        "mail.cloudflare.proxy.port,        seven, mail.cloudflare.proxy.port: expected a port",
        "mail.smtp.proxy.port,              seven, mail.smtp.proxy.port: expected a port",
    })
    void aMalformedValueIsNamedByItsKey(String key, String value, String message) throws Exception {
        Session session = session("mail.smtp.proxy.host", "127.0.0.1");
        session.getProperties().remove(key.replace("mail.smtp.cloudflare", "mail.cloudflare"));
        if (key.endsWith(".token.file")) {
            session.getProperties().remove("mail.cloudflare.token");
        }
        session.getProperties().put(key, value);
        MessagingException thrown = assertThrows(MessagingException.class, () -> connect(session, "smtp"));
        assertTrue(thrown.getMessage().startsWith(message), thrown.getMessage());
    }

    /** SMTP would fail at MAIL FROM; so does the message here, and not the connection. */
    @Test
    void aMalformedInheritedSenderFailsWithTheMessage() throws Exception {
        Session session =
                session("mail.smtp.from", "not an address", "mail.smtp.class", "io.flaremail.CloudflareTransport");
        assertEquals("not an address", settings(session, "smtp").from);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            MessagingException thrown = assertThrows(
                    MessagingException.class,
                    () -> transport.sendMessage(
                            Mail.message(session, "a@example.net"), Mail.addresses("a@example.net")));
            assertTrue(
                    thrown.getMessage().startsWith("mail.smtp.from \"not an address\" has no local part"),
                    thrown.getMessage());
        }
        assertEquals(0, sandbox.requests().size());
    }

    /** An empty value is an absent one, except where it means that nothing is to be left out. */
    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyOptionOfOursHidesNone(String empty) throws Exception {
        Session session = session();
        Properties properties = session.getProperties();
        properties.put("mail.cloudflare.timeout", empty);
        properties.put("mail.smtp.cloudflare.timeout", "2000");
        properties.put("mail.cloudflare.from", empty);
        properties.put("mail.smtp.cloudflare.from", empty);
        properties.put("mail.smtp.from", "not an address");
        properties.put("mail.cloudflare.proxy.port", empty);
        properties.put("mail.smtp.proxy.port", "seven");
        properties.put("mail.cloudflare.strip", empty);
        properties.put("mail.smtp.cloudflare.strip", "X-Other");
        TransportSettings settings = settings(session, "smtp");
        assertEquals(Duration.ofMillis(2000), settings.timeout);
        assertEquals("not an address", settings.from, "read as SMTP reads it");
        assertEquals("mail.smtp.from", settings.fromSource);
        assertNull(settings.proxyHost);
        assertEquals(List.of(), settings.strip);
    }

    /** Inherited without a host, the port of a proxy may be anything. */
    @Test
    void aMalformedInheritedPortWithoutAHostIsIgnored() throws Exception {
        assertNull(settings(session("mail.smtp.proxy.port", "seven"), "smtp").proxyHost);
    }

    /** A malformed account in the environment is named, and not taken for a missing one. */
    @ParameterizedTest
    @CsvSource({"0123, 32 hexadecimal", "0123456789abcdef0123456789abcdeg, 32 hexadecimal"})
    void aMalformedAccountInTheEnvironmentIsNamed(String account, String text) {
        Session session = session();
        session.getProperties().remove("mail.cloudflare.account");
        // Not a CredentialsException, for which the Authenticator is asked: it cannot help.
        InvalidOptionException thrown = assertThrows(
                InvalidOptionException.class,
                () -> Credentials.find(
                        OptionReader.of(session.getProperties(), null),
                        "os-user",
                        null,
                        true,
                        Map.of("CLOUDFLARE_ACCOUNT_ID", account)::get));
        assertTrue(
                thrown.getMessage().startsWith("The environment variable CLOUDFLARE_ACCOUNT_ID: "),
                thrown.getMessage());
        assertTrue(thrown.getMessage().contains(text) && thrown.getMessage().contains(account), thrown.getMessage());
    }

    @Test
    void smtpsOtherSettingsAreRecognisedAndIgnored() throws Exception {
        Properties properties = Mail.properties(sandbox);
        for (String name : new String[] {
            "auth",
            "sasl.enable",
            "ehlo",
            "localhost",
            "starttls.enable",
            "ssl.enable",
            "debug",
            "quitwait",
            "chunksize",
            "dsn.notify",
            "submitter",
            "writetimeout",
            "sendpartial",
            "allow8bitmime"
        }) {
            properties.put("mail.cloudflare." + name, "true");
        }
        Session session = Session.getInstance(properties);
        Transport.send(Mail.message(session, "a@example.net"));
        assertEquals(1, sandbox.accepted().size());
    }

    private static Session session(String... keysAndValues) {
        return Mail.session(sandbox, keysAndValues);
    }

    private static void connect(Session session, String protocol) throws MessagingException {
        new CloudflareTransport(session, new URLName(protocol, null, -1, null, null, null))
                .connect("localhost", "os-user", null);
    }

    private static TransportSettings settings(Session session, String alias) throws InvalidOptionException {
        return TransportSettings.from(OptionReader.of(session.getProperties(), alias));
    }
}
