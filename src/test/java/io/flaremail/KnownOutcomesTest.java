package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What could be known is told: by a late answer, an answer about a stranger, a connection that is about to close. */
@Timeout(120)
class KnownOutcomesTest {
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    /** The second try begins in time, and its answer comes after the deadline. */
    @Test
    void anAnswerAfterTheDeadlineCounts() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Peer.Script slow = line -> {
            for (String recipient = line.read(); recipient != null; recipient = line.read()) {
                if (tries.incrementAndGet() == 1) {
                    line.say(Peer.answer("HTTP/1.1 429 Busy\r\nRetry-After: 1\r\n", ""));
                } else {
                    Idle.millis(1500);
                    line.say(Peer.accepted(recipient));
                }
            }
        };
        try (Peer peer = Peer.saying(slow)) {
            Properties properties = peer.properties("mail.cloudflare.deadline", "2000", "mail.cloudflare.retries", "1");
            Told told = assertTimeoutPreemptively(GENEROUS, () -> Told.send(properties, 100, "a@example.net"));
            assertEquals(Set.of(RecipientStatus.ACCEPTED), told.addsUp().statuses());
            assertEquals(2, told.report().getAttempts());
        }
    }

    /** The first answer takes longer than the deadline: it counts, and no further request is begun. */
    @Test
    void noRequestBeginsAfterTheDeadline() throws Exception {
        Peer.Script slow = line -> {
            for (String recipient = line.read(); recipient != null; recipient = line.read()) {
                Idle.millis(800);
                line.say(Peer.accepted(recipient));
            }
        };
        String[] to =
                IntStream.range(0, 120).mapToObj(i -> "r" + i + "@example.net").toArray(String[]::new);
        try (Peer peer = Peer.saying(slow)) {
            Properties properties = peer.properties("mail.cloudflare.deadline", "400");
            Told told = assertTimeoutPreemptively(GENEROUS, () -> Told.send(properties, 100, to));
            told.addsUp();
            assertEquals(List.of("r0@example.net"), peer.recipients());
            assertEquals(50, told.report().count(RecipientStatus.ACCEPTED));
            assertEquals(70, told.report().count(RecipientStatus.UNSENT));
            assertTrue(told.report().isRetryable());
            assertTrue(
                    told.thrown().getMessage().contains("deadline"),
                    told.thrown().getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "permanent_bounces,     user@example.net,     BOUNCED",
        "suppressed_recipients, User@Example.NET,     SUPPRESSED",
        "permanent_bounces,     Bo <user@example.net>, BOUNCED",
        "permanent_bounces,     USER+TAG@example.net, BOUNCED",
    })
    void aLostRecipientIsFoundWithoutItsSubaddress(String list, String echo, RecipientStatus status) throws Exception {
        sandbox.fail(result(list, echo));
        Told told = send("user+tag@example.net", "b@example.net").addsUp();
        assertEquals(List.of(status, RecipientStatus.ACCEPTED), statuses(told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"permanent_bounces", "suppressed_recipients"})
    void aLostStrangerLeavesNoneReportedAsSent(String list) throws Exception {
        sandbox.fail(result(list, "who@example.net"));
        Told told = send("a@example.net", "b@example.net").addsUp();
        assertEquals(Set.of(RecipientStatus.UNKNOWN), told.statuses());
        CloudflareSendFailedException thrown = assertInstanceOf(CloudflareSendFailedException.class, told.thrown());
        assertTrue(thrown.isAcceptanceUnknown());
        assertFalse(thrown.isRetryable());
        assertTrue(thrown.getMessage().contains("who@example.net"), thrown.getMessage());
        assertEquals(List.of("who@example.net"), thrown.getReport().getUnmatchedAddresses());
    }

    @Test
    void aLostStrangerDoesNotShowTheToken() throws Exception {
        sandbox.fail(result("permanent_bounces", sandbox.token() + "@example.net"));
        Told told = send("a@example.net", "b@example.net").addsUp();
        assertFalse(told.thrown().toString().contains(sandbox.token()), "the token is shown");
        assertEquals(List.of("[token]@example.net"), told.report().getUnmatchedAddresses());
    }

    @Test
    void aLostStrangerLeavesTheConfirmedOnesSent() throws Exception {
        sandbox.fail(Fault.status(
                200,
                "{\"success\":true,\"result\":{\"delivered\":[\"a@example.net\"],\"queued\":[\"b@example.net\"],"
                        + "\"permanent_bounces\":[\"who@example.net\",\"d@example.net\"]}}"));
        Told told = send("a@example.net", "b@example.net", "c@example.net", "d@example.net")
                .addsUp();
        assertEquals(
                List.of(
                        RecipientStatus.DELIVERED,
                        RecipientStatus.QUEUED,
                        RecipientStatus.UNKNOWN,
                        RecipientStatus.BOUNCED),
                statuses(told));
        assertArrayEquals(
                new Address[] {told.to()[0], told.to()[1]}, told.event().getValidSentAddresses());
    }

    /** Idle for longer than the server announced, less a margin, a connection is not used again. */
    @ParameterizedTest
    @CsvSource({"timeout=1, 700, 2", "'timeout=60, max=0', 0, 2", "timeout=60, 0, 1", "max=5, 0, 1"})
    void aConnectionIsReusedAsItsServerAnnounces(String announced, int idle, int connections) throws Exception {
        Peer.Script brief = line -> {
            for (String recipient = line.read(); recipient != null; recipient = line.read()) {
                line.say(Peer.answer(
                        "HTTP/1.1 200 OK\r\nKeep-Alive: " + announced + "\r\nContent-Type: application/json\r\n",
                        "{\"success\":true,\"result\":null}"));
            }
        };
        try (Peer peer = Peer.saying(brief)) {
            for (int i = 0; i < 2; i++) {
                Told told = Told.send(peer.properties(), 100, "m" + i + "@example.net");
                assertEquals(Set.of(RecipientStatus.ACCEPTED), told.addsUp().statuses());
                Idle.millis(idle);
            }
            assertEquals(connections, peer.connections());
        }
    }

    /** It sends, as with SMTP, and is told at once that the service was busy. */
    @Test
    void anInterruptedThreadDoesNotWaitOutRetries() throws Exception {
        Peer.Script busy = line -> {
            for (String recipient = line.read(); recipient != null; recipient = line.read()) {
                line.say(Peer.answer("HTTP/1.1 429 Busy\r\nRetry-After: 50\r\n", ""));
            }
        };
        try (Peer peer = Peer.saying(busy)) {
            Properties properties = peer.properties("mail.cloudflare.retries", "2");
            Told told = assertTimeoutPreemptively(GENEROUS, () -> {
                Thread.currentThread().interrupt();
                return Told.send(properties, 100, "a@example.net");
            });
            assertEquals(Set.of(RecipientStatus.REFUSED), told.addsUp().statuses());
            assertTrue(told.report().isRetryable());
            assertTrue(told.interrupted());
            assertEquals(1, told.report().getAttempts());
        }
    }

    private static Fault result(String list, String address) {
        return Fault.status(200, "{\"success\":true,\"result\":{\"" + list + "\":[\"" + address + "\"]}}");
    }

    private static List<RecipientStatus> statuses(Told told) {
        return told.report().getRecipients().stream()
                .map(RecipientOutcome::getStatus)
                .toList();
    }

    private static Told send(String... to) throws Exception {
        return Told.send(Mail.properties(sandbox), 100, to);
    }
}
