package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs on the wire from what the application gave: trace fields, redirection, bytes that JSON cannot carry. */
class HeaderRulesTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private static final String RELAYED = "Return-Path: <x@example.org>\r\n"
            + "Received: from a by b;\r\n\tMon, 23 Nov 2026 10:00:00 +0000\r\n"
            + "X-Received: by c\r\n"
            + "received: from d by e\r\n"
            + "From: billing@example.com\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nReceived: in a part\r\n\r\ntext\r\n"
            + "--b\r\nContent-Type: message/rfc822\r\n\r\nReceived: in a message\r\nBcc: kept@example.org\r\n\r\nold\r\n"
            + "--b--\r\n";

    @Test
    void traceFieldsStayBehindAtTheTopOnly() throws Exception {
        Session session = Mail.session(sandbox);
        MimeMessage message = Mail.parsed(session, RELAYED);
        byte[] before = Mail.bytes(message);
        send(message, "a@example.net");
        String expected = RELAYED.substring(RELAYED.indexOf("From:"));
        assertEquals(expected, wire(0));
        assertArrayEquals(before, Mail.bytes(message), "the caller's message keeps them");
    }

    @ParameterizedTest
    @CsvSource({"'', 400", "X-Received, 400", "'Received, X-Received', 200", "'received ,,x-received', 200"})
    void stripIsConfigurable(String strip, int status) throws Exception {
        Session session = Mail.session(sandbox, "mail.cloudflare.strip", strip);
        MimeMessage message = Mail.parsed(session, RELAYED);
        if (status == 200) {
            send(message, "a@example.net");
            assertTrue(wire(0).startsWith("Return-Path:"), wire(0));
        } else {
            CloudflareSendFailedException refused =
                    assertThrows(CloudflareSendFailedException.class, () -> send(message, "a@example.net"));
            assertEquals(status, refused.getStatus());
            assertTrue(refused.getMessage().contains("trace fields"), refused.getMessage());
            String body = sandbox.requests().get(0).text();
            assertEquals(strip.isEmpty(), body.contains("X-Received"), "empty turns stripping off");
        }
    }

    @Test
    void stripNamesHeaderFields() {
        Session session = Mail.session(sandbox, "mail.cloudflare.strip", "Received:, X");
        MessagingException malformed = assertThrows(
                MessagingException.class, () -> session.getTransport().connect());
        assertTrue(malformed.getMessage().startsWith("mail.cloudflare.strip: expected "), malformed.getMessage());
    }

    @Test
    void everythingIsRedirected() throws Exception {
        List<SendReport> reports = new ArrayList<>();
        Session session = Mail.session(sandbox, "mail.cloudflare.redirect", "staging@example.org");
        session.getProperties().put("mail.cloudflare.listener", (SendListener) reports::add);
        MimeMessage message = Mail.message(session, "list@example.net");
        byte[] before = Mail.bytes(message);
        String[] to =
                IntStream.range(0, 120).mapToObj(i -> "r" + i + "@example.net").toArray(String[]::new);
        send(message, to);
        assertEquals(1, sandbox.accepted().size());
        assertEquals(List.of("staging@example.org"), sandbox.accepted().get(0).recipients());
        assertTrue(wire(0).startsWith("X-Flaremail-Intended-Recipients: r0@example.net,\r\n r1@example.net,"), wire(0));
        assertTrue(wire(0).contains(" r119@example.net\r\n"), wire(0));
        assertEquals(Optional.of("staging@example.org"), reports.get(0).getRedirect());
        assertEquals(120, reports.get(0).getRecipients().size());
        assertTrue(reports.get(0).isSuccess());
        assertArrayEquals(before, Mail.bytes(message));
    }

    @Test
    void whatBecomesOfTheRedirectedMessageBecomesOfAll() throws Exception {
        Session session = Mail.session(sandbox, "mail.cloudflare.redirect", "bounce@example.org");
        MimeMessage message = Mail.message(session, "list@example.net");
        CloudflareSendFailedException bounced = assertThrows(
                CloudflareSendFailedException.class, () -> send(message, "a@example.net", "b@example.net"));
        assertEquals(2, bounced.getInvalidAddresses().length);
    }

    @Test
    void redirectIsOneAddress() {
        Session session = Mail.session(sandbox, "mail.cloudflare.redirect", "a@example.org, b@example.org");
        MessagingException malformed = assertThrows(
                MessagingException.class, () -> session.getTransport().connect());
        assertTrue(malformed.getMessage().startsWith("mail.cloudflare.redirect: expected "), malformed.getMessage());
    }

    @Test
    void bytesThatJsonCannotCarryAreReEncoded() throws Exception {
        Session session = Mail.session(sandbox);
        MimeMessage message = Mail.parsed(
                session,
                "From: billing@example.com\nSubject: Gr\u00fc\u00dfe\nMIME-Version: 1.0\n"
                        + "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nGr\u00fc\u00dfe\n");
        byte[] before = Mail.bytes(message);
        send(message, "a@example.net");
        MimeMessage arrived =
                Mail.parsed(session, sandbox.mailbox("a@example.net").get(0));
        assertEquals("Grüße\r\n", arrived.getContent());
        assertEquals("Grüße", arrived.getSubject());
        assertArrayEquals(before, Mail.bytes(message), "the caller's message is as it was");
    }

    @Test
    void rawUtf8PassesAsItIs() throws Exception {
        Session session = Mail.session(sandbox);
        String text = "From: billing@example.com\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 8bit\r\nSubject: Grüße 😀\r\n\r\n€\r\n";
        send(Mail.parsed(session, text.getBytes(StandardCharsets.UTF_8)), "a@example.net");
        assertArrayEquals(
                text.getBytes(StandardCharsets.UTF_8), sandbox.accepted().get(0).mime());
    }

    /** JSON carries NUL and lines of any length, and SMTP clients send them as they are: so do we. */
    @Test
    void nulAndLongLinesPassAsThroughSmtp() throws Exception {
        Session session = Mail.session(sandbox);
        String text = "From: billing@example.com\r\n\r\n\0" + "x".repeat(2000) + "\r\n";
        send(Mail.parsed(session, text), "a@example.net");
        assertEquals(text, wire(0));
    }

    @Test
    void verifyAsksAtConnect() throws Exception {
        Mail.session(sandbox, "mail.cloudflare.verify", "true").getTransport().connect();
        assertEquals(1, sandbox.requests().size());
        assertTrue(sandbox.requests().get(0).path().endsWith("/email/sending/limits"));

        Session wrong = Mail.session(
                sandbox, "mail.cloudflare.verify", "true", "mail.cloudflare.token", "wrong-token-wrong-token");
        Transport transport = wrong.getTransport();
        AuthenticationFailedException refused = assertThrows(AuthenticationFailedException.class, transport::connect);
        assertTrue(refused.getMessage().contains("HTTP 401"), refused.getMessage());
        assertTrue(refused.getMessage().contains("from mail.cloudflare.token"), refused.getMessage());
        assertFalse(refused.getMessage().contains("wrong-token-wrong"), refused.getMessage());
        assertFalse(transport.isConnected());

        Session nowhere = Mail.session(
                sandbox, "mail.cloudflare.verify", "true", "mail.cloudflare.endpoint", "http://127.0.0.1:1/");
        MessagingException unreachable = assertThrows(
                MessagingException.class, () -> nowhere.getTransport().connect());
        assertSame(MessagingException.class, unreachable.getClass());
        assertTrue(unreachable.getNextException() instanceof IOException);
    }

    private static void send(MimeMessage message, String... to) throws MessagingException {
        try (Transport transport = message.getSession().getTransport()) {
            transport.connect();
            Address[] addresses = Mail.addresses(to);
            transport.sendMessage(message, addresses);
        }
    }

    private static String wire(int index) {
        return new String(sandbox.accepted().get(index).mime(), StandardCharsets.UTF_8);
    }
}
