package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "--prot 1, 'Unknown options: ''--prot'', ''1'''",
        "8080, 'Unmatched argument at index 0: ''8080'''",
        "--token, Missing required parameter for option '--token' (TOKEN)",
        "--port x, 'Invalid value for option ''--port'': ''x'' is not an int'",
        "--account abc, '--account: expected 32 hexadecimal digits, got \"abc\"'",
        "--account 0123456789ABCDEF0123456789ABCDEFx, '--account: expected 32 hexadecimal digits, got \"0123456789ABCDEF0123456789ABCDEFx\"'",
        "--token sécret, '--token: expected a token in printable ASCII without spaces'",
        "--domain a@b, '--domain: expected a domain name or *, got \"a@b\"'",
        "--host localhost, '--host: expected an IP address, got \"localhost\"'",
        "--allow-host a:80, '--allow-host: expected a host name without a port, got \"a:80\"'",
        "--keep 0, '--keep: expected messages from 1 to 1000000, got \"0\"'",
        "--imap-port 65536, '--imap-port: expected a port from 0 to 65535, got \"65536\"'",
        "--event-body xml, '--event-body: expected json or base64, got \"xml\"'",
        "--event-delay -1, '--event-delay: expected milliseconds from 0 to 86400000, got \"-1\"'",
        "--smtp 65536, '--smtp: expected a port from 0 to 65535, got \"65536\"'",
        "--relay smtp://user:secret@host/x, '--relay: expected smtp://host:port or smtps://user:password@host:port'",
        "--relay http:secret, '--relay: expected smtp://host:port or smtps://user:password@host:port'",
        "--other-account abc=x, '--other-account: expected 32 hexadecimal digits, got \"abc\"'",
        "--other-account 0123456789abcdef0123456789abcdef=sécret, '--other-account: expected a token in printable ASCII without spaces'",
        "--port -1, '--port: expected a port from 0 to 65535, got \"-1\"'"
    })
    void badOptionsEndWithTwoAndAMessage(String args, String message) {
        assertEquals(2, run(args.split(" ")));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        assertEquals(
                message + " (--help lists the options)",
                err.toString(StandardCharsets.UTF_8).trim());
    }

    @Test
    void helpNamesEveryOption() {
        assertEquals(0, run("--port", "1", "--help"));
        for (String option : List.of(
                "--port",
                "--imap-port",
                "--dns-port",
                "--account",
                "--host",
                "--allow-host",
                "--random",
                "--keep",
                "--version",
                "--data",
                "--smtp",
                "--relay",
                "--other-account",
                "--zone",
                "--token",
                "--domain",
                "--event-delay",
                "--event-body",
                "--strict",
                "--help")) {
            assertTrue(out.toString(StandardCharsets.UTF_8).contains("  " + option), option);
        }
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aTakenPortEndsWithOne() {
        try (Sandbox sandbox = Sandbox.start()) {
            String port = "" + sandbox.endpoint().getPort();
            String imapPort = sandbox.imap().split(":")[1];
            assertEquals(1, run("--random", "--port", port));
            assertEquals(1, run("--random", "--imap-port", imapPort));
            List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
            assertTrue(lines.get(0).startsWith("Cannot listen for HTTP on port " + port), lines::toString);
            assertTrue(lines.get(1).startsWith("Cannot listen for IMAP on port " + imapPort), lines::toString);
            assertEquals(2, lines.size());
        }
    }

    @Test
    void optionsReachTheSandboxAndTheReadyLineTellsThem() throws Exception {
        List<String> args = List.of(
                "--random",
                "--account",
                "a".repeat(32),
                "--zone",
                "b".repeat(32),
                "--token=--t",
                "--domain",
                "one.example",
                "--domain",
                "two.example");
        try (Sandbox sandbox = SandboxMain.builder(args).start()) {
            assertEquals(List.of("one.example", "two.example"), sandbox.domains());
            String line = SandboxMain.ready(sandbox);
            assertFalse(line.contains("\n"));
            JsonNode ready = new ObjectMapper().readTree(line);
            assertEquals(8, ready.size());
            assertEquals(sandbox.inbox().toString(), ready.get("inbox").textValue());
            assertEquals(sandbox.endpoint().toString(), ready.get("endpoint").textValue());
            assertEquals("a".repeat(32), ready.get("account").textValue());
            assertEquals("b".repeat(32), ready.get("zone").textValue());
            assertEquals("--t", ready.get("token").textValue());
            assertEquals(sandbox.imap(), ready.get("imap").textValue());
            assertEquals(sandbox.dnsServer(), ready.get("dns").textValue());
            assertEquals(sandbox.apiKey(), ready.get("api_key").textValue());
            assertFalse(sandbox.isStrict());
        }
    }

    @Test
    void strictIsAnOption() {
        try (Sandbox sandbox =
                SandboxMain.builder(List.of("--random", "--strict")).start()) {
            assertTrue(sandbox.isStrict());
        }
    }

    @Test
    void theReadyLineIsForProgramsAndTheRestForPeople() throws Exception {
        assertEquals(0, run("--random", "--domain", "*", "--keep", "2"));
        JsonNode ready = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        String greeting = err.toString(StandardCharsets.UTF_8);
        assertTrue(
                greeting.contains(
                        "  mail.cloudflare.token=" + ready.get("token").textValue() + "\n"),
                greeting);
        assertTrue(greeting.contains("Senders: at any domain"), greeting);
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "cloudflare");
        properties.put("mail.transport.protocol.rfc822", "cloudflare");
        properties.put("mail.cloudflare.endpoint", ready.get("endpoint").textValue());
        properties.put("mail.cloudflare.account", ready.get("account").textValue());
        properties.put("mail.cloudflare.token", ready.get("token").textValue());
        for (String subject : List.of("Gr\u00fc\u00dfe 1", "Gr\u00fc\u00dfe 2", "Gr\u00fc\u00dfe 3")) {
            MimeMessage message = new MimeMessage(Session.getInstance(properties));
            message.setFrom("me@anywhere.example");
            message.setRecipients(Message.RecipientType.TO, "ada@example.org");
            message.setSubject(subject, "UTF-8");
            message.setText("Hello");
            Transport.send(message);
        }
        assertTrue(
                err.toString(StandardCharsets.UTF_8)
                        .endsWith("  me@anywhere.example to ada@example.org: Gr\u00fc\u00dfe 3\n"),
                err.toString(StandardCharsets.UTF_8));
    }

    /** Its mailboxes forget it, too. */
    @Test
    void onlyTheLatestMessagesAreKept() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().keep(2).start()) {
            TestClient client = new TestClient(sandbox);
            for (String to : List.of("ada@example.org", "grace@example.org", "ada@example.org", "ada@example.org")) {
                assertEquals(200, client.send(to).statusCode());
            }
            assertEquals(2, sandbox.accepted().size());
            assertEquals(2, sandbox.requests().size());
            assertEquals(2, sandbox.mailbox("ada@example.org").size());
            assertEquals(0, sandbox.mailbox("grace@example.org").size());
        }
    }

    private int run(String... args) {
        return SandboxMain.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
