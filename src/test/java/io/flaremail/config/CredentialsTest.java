package io.flaremail.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.config.CredentialsException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where token and account are found, in which order, and what is said if they are not. */
class CredentialsTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    /** The first filled column wins; p: password, o: option, f: file, e: environment. */
    @ParameterizedTest(name = "{0}, alias {1}: {2}")
    @CsvSource({
        "pofe, false, p",
        "ofe,  false, o",
        "fe,   false, f",
        "e,    false, e",
        "pofe, true,  o",
        "pfe,  true,  f",
        "pe,   true,  e",
        "p,    true,  p",
    })
    void theFirstSourceWithATokenWins(String present, boolean alias, String winner) throws Exception {
        Properties properties = new Properties();
        if (present.contains("o")) {
            properties.put("mail.cloudflare.token", "o");
        }
        if (present.contains("f")) {
            properties.put(
                    "mail.cloudflare.token.file",
                    Files.writeString(folder.resolve("token"), "f\n").toString());
        }
        Map<String, String> environment = new HashMap<>();
        if (present.contains("e")) {
            environment.put("CLOUDFLARE_API_TOKEN", "e");
        }
        OptionReader options = OptionReader.of(properties, alias ? "smtp" : null);
        TokenSource token = Credentials.token(options, present.contains("p") ? "p" : null, !alias, environment::get);
        assertEquals(winner, token.read());
    }

    /** The command line's --token-file precedes a token in a properties file. */
    @Test
    void anEarlierSourcePrecedesALaterOneWhateverTheKind() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "from-the-file");
        OptionSource first = OptionSource.of(properties("mail.cloudflare.token.file", file.toString()));
        OptionSource second = OptionSource.of(properties("mail.cloudflare.token", "from-the-value"));
        OptionReader options = OptionReader.of(first, second);
        assertEquals(
                "from-the-file",
                Credentials.token(options, null, true, name -> null).read());
    }

    @Test
    void noTokenAndNoAccountAreToldApart() {
        OptionReader none = OptionReader.of(new Properties(), null);
        CredentialsException token =
                assertThrows(CredentialsException.class, () -> Credentials.find(none, "me", " ", true, name -> null));
        assertEquals(Problem.NO_TOKEN, token.getProblem());
        CredentialsException account = assertThrows(
                CredentialsException.class, () -> Credentials.find(none, "me", "token", true, name -> null));
        assertEquals(Problem.NO_ACCOUNT, account.getProblem());
        assertTrue(account.getMessage().contains("the user name \"me\" is not one"), account.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"'', is empty", "' a b ', position 2 of 3", "caf\u00e9, position 4 of 4"})
    void aTextThatIsNoTokenIsNamedAndNotShown(String text, String message) {
        CredentialsException e = assertThrows(
                CredentialsException.class, () -> TokenSource.of(text, "a test").read());
        assertEquals(Problem.MALFORMED_TOKEN, e.getProblem());
        assertTrue(e.getMessage().contains("from a test") && e.getMessage().contains(message), e.getMessage());
        assertFalse(e.getMessage().contains("caf"), e.getMessage());
    }

    @Test
    void aTokenFileIsReadEachTime() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "old");
        TokenSource source = TokenSource.inFile(file.toString(), "key");
        TokenSource once = source.readOnce();
        Files.writeString(file, "new");
        assertEquals("new", source.read());
        assertEquals("old", once.read());
        assertEquals("key \"" + file + "\"", once.toString());
    }

    @Test
    void aTokenFileThatCannotBeReadIsNamed() throws IOException {
        for (Path file :
                new Path[] {folder, folder.resolve("none"), Files.write(folder.resolve("big"), new byte[65537])}) {
            CredentialsException e = assertThrows(
                    CredentialsException.class,
                    () -> TokenSource.inFile(file.toString(), "key").read());
            assertEquals(Problem.UNREADABLE_TOKEN_FILE, e.getProblem());
            assertTrue(e.getMessage().startsWith("key \"" + file + "\" "), e.getMessage());
        }
        // Without a separator it may be the token itself.
        CredentialsException e = assertThrows(
                CredentialsException.class,
                () -> TokenSource.inFile("a-token-in-the-wrong-place", "key").read());
        assertEquals("key (a name of 26 characters) cannot be read: there is no such file", e.getMessage());
    }

    @Test
    void theFirstSourceWithAnAccountWins() throws Exception {
        String other = ID.replace('0', 'f');
        OptionReader option = OptionReader.of(properties("mail.cloudflare.account", ID), null);
        OptionReader none = OptionReader.of(new Properties(), null);
        assertEquals(Optional.of(ID + " from mail.cloudflare.account"), account(option, other, name -> other));
        assertEquals(Optional.of(ID + " from the user name"), account(none, ID, name -> other));
        assertEquals(
                Optional.of(ID + " from the environment variable CLOUDFLARE_ACCOUNT_ID"),
                account(none, "me", name -> " " + ID));
        assertEquals(Optional.empty(), account(none, "me", name -> " "));
    }

    /** Cloudflare writes them in lower case; whether it takes capitals is unknown. */
    @Test
    void anAccountInCapitals() throws Exception {
        String id = "abcdef0123456789abcdef0123456789";
        String capitals = id.toUpperCase(Locale.ROOT);
        OptionReader option = OptionReader.of(properties("mail.cloudflare.account", capitals), null);
        OptionReader none = OptionReader.of(new Properties(), null);
        assertEquals(Optional.of(id + " from mail.cloudflare.account"), account(option, null, name -> null));
        assertEquals(Optional.of(id + " from the user name"), account(none, capitals, name -> null));
        assertEquals(
                Optional.of(id + " from the environment variable CLOUDFLARE_ACCOUNT_ID"),
                account(none, null, name -> capitals));
    }

    private static Optional<String> account(OptionReader options, String user, UnaryOperator<String> environment)
            throws InvalidOptionException {
        return Credentials.account(options, user, environment).map(found -> found.id + " from " + found.source);
    }

    /** A token in the place of the account is not shown. */
    @Test
    void aMalformedAccountIsNamed() {
        String token = "x".repeat(40);
        for (OptionReader options : new OptionReader[] {
            OptionReader.of(properties("mail.cloudflare.account", token), null), OptionReader.of(new Properties(), null)
        }) {
            InvalidOptionException e =
                    assertThrows(InvalidOptionException.class, () -> Credentials.account(options, null, name -> token));
            assertTrue(
                    e.getMessage()
                            .endsWith(
                                    ": expected an account id of 32 hexadecimal characters, got a value of 40 characters"),
                    e.getMessage());
        }
    }

    @Test
    void theEnvironmentHasEveryOption() throws Exception {
        OptionReader options = OptionReader.of(OptionSource.ofEnvironment(
                Map.of("MAIL_CLOUDFLARE_PROXY_PORT", "8080", "MAIL_CLOUDFLARE_TIMEOUT", "soon")::get));
        assertEquals(8080, options.get(CloudflareProperty.PROXY_PORT));
        InvalidOptionException e =
                assertThrows(InvalidOptionException.class, () -> options.get(CloudflareProperty.TIMEOUT));
        assertEquals(
                "the environment variable MAIL_CLOUDFLARE_TIMEOUT: expected milliseconds >= 0, got \"soon\"",
                e.getMessage());
    }

    private static Properties properties(String key, String value) {
        Properties properties = new Properties();
        properties.put(key, value);
        return properties;
    }
}
