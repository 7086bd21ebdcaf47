package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.PropertySpelling;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A misspelt property has no effect, and without a warning no one notices; a warning with every message is noise. */
class UnknownPropertyTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @ParameterizedTest
    @CsvSource({
        "mail.cloudflare.tokn, mail.cloudflare.token",
        "mail.cloudflare.acount, mail.cloudflare.account",
        "mail.cloudflare.Timeout, mail.cloudflare.timeout",
        "mail.cloudflare.tokenfile, mail.cloudflare.token.file",
        "mail.cloudflare.ssl.socketfactory, mail.cloudflare.ssl.socketFactory",
        "mail.cloudflare.maxconection, mail.cloudflare.maxconnections",
        "mail.cloudflare.from.address, ",
        "mail.cloudflare.x, ",
        "mail.cloudflare., ",
    })
    void theWarningSuggestsWhatIsMeant(String key, String meant) {
        assertTrue(PropertySpelling.isUnknown(key, null));
        String expected = "Unknown property " + key + (meant == null ? "" : " (did you mean " + meant + "?)");
        assertEquals(expected, PropertySpelling.warning(key, null));
    }

    @Test
    void theWarningIsShortHoweverLongTheKey() {
        String key = "mail.cloudflare." + "t".repeat(100_000);
        assertEquals("Unknown property " + key, PropertySpelling.warning(key, null));
    }

    /** What servers set for every protocol, and SMTP's settings under our prefix. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.cloudflare.token",
                "mail.cloudflare.ssl.socketFactory",
                "mail.cloudflare.user",
                "mail.cloudflare.host",
                "mail.cloudflare.port",
                "mail.cloudflare.class",
                "mail.cloudflare.debug",
                "mail.cloudflare.password",
                "mail.cloudflare.auth",
                "mail.cloudflare.auth.mechanisms",
                "mail.cloudflare.starttls.enable",
                "mail.cloudflare.ssl.enable",
                "mail.cloudflare.writetimeout",
                "mail.cloudflare.sendpartial",
                "mail.smtp.tokn",
                "mail.smtp.cloudflare.tokn",
                "mail.transport.protocl",
                "cloudflare.tokn"
            })
    void othersPropertiesAreNotUnknown(String key) {
        assertFalse(PropertySpelling.isUnknown(key, null), key);
    }

    @Test
    void inAliasModeBothPrefixesAreOurs() {
        assertTrue(PropertySpelling.isUnknown("mail.cloudflare.tokn", "smtp"));
        assertTrue(PropertySpelling.isUnknown("mail.smtp.cloudflare.tokn", "smtp"));
        assertFalse(PropertySpelling.isUnknown("mail.smtp.cloudflare.token", "smtp"));
        assertFalse(PropertySpelling.isUnknown("mail.smtps.cloudflare.tokn", "smtp"));
        assertFalse(PropertySpelling.isUnknown("mail.smtp.tokn", "smtp"));
        assertEquals(
                "Unknown property mail.smtp.cloudflare.tokn (did you mean mail.smtp.cloudflare.token?)",
                PropertySpelling.warning("mail.smtp.cloudflare.tokn", "smtp"));
    }

    /** The doctor and the transport must agree on what is known. */
    @Test
    void everyPropertyIsKnown() {
        for (CloudflareProperty<?> property : CloudflareProperty.values()) {
            assertTrue(PropertySpelling.isKnown(property.key()), property.key());
            assertTrue(PropertySpelling.known().contains(property.key()), property.key());
            assertFalse(PropertySpelling.isUnknown(property.key(), null), property.key());
        }
        for (String ofServers : List.of("user", "host", "port", "class", "debug")) {
            assertTrue(PropertySpelling.isKnown("mail.cloudflare." + ofServers), ofServers);
        }
        assertFalse(PropertySpelling.isKnown("mail.cloudflare.password"), "no effect: the doctor says so");
        assertFalse(PropertySpelling.isKnown("mail.smtp.debug"));
    }

    /** Transport.send makes a transport for every message. */
    @Test
    void eachKeyIsWarnedOfOnceInAProcess() throws Exception {
        String one = "mail.cloudflare.timeout." + UUID.randomUUID();
        String other = "mail.cloudflare.timeout." + UUID.randomUUID();
        try (LogLines log = new LogLines()) {
            for (int i = 0; i < 3; i++) {
                Transport.send(Mail.message(Mail.session(sandbox, one, "1"), "a@example.net"));
            }
            Session both = Mail.session(sandbox, one, "1", other, "1");
            Transport.send(Mail.message(both, "a@example.net"));
            assertEquals(List.of("Unknown property " + one, "Unknown property " + other), log.messages(Level.WARNING));
        }
    }

    /** Whoever debugs a second session sees the slip there. */
    @Test
    void aSessionsDebugOutputAlwaysHasIt() throws Exception {
        String key = "mail.cloudflare.timeout." + UUID.randomUUID();
        for (int i = 0; i < 2; i++) {
            Session session = Mail.session(sandbox, key, "1");
            try (LogLines log = new LogLines().of(session)) {
                session.getTransport().connect();
                String expected = "DEBUG CLOUDFLARE: Unknown property " + key;
                assertTrue(log.debugLines().contains(expected), log.debugLines()::toString);
            }
        }
    }

    /** An application that makes up keys fills no memory. */
    @Test
    void whatIsRememberedIsBounded() throws Exception {
        int most = UnknownProperties.MOST;
        String[] keysAndValues = new String[4 * most];
        Arrays.setAll(keysAndValues, i -> i % 2 == 1 ? "1" : "mail.cloudflare.timeout." + UUID.randomUUID());
        try (LogLines log = new LogLines()) {
            UnknownProperties.forget();
            Mail.session(sandbox, keysAndValues).getTransport().connect();
            assertEquals(most, log.messages(Level.WARNING).size());
        } finally {
            UnknownProperties.forget();
        }
    }
}
