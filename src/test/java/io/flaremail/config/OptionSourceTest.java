package io.flaremail.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options from outside the session: the session comes first, then system properties, then the environment. */
class OptionSourceTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    private final Properties session = new Properties();
    private final Map<String, String> system = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    private OptionReader options(String alias) {
        return OptionReader.ofAlias(
                alias,
                OptionSource.of(session),
                OptionSource.ofSystem(system::get),
                OptionSource.ofEnvironment(environment::get));
    }

    /** s: session, a: the session's alias key, i: inherited from SMTP, p: system property, e: environment. */
    @ParameterizedTest(name = "{0}: {1} ms from {2}")
    @CsvSource({
        "saipe, 1, mail.cloudflare.timeout",
        "aipe,  2, mail.smtp.cloudflare.timeout",
        "ipe,   4, the system property mail.cloudflare.timeout",
        "ie,    5, the environment variable MAIL_CLOUDFLARE_TIMEOUT",
        "i,     3, mail.smtp.timeout",
        "'',    60000, mail.cloudflare.timeout",
    })
    void theFirstSourceWins(String present, long millis, String source) throws Exception {
        if (present.contains("s")) {
            session.put("mail.cloudflare.timeout", "1");
        }
        if (present.contains("a")) {
            session.put("mail.smtp.cloudflare.timeout", "2");
        }
        if (present.contains("i")) {
            session.put("mail.smtp.timeout", "3");
        }
        if (present.contains("p")) {
            system.put("mail.cloudflare.timeout", "4");
        }
        if (present.contains("e")) {
            environment.put("MAIL_CLOUDFLARE_TIMEOUT", "5");
        }
        OptionReader options = options("smtp");
        assertEquals(Duration.ofMillis(millis), options.get(CloudflareProperty.TIMEOUT));
        assertEquals(source, options.source(CloudflareProperty.TIMEOUT));
    }

    /** The JVM's mail.smtp settings are those of another application's mail server. */
    @Test
    void onlyOurOwnKeysAreReadFromTheJvm() throws Exception {
        for (String key : List.of("mail.smtp.timeout", "mail.smtp.cloudflare.timeout")) {
            system.put(key, "7");
            environment.put(key.toUpperCase(java.util.Locale.ROOT).replace('.', '_'), "8");
        }
        assertEquals(Duration.ofMillis(60_000), options("smtp").get(CloudflareProperty.TIMEOUT));
    }

    @Test
    void everyOptionHasAVariable() {
        for (CloudflareProperty<?> property : CloudflareProperty.values()) {
            String variable = PropertySpelling.variable(property.key());
            assertTrue(variable.matches("MAIL_CLOUDFLARE_[A-Z_]+"), variable);
            environment.put(variable, variable);
            assertEquals(variable, options(null).object(property));
            assertFalse(PropertySpelling.isUnknownVariable(variable));
        }
    }

    /** A user typed into an application's form is the application's own; the environment is everybody's. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "sup, s, mail.cloudflare.account",
        "up, u, the user name",
        "ue, u, the user name",
        "pe, p, the system property mail.cloudflare.account",
        "e, e, the environment variable MAIL_CLOUDFLARE_ACCOUNT"
    })
    void accounts(String present, String winner, String source) throws Exception {
        Map<String, String> ids = Map.of("s", ID, "u", OTHER, "p", ID.replace('0', '1'), "e", ID.replace('0', '2'));
        if (present.contains("s")) {
            session.put("mail.cloudflare.account", ids.get("s"));
        }
        if (present.contains("p")) {
            system.put("mail.cloudflare.account", ids.get("p"));
        }
        if (present.contains("e")) {
            environment.put("MAIL_CLOUDFLARE_ACCOUNT", ids.get("e"));
        }
        String user = present.contains("u") ? ids.get("u") : "postmaster";
        Credentials.Account found =
                Credentials.account(options(null), user, name -> null).get();
        assertEquals(ids.get(winner), found.id);
        assertEquals(source, found.source);
    }

    @Test
    void anInvalidValueNamesItsSource() {
        environment.put("MAIL_CLOUDFLARE_RETRIES", "many");
        InvalidOptionException invalid =
                assertThrows(InvalidOptionException.class, () -> options(null).get(CloudflareProperty.RETRIES));
        assertEquals(
                "the environment variable MAIL_CLOUDFLARE_RETRIES: expected a number >= 0, got \"many\"",
                invalid.getMessage());
    }

    @Test
    void aSecurityManagerThatHidesThemIsNoFailure() throws Exception {
        OptionReader options = OptionReader.of(OptionSource.ofSystem(key -> {
            throw new SecurityException(key);
        }));
        assertEquals(2, options.get(CloudflareProperty.RETRIES));
    }

    /** Each value with its source, secrets hidden. */
    @Test
    void described() {
        session.put("mail.cloudflare.token", "0123456789012345678901234567890123456789");
        session.put("mail.smtp.timeout", "3");
        session.put("mail.cloudflare.listener", new Object());
        system.put("mail.cloudflare.retries", "5");
        environment.put("MAIL_CLOUDFLARE_PROXY_PASSWORD", "secret");
        assertEquals(
                List.of(
                        "mail.cloudflare.token = (hidden)",
                        "mail.cloudflare.timeout = \"3\" (mail.smtp.timeout)",
                        "mail.cloudflare.listener = java.lang.Object",
                        "mail.cloudflare.retries = \"5\" (the system property mail.cloudflare.retries)",
                        "mail.cloudflare.proxy.password = (hidden) (the environment variable"
                                + " MAIL_CLOUDFLARE_PROXY_PASSWORD)"),
                options("smtp").describe());
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL_CLOUDFLARE_TOKN, ' (did you mean MAIL_CLOUDFLARE_TOKEN?)'",
        "MAIL_CLOUDFLARE_TOKENFILE, ' (did you mean MAIL_CLOUDFLARE_TOKEN_FILE?)'",
        "MAIL_CLOUDFLARE_SOMETHING_ELSE, ''",
    })
    void unknownVariables(String name, String suggestion) {
        assertTrue(PropertySpelling.isUnknownVariable(name));
        assertEquals("Unknown environment variable " + name + suggestion, PropertySpelling.variableWarning(name));
    }

    @ParameterizedTest
    @CsvSource({"MAIL_CLOUDFLARE_TOKEN", "MAIL_CLOUDFLARE_SSL_SOCKETFACTORY", "MAIL_SMTP_TOKN", "CLOUDFLARE_API_TOKEN"})
    void knownVariablesAndThoseOfOthers(String name) {
        assertFalse(PropertySpelling.isUnknownVariable(name));
    }
}
