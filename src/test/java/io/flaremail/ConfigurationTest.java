package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.config.Credentials;
import io.flaremail.config.InvalidOptionException;
import io.flaremail.config.OptionReader;
import io.flaremail.config.TransportSettings;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where settings and credentials come from, and what is said of the wrong ones. */
class ConfigurationTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private static final String OTHER_ACCOUNT = "00000000000000000000000000000000";

    @ParameterizedTest
    @CsvSource({
        "timeout, 30s, milliseconds >= 0",
        "timeout, -1, milliseconds >= 0",
        "connectiontimeout, 1e3, milliseconds >= 0",
        "maxconnections, 0, a number >= 1",
        "proxy.port, 65536, 'a port, 1 to 65535'",
        "reportsuccess, yes, true or false",
        "account, root, 32 hexadecimal",
        "account, '../../zones', 32 hexadecimal",
        "endpoint, http://api.cloudflare.com/client/v4, https",
        "endpoint, http://127.0.0.1.example.com/, https",
        "endpoint, http://localhost.example.com/, https",
        "endpoint, http://10.0.0.1/, https",
        "endpoint, ftp://localhost/, https",
        "endpoint, api.cloudflare.com, absolute URL",
        "endpoint, https://x:99999/, a port",
        "endpoint, https://x/#y, without query",
        "from, Bob <b@example.com>, one bare address",
        "endpoint, 'https://x y/', a URL",
        "listener, no.such.Class, a SendListener",
        "listener, java.lang.String, a SendListener",
        "guard, on, 'certain, content or off'",
        "guard.window, 1h, milliseconds >= 0",
        "guard.unknown, yes, true or false",
    })
    void aMalformedOptionIsNamedWithWhatIsExpectedAndWhatIsThere(String name, String value, String expected) {
        Session session = Mail.session(sandbox, "mail.cloudflare." + name, value);
        MessagingException thrown = connectFails(session);
        assertTrue(thrown.getMessage().startsWith("mail.cloudflare." + name + ": expected "), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(expected), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("\"" + value + "\""), thrown.getMessage());
        assertTrue(sandbox.requests().isEmpty());
    }

    @Test
    void aPasswordInTheEndpointIsNotRepeated() {
        Session session = Mail.session(sandbox, "mail.cloudflare.endpoint", "https://user:hunter2@example.com/");
        MessagingException thrown = connectFails(session);
        assertTrue(thrown.getMessage().contains("without a user or password"), thrown.getMessage());
        assertFalse(thrown.getMessage().contains("hunter2"), thrown.getMessage());
    }

    @Test
    void theOperatingSystemsUserIsNoAccount() {
        Session session = Mail.session(sandbox);
        session.getProperties().remove("mail.cloudflare.account");
        MessagingException thrown = connectFails(session);
        assertTrue(thrown.getMessage().contains("set mail.cloudflare.account"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("CLOUDFLARE_ACCOUNT_ID"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(System.getProperty("user.name")), thrown.getMessage());
    }

    @Test
    void noTokenAtAll() {
        Session session = Mail.session(sandbox);
        session.getProperties().remove("mail.cloudflare.token");
        MessagingException thrown = connectFails(session);
        assertEquals(AuthenticationFailedException.class, thrown.getClass());
        assertTrue(thrown.getMessage().contains("mail.cloudflare.token"), thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\r\nX-Injected: yes", "t\u00f6ken", "be\u0007ll"})
    void whatCannotBeATokenIsNotShown(String token) {
        MessagingException thrown = connectFails(Mail.session(sandbox, "mail.cloudflare.token", token));
        assertTrue(thrown.getMessage().contains("mail.cloudflare.token"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("position"), thrown.getMessage());
        assertFalse(thrown.getMessage().contains(token), thrown.getMessage());
    }

    @Test
    void aWrongTokenIsSaidByTheApi() throws Exception {
        Session session = Mail.session(sandbox, "mail.cloudflare.token", "wrong-token-wrong-token");
        MimeMessage message = Mail.message(session, "a@example.net");
        CloudflareSendFailedException thrown =
                assertThrows(CloudflareSendFailedException.class, () -> Transport.send(message));
        assertEquals(401, thrown.getStatus());
        assertTrue(thrown.getMessage().contains("Check the API token"), thrown.getMessage());
        assertTrue(sandbox.accepted().isEmpty());
    }

    @Test
    void theTokenMayBeThePassword() throws Exception {
        Properties properties = Mail.properties(sandbox);
        properties.remove("mail.cloudflare.token");
        properties.remove("mail.cloudflare.account");
        Session session = Session.getInstance(properties);
        try (Transport transport = session.getTransport()) {
            transport.connect("mail.example.org", 25, sandbox.account(), sandbox.token());
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        }
        Transport.send(Mail.message(session, "a@example.net"), sandbox.account(), sandbox.token());
        assertEquals(2, sandbox.accepted().size());
    }

    @Test
    void theAuthenticatorIsAskedWhenNoTokenIsKnown() throws Exception {
        Properties properties = Mail.properties(sandbox);
        properties.remove("mail.cloudflare.token");
        List<String> asked = new ArrayList<>();
        Session session = Mail.session(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                asked.add(getRequestingProtocol());
                return new PasswordAuthentication("anybody", sandbox.token());
            }
        });
        Transport.send(Mail.message(session, "a@example.net"));
        assertEquals(List.of("cloudflare"), asked);
        assertEquals(1, sandbox.accepted().size());
    }

    @Test
    void inAliasModeTheSmtpPasswordIsNotTheToken() throws Exception {
        Session session = Mail.session(sandbox, "mail.smtp.class", "io.flaremail.CloudflareTransport");
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("mail.example.org", 587, "smtp-user", "smtp-password");
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        }
        assertEquals(1, sandbox.accepted().size());
    }

    @Test
    void aNewTokenInTheFileNeedsNoNewTransport(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), sandbox.token() + "\n");
        Session session = Mail.session(sandbox, "mail.cloudflare.token.file", file.toString());
        session.getProperties().remove("mail.cloudflare.token");
        MimeMessage message = Mail.message(session, "a@example.net");
        try (Transport transport = session.getTransport()) {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
            Files.writeString(file, "revoked-token\n");
            assertThrows(
                    CloudflareSendFailedException.class,
                    () -> transport.sendMessage(message, message.getAllRecipients()));
            Files.writeString(file, sandbox.token());
            transport.sendMessage(message, message.getAllRecipients());
            Files.delete(file);
            MessagingException gone = assertThrows(
                    MessagingException.class, () -> transport.sendMessage(message, message.getAllRecipients()));
            assertTrue(gone.getMessage().contains("mail.cloudflare.token.file"), gone.getMessage());
        }
        assertEquals(2, sandbox.accepted().size());
        assertEquals(3, sandbox.requests().size());
    }

    @Test
    void theEnvironmentComesLast() throws Exception {
        Map<String, String> environment =
                Map.of("CLOUDFLARE_ACCOUNT_ID", sandbox.account(), "CLOUDFLARE_API_TOKEN", "from-the-environment");
        Session empty = Session.getInstance(new Properties());
        Credentials credentials = credentials(empty, null, false, environment);
        assertEquals(sandbox.account(), credentials.account);
        assertEquals("from-the-environment", credentials.token.read());
        assertEquals(
                "https://api.cloudflare.com/client/v4", settings(empty).endpoint.toString());

        Session configured = Mail.session(sandbox, "mail.cloudflare.account", OTHER_ACCOUNT);
        credentials = credentials(configured, null, false, environment);
        assertEquals(OTHER_ACCOUNT, credentials.account);
        assertEquals(sandbox.token(), credentials.token.read());
    }

    @Test
    void thePasswordComesFirstExceptWhereItBelongsToAnotherServer() throws Exception {
        Session session = Mail.session(sandbox);
        assertEquals(
                "given", credentials(session, "given", false, Map.of()).token.read());
        assertEquals(
                sandbox.token(),
                credentials(session, "given", true, Map.of()).token.read());
        session.getProperties().remove("mail.cloudflare.token");
        assertEquals(
                "given", credentials(session, "given", true, Map.of()).token.read());
    }

    @Test
    void integersAndBooleansMayBeObjects() throws Exception {
        Session session = Mail.session(sandbox);
        session.getProperties().put("mail.cloudflare.timeout", 1234);
        session.getProperties().put("mail.cloudflare.maxconnections", 7);
        session.getProperties().put("mail.cloudflare.reportsuccess", true);
        TransportSettings settings = settings(session);
        assertEquals(1234, settings.timeout.toMillis());
        assertEquals(7, settings.maxConnections);
        assertTrue(settings.reportSuccess);
    }

    @Test
    void defaultsOfTheSessionsPropertiesCount() throws Exception {
        Properties properties = new Properties(Mail.properties(sandbox));
        Session session = Session.getInstance(properties);
        Transport.send(Mail.message(session, "a@example.net"));
        assertEquals(1, sandbox.accepted().size());
    }

    @Test
    void theConstructorTakesNoUrl() {
        Session session = Mail.session(sandbox);
        assertFalse(new CloudflareTransport(session, null).isConnected());
        assertFalse(new CloudflareTransport(session, new URLName("smtp", null, -1, null, null, null)).isConnected());
    }

    private static TransportSettings settings(Session session) throws InvalidOptionException {
        return TransportSettings.from(OptionReader.of(session.getProperties(), null));
    }

    private static Credentials credentials(
            Session session, String password, boolean alias, Map<String, String> environment) throws Exception {
        OptionReader options = OptionReader.of(session.getProperties(), alias ? "smtp" : null);
        return Credentials.find(options, "os-user", password, !alias, environment::get);
    }

    private static MessagingException connectFails(Session session) {
        return assertThrows(
                MessagingException.class, () -> session.getTransport().connect());
    }
}
