package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
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
                "mail.smtp.proxy.user", "someone",
                "mail.smtp.proxy.password", "secret");
        TransportSettings settings = settings(session, "smtp");
        assertEquals("returns@example.com", settings.from);
        assertEquals(Duration.ofMillis(1500), settings.timeout);
        assertEquals(Duration.ofMillis(2500), settings.connectionTimeout);
        assertTrue(settings.reportSuccess);
        assertEquals("proxy.example.org:80", settings.proxy.toString());
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
        assertEquals(sandbox.account(), settings.account);
        assertEquals(sandbox.token(), settings.token.read());
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
        assertThrows(MessagingException.class, () -> settings(own, "smtp"));
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

    private static TransportSettings settings(Session session, String alias) throws MessagingException {
        return TransportSettings.from(
                new SessionOptions(session, alias), new Credentials("os-user", null), Map.<String, String>of()::get);
    }
}
