package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "--prot 1, unknown option --prot",
        "8080, unknown option 8080",
        "--token, --token: expected a value",
        "--port x, '--port: expected a port from 0 to 65535, got \"x\"'",
        "--imap-port 65536, '--imap-port: expected a port from 0 to 65535, got \"65536\"'",
        "--event-body xml, '--event-body: expected json or base64, got \"xml\"'",
        "--event-delay 1s, '--event-delay: expected milliseconds from 0 to 86400000, got \"1s\"'",
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
                "--account",
                "--zone",
                "--token",
                "--domain",
                "--event-delay",
                "--event-body",
                "--help")) {
            assertTrue(out.toString(StandardCharsets.UTF_8).contains("  " + option + " "), option);
        }
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aTakenPortEndsWithOne() {
        try (Sandbox sandbox = Sandbox.start()) {
            String port = "" + sandbox.endpoint().getPort();
            String imapPort = sandbox.imap().split(":")[1];
            assertEquals(1, run("--port", port));
            assertEquals(1, run("--imap-port", imapPort));
            List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
            assertTrue(lines.get(0).startsWith("Cannot listen for HTTP on port " + port), lines::toString);
            assertTrue(lines.get(1).startsWith("Cannot listen for IMAP on port " + imapPort), lines::toString);
            assertEquals(2, lines.size());
        }
    }

    @Test
    void optionsReachTheSandboxAndTheReadyLineTellsThem() throws Exception {
        List<String> args = List.of(
                "--account",
                "a",
                "--zone",
                "z",
                "--token",
                "--t",
                "--domain",
                "one.example",
                "--domain",
                "two.example");
        try (Sandbox sandbox = SandboxMain.builder(args).start()) {
            assertEquals(List.of("one.example", "two.example"), sandbox.domains());
            String line = SandboxMain.ready(sandbox);
            assertFalse(line.contains("\n"));
            JsonNode ready = new ObjectMapper().readTree(line);
            assertEquals(6, ready.size());
            assertEquals(sandbox.endpoint().toString(), ready.get("endpoint").textValue());
            assertEquals("a", ready.get("account").textValue());
            assertEquals("z", ready.get("zone").textValue());
            assertEquals("--t", ready.get("token").textValue());
            assertEquals(sandbox.imap(), ready.get("imap").textValue());
            assertEquals(sandbox.dnsServer(), ready.get("dns").textValue());
        }
    }

    private int run(String... args) {
        return SandboxMain.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
