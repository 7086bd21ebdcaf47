package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each fault: how many POSTs the server saw, with two retries allowed, and what the application was told. No row
 * sends twice, and no row loses an address.
 */
class FaultTableTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private static final String NOT_JSON = "<html>a proxy</html>";

    /** What the application is told. */
    private enum Told {
        SENT,
        REFUSED,
        REFUSED_RETRYABLE,
        UNSENT,
        UNKNOWN
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                row("no fault", 1, Told.SENT, Fault.none()),
                row("reset before the body, then none", 2, Told.SENT, Fault.resetBeforeBody(), Fault.none()),
                row("reset after the body", 1, Told.UNKNOWN, Fault.reset()),
                row("reset after accepting", 1, Told.UNKNOWN, Fault.reset().afterAccepting()),
                row("hung up after the body", 1, Told.UNKNOWN, Fault.hangUp()),
                row("timeout reading", 1, Told.UNKNOWN, Fault.none().delay(Duration.ofMinutes(1))),
                row("drip", 1, Told.UNKNOWN, Fault.drip(200, "{\"success\":true}", Duration.ofMinutes(1))),
                row("429 with seconds, then none", 2, Told.SENT, throttled("0"), Fault.none()),
                row("429 with a date, then none", 2, Told.SENT, throttled(date(-5)), Fault.none()),
                row("429 without, then none", 2, Told.SENT, throttled(null), Fault.none()),
                row(
                        "429 for ever",
                        3,
                        Told.REFUSED_RETRYABLE,
                        throttled("0"),
                        throttled("0"),
                        throttled("0"),
                        throttled("0")),
                row("429, come back in an hour", 1, Told.REFUSED_RETRYABLE, throttled("3600")),
                row("429, come back at a date far off", 1, Told.REFUSED_RETRYABLE, throttled(date(7200))),
                row(
                        "429 in a proxy's words, then none",
                        2,
                        Told.SENT,
                        Fault.html(429).header("Retry-After", "0"),
                        Fault.none()),
                row("500 with 10002, then none", 2, Told.SENT, internal(), Fault.none()),
                row("500 with 10002 for ever", 3, Told.REFUSED_RETRYABLE, internal(), internal(), internal()),
                row("500 with 10003", 1, Told.REFUSED, Fault.error(500, 10003, "email.sending.error.not_implemented")),
                row("500 with another error", 1, Told.UNKNOWN, Fault.error(500, 1, "oops")),
                row(
                        "500 with 10002 and another",
                        1,
                        Told.UNKNOWN,
                        Fault.status(500, errors(10002, "internal_server", 1, "oops"))),
                row("bare 500", 1, Told.UNKNOWN, Fault.html(500)),
                row("502 in HTML", 1, Told.UNKNOWN, Fault.html(502)),
                row("502 that accepted", 1, Told.UNKNOWN, Fault.html(502).afterAccepting()),
                row("503 with 10100, then none", 2, Told.SENT, upstream(), Fault.none()),
                row("503 with another error", 1, Told.UNKNOWN, Fault.error(503, 777, "oops")),
                row("bare 503", 1, Told.UNKNOWN, Fault.html(503)),
                row("504", 1, Told.UNKNOWN, Fault.html(504)),
                row("504 with 10002", 1, Told.UNKNOWN, Fault.error(504, 10002, "email.sending.error.internal_server")),
                row("408 in a proxy's words", 1, Told.UNKNOWN, Fault.html(408)),
                row("200 with garbage", 1, Told.UNKNOWN, Fault.status(200, NOT_JSON)),
                row(
                        "200 with garbage that accepted",
                        1,
                        Told.UNKNOWN,
                        Fault.status(200, NOT_JSON).afterAccepting()),
                row("200 cut short", 1, Told.UNKNOWN, Fault.truncated(200, "{\"success\":true,\"result\":null}", 10)),
                row(
                        "200 that did not succeed",
                        1,
                        Told.REFUSED,
                        Fault.status(200, errors(10202, "email.invalid", 1, "x"))),
                row(
                        "400 that says it succeeded",
                        1,
                        Told.UNKNOWN,
                        Fault.status(400, "{\"success\":true,\"result\":null}")),
                row("302", 1, Told.REFUSED, Fault.status(302, "").header("Location", "https://example.org/")),
                row("307", 1, Told.REFUSED, Fault.status(307, "").header("Location", "/elsewhere")),
                row("401", 1, Told.REFUSED, Fault.error(401, 10101, "email.sending.error.authentication.unauthorized")),
                row(
                        "403 not yet",
                        1,
                        Told.REFUSED,
                        Fault.error(403, 10203, "email.sending.error.email.sending_disabled")),
                row("413 in a proxy's words", 1, Told.REFUSED, Fault.html(413)));
    }

    private static Arguments row(String name, int posts, Told told, Fault... faults) {
        return Arguments.of(name, posts, told, faults);
    }

    private static Fault throttled(String retryAfter) {
        Fault fault = Fault.error(429, 10004, "email.sending.error.throttled");
        return retryAfter == null ? fault : fault.header("Retry-After", retryAfter);
    }

    private static Fault internal() {
        return Fault.error(500, 10002, "email.sending.error.internal_server").header("Retry-After", "0");
    }

    private static Fault upstream() {
        return Fault.error(503, 10100, "email.sending.error.authentication.upstream")
                .header("Retry-After", "0");
    }

    private static String date(int seconds) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(seconds).atOffset(ZoneOffset.UTC));
    }

    private static String errors(int code1, String message1, int code2, String message2) {
        return "{\"success\":false,\"result\":null,\"errors\":[{\"code\":" + code1 + ",\"message\":\"" + message1
                + "\"},{\"code\":" + code2 + ",\"message\":\"" + message2 + "\"}]}";
    }

    @ParameterizedTest(name = "{0}: {1} POSTs, {2}")
    @MethodSource("faults")
    void table(String name, int posts, Told told, Fault[] faults) throws Exception {
        sandbox.fail(faults);
        Session session = Mail.session(sandbox, "mail.cloudflare.timeout", "1500");
        // Larger than what sockets buffer, so that a reset before the body is one.
        boolean large = name.startsWith("reset before");
        tells(told, session, large ? "x".repeat(70).concat("\n").repeat(60_000) : "text");
        assertEquals(posts, sandbox.requests().size(), "POSTs");
    }

    @Test
    void refused() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        tells(Told.UNSENT, Mail.session(sandbox, "mail.cloudflare.endpoint", "http://127.0.0.1:" + port), "text");
    }

    @Test
    void noSuchHost() throws Exception {
        tells(Told.UNSENT, Mail.session(sandbox, "mail.cloudflare.endpoint", "https://no-such-host.invalid/"), "text");
    }

    @Test
    void tlsToAPeerThatSpeaksNone() throws Exception {
        String tls = sandbox.endpoint().toString().replace("http:", "https:");
        Session session =
                Mail.session(sandbox, "mail.cloudflare.endpoint", tls, "mail.cloudflare.connectiontimeout", "1500");
        tells(Told.UNSENT, session, "text");
        assertEquals(0, sandbox.accepted().size());
    }

    /** Accepts TCP connections, as kernels do, and never says a word: the TLS handshake cannot end by itself. */
    @Test
    void timeoutConnecting() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            Session session = Mail.session(
                    sandbox,
                    "mail.cloudflare.endpoint",
                    "https://localhost:" + mute.getLocalPort(),
                    "mail.cloudflare.connectiontimeout",
                    "300");
            tells(Told.UNSENT, session, "text");
        }
    }

    @Test
    void sendingDisabledSaysThatAFreshDomainTakesItsTime() {
        sandbox.fail(Fault.error(403, 10203, "email.sending.error.email.sending_disabled"));
        MimeMessage message = Mail.message(Mail.session(sandbox), "a@example.net");
        MessagingException thrown = assertThrows(MessagingException.class, () -> Transport.send(message));
        assertTrue(thrown.getMessage().contains("up to two minutes"), thrown.getMessage());
    }

    /** Sends to three recipients, and checks that each is in exactly one array and has the message at most once. */
    private static void tells(Told told, Session session, String text) throws Exception {
        MimeMessage message = Mail.message(session, "list@example.net");
        message.setText(text);
        message.saveChanges();
        Address[] to = Mail.addresses("a@example.net", "b@example.net", "c@example.net");
        List<SendReport> reports = new ArrayList<>();
        session.getProperties().put("mail.cloudflare.listener", (SendListener) reports::add);
        TransportEvent event;
        MessagingException thrown = null;
        try (Transport transport = session.getTransport()) {
            transport.connect();
            Events events = Events.of(transport);
            try {
                transport.sendMessage(message, to);
            } catch (MessagingException failed) {
                thrown = failed;
            }
            event = events.next();
            assertNotNull(event, "one event");
        }
        assertEquals(1, reports.size());
        assertEquals(told, told(thrown, reports.get(0)), String.valueOf(thrown));
        assertEquals(
                told == Told.SENT ? TransportEvent.MESSAGE_DELIVERED : TransportEvent.MESSAGE_NOT_DELIVERED,
                event.getType());
        assertEachOnce(to, event);
        assertDeliveredAtMostOnce(told);
    }

    private static Told told(MessagingException thrown, SendReport report) {
        if (thrown == null) {
            assertTrue(report.isSuccess());
            return Told.SENT;
        }
        if (!(thrown instanceof SendFailedException)) {
            assertInstanceOf(IOException.class, thrown.getNextException());
            return Told.UNSENT;
        }
        CloudflareSendFailedException failure = (CloudflareSendFailedException) thrown;
        assertEquals(report.isAcceptanceUnknown(), failure.isAcceptanceUnknown());
        return failure.isAcceptanceUnknown()
                ? Told.UNKNOWN
                : failure.isRetryable() ? Told.REFUSED_RETRYABLE : Told.REFUSED;
    }

    private static void assertEachOnce(Address[] to, TransportEvent event) {
        List<Address> all = new ArrayList<>();
        for (Address[] addresses : new Address[][] {
            event.getValidSentAddresses(), event.getValidUnsentAddresses(), event.getInvalidAddresses()
        }) {
            all.addAll(addresses == null ? List.of() : Arrays.asList(addresses));
        }
        assertEquals(to.length, all.size());
        assertEquals(new HashSet<>(Arrays.asList(to)), new HashSet<>(all));
    }

    private static void assertDeliveredAtMostOnce(Told told) {
        Map<Told, Integer> most = Map.of(Told.SENT, 1, Told.UNKNOWN, 1);
        List<Accepted> accepted = sandbox.accepted();
        assertTrue(accepted.size() <= most.getOrDefault(told, 0), accepted.size() + " accepted, told " + told);
        assertTrue(told != Told.SENT || accepted.size() == 1, "told sent, and it is");
    }
}
