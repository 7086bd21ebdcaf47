package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One call, one line: text of others must not look like a line of ours. */
class LogLinesTest {
    private static final String FORGED = "SendReport[1 DELIVERED, messageIds=[<forged@example.com>]]";

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private interface Sender {
        void send(Session session) throws MessagingException;
    }

    static Stream<Named<Sender>> textsOfOthers() {
        return Stream.of(
                Named.of("a recipient", session -> send(session, "a@example.net\n" + FORGED)),
                Named.of("a recipient's line separator", session -> send(session, "a@example.net\u2028" + FORGED)),
                Named.of("a recipient's carriage return", session -> send(session, "a@example.net\r" + FORGED)),
                Named.of("a recipient's name", LogLinesTest::sendToName),
                Named.of("the reverse-path", session -> {
                    session.getProperties().put("mail.cloudflare.from", "a@example.com\n" + FORGED);
                    send(session, "a@example.net");
                }),
                Named.of("the From address", LogLinesTest::sendFrom),
                Named.of("the message id of an answer", session -> {
                    sandbox.fail(Fault.status(
                            200,
                            "{\"success\":true,\"result\":{\"message_id\":\"<x>\\n" + FORGED
                                    + "\",\"delivered\":[\"a@example.net\"]}}"));
                    send(session, "a@example.net");
                }),
                Named.of("an error of an answer", session -> {
                    sandbox.fail(Fault.status(
                            400, "{\"success\":false,\"errors\":[{\"code\":1,\"message\":\"no\\n" + FORGED + "\"}]}"));
                    send(session, "a@example.net");
                }),
                Named.of("a property's name", session -> {
                    session.getProperties().put("mail.cloudflare.x\n" + FORGED, "");
                    send(session, "a@example.net");
                }),
                Named.of("the token file's name", session -> {
                    session.getProperties().remove("mail.cloudflare.token");
                    session.getProperties().put("mail.cloudflare.token.file", "/no/such\n" + FORGED);
                    send(session, "a@example.net");
                }));
    }

    @ParameterizedTest
    @MethodSource("textsOfOthers")
    void textOfOthersForgesNoLine(Sender sender) {
        Session session = Mail.session(sandbox);
        try (LogLines log = new LogLines().of(session)) {
            try {
                sender.send(session);
            } catch (MessagingException refused) {
                // whether it goes out is not the question
            }
            for (String line : log.debugLines()) {
                assertFalse(line.startsWith("SendReport"), line);
            }
            for (String message : log.messages()) {
                assertTrue(message.chars().noneMatch(LogLinesTest::breaksLines), message);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0085", "\u2028", "\u2029", "\u202e", "\u0000"})
    void aLineOfTheDebugOutputIsOneLine(String breaks) {
        Session session = Mail.session(sandbox);
        try (LogLines log = new LogLines().of(session)) {
            new DebugLog(session).fine("one" + breaks + "two");
            assertEquals(1, log.debugLines().size());
            assertFalse(log.debugLines().get(0).contains(breaks), log.debugLines()::toString);
            assertFalse(log.messages().get(0).contains(breaks), log.messages()::toString);
        }
    }

    /** A list of many requests' ids is shown whole; text without end is not. */
    @Test
    void linesAreLongEnoughAndBounded() {
        Session session = Mail.session(sandbox);
        try (LogLines log = new LogLines()) {
            String ids = "<0123456789012345678901234567890123456789@example.com>".repeat(100);
            new DebugLog(session).fine(ids);
            new DebugLog(session).fine("x".repeat(1_000_000));
            assertEquals(ids, log.messages().get(0));
            assertTrue(log.messages().get(1).length() < 20_000);
            assertTrue(log.messages().get(1).endsWith("x..."));
        }
    }

    /** What support asks for first: the request, each recipient, the report; and a listener that fails. */
    @Test
    void debugLinesTellTheSend() throws Exception {
        Session session = Mail.session(sandbox);
        session.getProperties().put("mail.cloudflare.listener", (SendListener) report -> {
            throw new IllegalStateException("on purpose");
        });
        try (LogLines log = new LogLines().of(session)) {
            send(session, "a@example.net");
            String lines = String.join("\n", log.messages());
            assertTrue(lines.matches("(?s).*sending \\d+ bytes from \\S+ to 1 addresses.*"), lines);
            assertTrue(lines.contains("  a@example.net ACCEPTED"), lines);
            assertTrue(lines.contains("SendReport["), lines);
            assertEquals(
                    List.of("the SendListener failed: java.lang.IllegalStateException"), log.messages(Level.WARNING));
        }
        Session unreachable = Mail.session(sandbox);
        unreachable.getProperties().put("mail.cloudflare.endpoint", "http://127.0.0.1:1/client/v4");
        unreachable.getProperties().put("mail.cloudflare.retries", "0");
        try (LogLines log = new LogLines().of(unreachable)) {
            assertThrows(MessagingException.class, () -> send(unreachable, "a@example.net"));
            assertTrue(
                    log.messages().stream()
                            .anyMatch(line ->
                                    line.contains("ConnectException") || line.contains("HttpHostConnectException")),
                    log.messages()::toString);
        }
    }

    /** Applications log outcomes, too. */
    @Test
    void anOutcomeIsOneLine() {
        CloudflareSendFailedException invalid = assertThrows(
                CloudflareSendFailedException.class, () -> send(Mail.session(sandbox), "a@example.net\n" + FORGED));
        String outcome = invalid.getReport().getRecipients().get(0).toString();
        assertEquals("<a@example.net\\n" + FORGED + "> INVALID", outcome);
    }

    private static boolean breaksLines(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static void send(Session session, String to) throws MessagingException {
        InternetAddress address = new InternetAddress();
        address.setAddress(to);
        Transport.send(Mail.message(session, "a@example.net"), new Address[] {address});
    }

    private static void sendToName(Session session) throws MessagingException {
        InternetAddress address = new InternetAddress("(A\n" + FORGED + ") a@example.net", false);
        Transport.send(Mail.message(session, "a@example.net"), new Address[] {address});
    }

    private static void sendFrom(Session session) throws MessagingException {
        MimeMessage message = Mail.message(session, "a@example.net");
        message.setHeader("From", "\"a\r\n " + FORGED + "\"@example.com");
        Transport.send(message, Mail.addresses("a@example.net"));
    }
}
