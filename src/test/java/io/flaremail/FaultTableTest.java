package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.MessagingException;
import jakarta.mail.event.TransportEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault with two retries: how often the server saw the message, and what the application was told. */
class FaultTableTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private static final int SMALL = 100;
    private static final int LARGE = 4_000_000; // more than socket buffers hold
    private static final String OK = "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":null}";
    private static final String[] TO = {"a@example.net", "b@example.net"};

    /** Where a row's message goes. */
    private enum Peer {
        SANDBOX,
        NOBODY,
        NO_SUCH_NAME,
        TLS_TO_A_PLAIN_SERVER,
        FULL
    }

    /** What the application is told: SMTP's plain exception, or ours with the addresses. */
    private enum Thrown {
        NOTHING,
        PLAIN,
        REFUSED,
        RETRYABLE,
        MAY_HAVE_BEEN_ACCEPTED
    }

    private record Row(
            String fault,
            Peer peer,
            int bytes,
            List<Fault> faults,
            int posts,
            int attempts,
            RecipientStatus status,
            Thrown thrown,
            String... properties) {
        @Override
        public String toString() {
            return fault + ": " + posts + " POSTs, " + status + ", " + thrown;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                // nobody there: tried again, since nothing was sent
                unreachable("refused", Peer.NOBODY),
                unreachable("DNS", Peer.NO_SUCH_NAME),
                unreachable("TLS", Peer.TLS_TO_A_PLAIN_SERVER),
                unreachable("timeout connect", Peer.FULL, "mail.cloudflare.connectiontimeout", "150"),
                large(
                        "reset before body, large",
                        forever(Fault.resetBeforeBody()),
                        3,
                        RecipientStatus.UNSENT,
                        Thrown.PLAIN),
                large(
                        "reset before body, large, once",
                        List.of(Fault.resetBeforeBody()),
                        2,
                        RecipientStatus.ACCEPTED,
                        Thrown.NOTHING),
                // it may be there: never again
                unknown("reset before body, small", Fault.resetBeforeBody()),
                unknown("reset after body", Fault.reset()),
                unknown("reset after accepting", Fault.reset().afterAccepting()),
                unknown("hang up", Fault.hangUp()),
                unknown("hang up after accepting", Fault.hangUp().afterAccepting()),
                unknown("timeout read", Fault.none().delay(Duration.ofMinutes(1)), "mail.cloudflare.timeout", "200"),
                unknown(
                        "timeout read, answered 429",
                        error(429, 10004, "throttled").delay(Duration.ofMinutes(1)),
                        "mail.cloudflare.timeout",
                        "200"),
                unknown(
                        "endless drip",
                        Fault.drip(200, OK, Duration.ofSeconds(1)).afterAccepting(),
                        "mail.cloudflare.deadline",
                        "500",
                        "mail.cloudflare.timeout",
                        "1500"),
                unknown(
                        "drip slower than the timeout",
                        Fault.drip(200, OK, Duration.ofSeconds(60)).afterAccepting(),
                        "mail.cloudflare.timeout",
                        "200"),
                unknown("bare 500", Fault.status(500, "")),
                unknown("500, other error", error(500, 99999, "something_new")),
                unknown("502 HTML", Fault.html(502)),
                unknown("502 HTML after accepting", Fault.html(502).afterAccepting()),
                unknown("503 bare", Fault.status(503, "")),
                unknown("503 bare with Retry-After", Fault.status(503, "").header("Retry-After", "0")),
                unknown("504 bare", Fault.html(504)),
                unknown("504/10002", error(504, 10002, "internal_server").header("Retry-After", "0")),
                unknown("408 bare", Fault.status(408, "")),
                unknown("200 garbage", Fault.status(200, "<html>a proxy</html>").afterAccepting()),
                unknown("200 empty", Fault.status(200, "").afterAccepting()),
                unknown("200 truncated", Fault.truncated(200, OK, 20).afterAccepting()),
                unknown("200 truncated, not accepted", Fault.truncated(200, OK, 20)),
                unknown("200 gzip", Fault.status(200, OK.substring(1)).header("Content-Encoding", "gzip")),
                // slow, but there
                row(
                        "patient drip",
                        List.of(Fault.drip(200, OK, Duration.ofMillis(1)).afterAccepting()),
                        1,
                        RecipientStatus.ACCEPTED,
                        Thrown.NOTHING),
                row(
                        "slow answer",
                        List.of(Fault.none().delay(Duration.ofMillis(100))),
                        1,
                        RecipientStatus.ACCEPTED,
                        Thrown.NOTHING),
                // nothing was sent, says the API: again
                recovers("429 with seconds", error(429, 10004, "throttled").header("Retry-After", "1")),
                recovers(
                        "429 with a date",
                        error(429, 10004, "throttled").header("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")),
                recovers("429 without", error(429, 10004, "throttled")),
                recovers("429 bare", Fault.status(429, "").header("Retry-After", "0")),
                recovers("429 truncated", Fault.truncated(429, OK, 20).header("Retry-After", "0")),
                recovers("500/10002", error(500, 10002, "internal_server").header("Retry-After", "0")),
                recovers(
                        "503/10100",
                        error(503, 10100, "authentication.upstream").header("Retry-After", "0")),
                row(
                        "429, then 500/10002",
                        List.of(again(429, 10004, "throttled"), again(500, 10002, "internal_server")),
                        3,
                        RecipientStatus.ACCEPTED,
                        Thrown.NOTHING),
                row(
                        "429, then cut",
                        List.of(again(429, 10004, "throttled"), Fault.reset().afterAccepting()),
                        2,
                        RecipientStatus.UNKNOWN,
                        Thrown.MAY_HAVE_BEEN_ACCEPTED),
                row(
                        "429, then refused",
                        List.of(again(429, 10004, "throttled"), error(400, 10202, "email.invalid")),
                        2,
                        RecipientStatus.REFUSED,
                        Thrown.REFUSED),
                // until it is enough
                givesUp("429 forever", again(429, 10004, "throttled"), 3),
                givesUp("500/10002 forever", again(500, 10002, "internal_server"), 3),
                givesUp("503/10100 forever", again(503, 10100, "authentication.upstream"), 3),
                givesUp("429 for too long", error(429, 10004, "throttled").header("Retry-After", "61"), 1),
                givesUp("429 for a year", error(429, 10004, "throttled").header("Retry-After", "999999999"), 1),
                givesUp(
                        "429 until 2099",
                        error(429, 10004, "throttled").header("Retry-After", "Fri, 06 Nov 2099 08:49:37 GMT"),
                        1),
                givesUp(
                        "429 beyond the deadline",
                        error(429, 10004, "throttled").header("Retry-After", "30"),
                        1,
                        "mail.cloudflare.deadline",
                        "20000"),
                // no
                refused("400", error(400, 10202, "email.invalid")),
                refused("401", error(401, 10101, "authentication.unauthorized")),
                refused("403 sending_disabled", error(403, 10203, "email.sending_disabled")),
                refused("404 HTML", Fault.html(404)),
                refused("500/10003", error(500, 10003, "not_implemented").header("Retry-After", "0")),
                refused("200, success false", error(200, 10202, "email.invalid")),
                refused("307", Fault.status(307, "").header("Location", "https://example.com/")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void whatTheServerSawAndTheApplicationHeard(Row row) throws Exception {
        sandbox.fail(row.faults().toArray(Fault[]::new));
        try (FullServer full = new FullServer()) {
            Told told = assertTimeoutPreemptively(
                    Duration.ofSeconds(40), () -> Told.send(properties(row, full), row.bytes(), TO));
            told.addsUp();
            assertEquals(row.posts(), sandbox.requests().size(), "POSTs");
            assertEquals(row.attempts(), told.report().getAttempts());
            assertEquals(Set.of(row.status()), told.statuses());
            assertThrown(row, told);
        }
        for (String recipient : TO) {
            long copies = sandbox.accepted().stream()
                    .map(Accepted::recipients)
                    .filter(to -> to.contains(recipient))
                    .count();
            assertTrue(copies <= 1, "sent twice");
            assertTrue(row.status() != RecipientStatus.ACCEPTED || copies == 1, "not sent");
            assertTrue(row.status() == RecipientStatus.UNKNOWN || row.thrown() == Thrown.NOTHING || copies == 0);
        }
    }

    private static void assertThrown(Row row, Told told) {
        int event = row.thrown() == Thrown.NOTHING
                ? TransportEvent.MESSAGE_DELIVERED
                : TransportEvent.MESSAGE_NOT_DELIVERED;
        assertEquals(event, told.event().getType());
        assertNull(told.event().getInvalidAddresses());
        if (row.thrown() == Thrown.NOTHING) {
            return;
        }
        boolean plain = row.thrown() == Thrown.PLAIN;
        assertEquals(
                plain ? MessagingException.class : CloudflareSendFailedException.class,
                told.thrown().getClass());
        assertEquals(plain || row.thrown() == Thrown.RETRYABLE, told.report().isRetryable());
        assertEquals(
                row.thrown() == Thrown.MAY_HAVE_BEEN_ACCEPTED, told.report().isAcceptanceUnknown());
        if (plain) {
            assertTrue(
                    told.thrown().getMessage().contains("nothing was sent"),
                    told.thrown().getMessage());
        }
        if (row.fault().contains("sending_disabled")) {
            assertTrue(
                    told.thrown().getMessage().contains("up to two minutes"),
                    told.thrown().getMessage());
        }
    }

    private static Properties properties(Row row, FullServer full) throws IOException {
        Properties properties = Mail.with(Mail.properties(sandbox), "mail.cloudflare.retries", "2");
        String endpoint = switch (row.peer()) {
            case SANDBOX -> sandbox.endpoint().toString();
            case NOBODY -> "http://127.0.0.1:" + Mail.closedPort();
            case NO_SUCH_NAME -> "https://flaremail.invalid";
            case TLS_TO_A_PLAIN_SERVER -> sandbox.endpoint().toString().replace("http:", "https:");
            case FULL -> "http://127.0.0.1:" + full.port();
        };
        properties.put("mail.cloudflare.endpoint", endpoint);
        return Mail.with(properties, row.properties());
    }

    private static List<Fault> forever(Fault fault) {
        return Collections.nCopies(9, fault);
    }

    private static Fault error(int status, int code, String message) {
        return Fault.error(status, code, "email.sending.error." + message);
    }

    private static Fault again(int status, int code, String message) {
        return error(status, code, message).header("Retry-After", "0");
    }

    private static Row unreachable(String name, Peer peer, String... properties) {
        return new Row(name, peer, SMALL, List.of(), 0, 3, RecipientStatus.UNSENT, Thrown.PLAIN, properties);
    }

    private static Row large(String name, List<Fault> faults, int posts, RecipientStatus status, Thrown thrown) {
        return new Row(name, Peer.SANDBOX, LARGE, faults, posts, posts, status, thrown);
    }

    private static Row row(
            String name, List<Fault> faults, int posts, RecipientStatus status, Thrown thrown, String... properties) {
        return new Row(name, Peer.SANDBOX, SMALL, faults, posts, posts, status, thrown, properties);
    }

    private static Row unknown(String name, Fault fault, String... properties) {
        return row(name, forever(fault), 1, RecipientStatus.UNKNOWN, Thrown.MAY_HAVE_BEEN_ACCEPTED, properties);
    }

    private static Row recovers(String name, Fault fault) {
        return row(name, List.of(fault), 2, RecipientStatus.ACCEPTED, Thrown.NOTHING);
    }

    private static Row givesUp(String name, Fault fault, int posts, String... properties) {
        return row(name, forever(fault), posts, RecipientStatus.REFUSED, Thrown.RETRYABLE, properties);
    }

    private static Row refused(String name, Fault fault) {
        return row(name, forever(fault), 1, RecipientStatus.REFUSED, Thrown.REFUSED);
    }

    /** Accepts nothing, and its queue is full: further connections are neither made nor refused. */
    private static final class FullServer implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        private final List<SocketChannel> queue = new ArrayList<>();

        private FullServer() throws IOException {
            for (int i = 0; i < 8; i++) {
                SocketChannel waiting = SocketChannel.open();
                queue.add(waiting);
                waiting.setOption(StandardSocketOptions.SO_LINGER, 0);
                waiting.configureBlocking(false);
                waiting.connect(new InetSocketAddress("127.0.0.1", port()));
            }
        }

        private int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel waiting : queue) {
                waiting.close();
            }
            server.close();
        }
    }
}
