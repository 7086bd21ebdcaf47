package io.flaremail.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    private static final String MAIL = "From: ada@foreign.example.net\nBcc: hidden@example.org\nSubject: Hi\n\nHello\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void showsWhatArrivedAndThatEveryClaimHolds() {
        assertEquals(0, demo(), this::everything);
        assertTrue(out.toString().contains("14 checks, none failed."), this::everything);
        assertShows("confidant@example.net             1 message, ");
        assertShows("The attachment is byte for byte the one that was sent.");
        assertShows("The message on the wire has no Bcc field and names the address");
        assertShows("getInvalidAddresses()       bounce@example.net");
        assertEquals("", err.toString());
    }

    @Test
    void fitsEightyColumnsWithoutColours() {
        demo();
        assertTrue(out.toString().lines().allMatch(line -> line.length() < 80), this::everything);
        assertFalse(out.toString().contains("\u001b"), this::everything);
    }

    @Test
    void sendsFileAsItIs() throws IOException {
        assertEquals(
                0, demo(file("a mail.eml", MAIL), "grace@example.org", "Alan <alan@example.net>"), this::everything);
        assertShows("On the wire it is byte for byte the file");
        assertShows("mail.cloudflare.from");
        assertShows("alan@example.net                  1 message, ");
    }

    @Test
    void showsRefusalOfRelayedMail() throws IOException {
        assertEquals(1, demo(file("relayed.eml", "Received: from a by b\n" + MAIL), "a@example.org"), this::everything);
        assertShows("email.sending.error.email.invalid");
        assertShows("The file has 1 Received field");
        assertShows("a@example.org                     nothing");
        assertShows("The message was not sent to everybody.");
    }

    @Test
    void tellsWhoOfTheCommandLineGotTheFile() throws IOException {
        assertEquals(1, demo(file("a.eml", MAIL), "a@example.org", "bounce@example.org"), this::everything);
        assertShows("getInvalidAddresses()       bounce@example.org");
        assertShows("a@example.org                     1 message, ");
        assertShows("Whoever it was not sent to has nothing.");
    }

    @Test
    void strangersTextCannotSteerTheTerminal() throws IOException {
        assertEquals(0, demo(file("a.eml", "From: a@b.example\nSubject: \u001b[2J\u0007x\n\nx\n"), "a@example.org"));
        assertShows("Subject       ?[2J?x");
    }

    @Test
    void saysWhichArgumentMakesNoSense() throws IOException {
        String mail = file("a.eml", MAIL);
        assertUsageError("No such file: nowhere.eml", "nowhere.eml", "a@example.org");
        assertUsageError("Not a readable file: " + directory, directory.toString(), "a@example.org");
        assertUsageError("The file is empty: ", file("empty.eml", ""), "a@example.org");
        assertUsageError("No recipients: ", mail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grace",
                "a@@example.org",
                "a b@example.org",
                "all:a@example.org,b@example.org;",
                "",
                "\u00e4@b.c"
            })
    void refusesWhatIsNoAddress(String address) throws IOException {
        assertUsageError("Not a", file("a.eml", MAIL), "good@example.org", address);
    }

    @Test
    void aClaimThatDoesNotHoldIsTold() {
        Page page = page();
        page.check("Water is wet.", true, "");
        page.check("The moon is cheese.", false, "it is rock");
        assertEquals(1, page.sum());
        assertShows("  FAILED  The moon is cheese.");
        assertShows("          it is rock");
        assertShows("1 of 2 checks FAILED.");
    }

    /** An address that the message does name stands in for one that leaked. */
    @Test
    void bccThatLeakedWouldBeSeen() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            Transport.send(ComposedMail.in(Mail.session(Mail.properties(sandbox))));
            Page page = page();
            new BccCheck(sandbox, page, ComposedMail.TO).check(Inbox.read(sandbox, ComposedMail.TO));
            assertEquals(1, page.sum());
            assertShows("3 of 3 checks FAILED.");
        }
    }

    private void assertUsageError(String message, String... args) {
        out.reset();
        err.reset();
        assertEquals(2, demo(args), this::everything);
        assertTrue(err.toString().startsWith(message), this::everything);
        assertEquals("", out.toString());
    }

    private void assertShows(String text) {
        assertTrue(out.toString(StandardCharsets.UTF_8).contains(text), this::everything);
    }

    private String everything() {
        return out + "\n" + err;
    }

    private int demo(String... args) {
        return Demo.run(List.of(args), page(), new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Page page() {
        return new Page(new PrintStream(out, true, StandardCharsets.UTF_8), Colours.NONE);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }
}
