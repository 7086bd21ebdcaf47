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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    private static final String MAIL = "From: ada@foreign.example.net\nBcc: hidden@example.org\nSubject: Hi\n\nHello\n";

    private static final String LATIN1 = "Received: from a by b\nFrom: a@b.example\nSubject: Gr\u00fc\u00dfe\n"
            + "MIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n"
            + "Content-Disposition: inline; filename=\"name.txt\"\n\nHallo, sch\u00f6ne Gr\u00fc\u00dfe\n";

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
    void sendsRelayedMailWithoutItsTrace() throws IOException {
        String relayed = "Return-Path: <ada@b.example>\nReceived: from a by b;\n\tMon, 23 Nov 2026 10:00:00 +0000\n"
                + "X-Received: by c\nreceived: from b by c\nMIME-Version: 1.0\n"
                + "Content-Type: multipart/mixed; boundary=b\n" + MAIL.replace("\nHello\n", "")
                + "\n--b\nReceived: in a part\n\nHello\n--b\nContent-Type: message/rfc822\n\n"
                + "Received: in a message\nFrom: a@b.example\n\nHello\n--b--\n";
        assertEquals(0, demo(file("relayed.eml", relayed), "a@example.org"), this::everything);
        assertShows("mail.cloudflare.strip");
        assertShowsWords("On the wire it is byte for byte the file, line ends as CRLF, without Bcc, Received,"
                + " X-Received, Return-Path.");
        assertShows("4 checks, none failed.");
    }

    @Test
    void saysNothingOfTraceWhereThereIsNone() throws IOException {
        assertEquals(0, demo(file("a.eml", MAIL), "a@example.org"), this::everything);
        assertShowsWords("byte for byte the file, line ends as CRLF, without Bcc.");
        assertFalse(out.toString().contains("Received"), this::everything);
    }

    @Test
    void comparesWhatReadersSeeWhereBytesHadToChange() throws IOException {
        assertEquals(0, demo(latin1File("latin1.eml", LATIN1), "a@example.org"), this::everything);
        assertShowsWords(
                "On the wire it is re-encoded, since JSON cannot carry what is not UTF-8. A reader sees what is"
                        + " in the file: the same parts, header fields and contents, without Received.");
        assertShows("4 checks, none failed.");
        assertFalse(out.toString().contains("byte for byte"), this::everything);
    }

    @Test
    void bytesThatNeedNoChangeAreCompared() throws IOException {
        String utf8 = "From: a@b.example\nSubject: Zo\u00eb\nReceived: from caf\u00e9 by b\n\n\u20ac\n";
        assertEquals(0, demo(file("utf8.eml", utf8), "a@example.org"), this::everything);
        assertShowsWords("byte for byte the file, line ends as CRLF, without Received.");
    }

    @Test
    void signedFileThatIsNotUtf8IsTurnedDown() throws IOException {
        String signed = "DKIM-Signature: v=1; d=b.example\n" + LATIN1;
        assertEquals(1, demo(latin1File("signed.eml", signed), "a@example.org"), this::everything);
        assertShowsWords("The message cannot be sent as JSON: ");
        assertShowsWords("its message is signed by a DKIM-Signature header");
        assertShows("It was turned down before anything was sent.");
        assertShows("a@example.org                     nothing");
        assertShows("2 checks, none failed.");
        assertShows("The message was not sent to everybody.");
    }

    @ParameterizedTest
    @CsvSource({"Hallo, hallo", "text/plain, text/html", "name.txt, name.bin", "Subject, Comments", "ADDED, more"})
    void aDifferenceThatReadersSeeIsTold(String before, String after) throws Exception {
        byte[] file = (LATIN1 + "ADDED").getBytes(StandardCharsets.ISO_8859_1);
        byte[] changed = (LATIN1 + "ADDED").replace(before, after).getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Optional.empty(), Reading.difference(file, file));
        assertTrue(Reading.difference(file, changed).isPresent());
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

    /** The same wherever the lines break. */
    private void assertShowsWords(String text) {
        assertTrue(
                out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ").contains(text.strip()), this::everything);
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

    private String latin1File(String name, String content) throws IOException {
        return Files.write(directory.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1))
                .toString();
    }
}
