package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Waiting for a domain's DNS, without waiting: the pauses are written down instead. */
class AwaitReadyTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final List<String> told = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private CloudflareEmail client;

    @BeforeEach
    void open() {
        client = peer.builder().retries(0).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static Reply status(String status) {
        return Reply.ok("{\"status\":\"" + status + "\"}");
    }

    private DnsStatus await(Duration timeout) throws CloudflareApiException {
        return client.subdomains("zone").awaitReady("t1", timeout, status -> told.add(status.getStatus()), pause -> {
            pauses.add(pause);
            return true;
        });
    }

    @Test
    void eachStatusIsToldUntilOneIsReady() throws Exception {
        peer.script(status("unconfigured"), status("misconfigured"), status("some new word"), status("ready"));
        assertTrue(await(LONG).isReady());
        assertEquals(List.of("unconfigured", "misconfigured", "some new word", "ready"), told);
        assertEquals(List.of(BETWEEN, BETWEEN, BETWEEN), pauses);
        assertEquals(4, peer.calls().size());
    }

    @Test
    void whatIsReadyIsNotWaitedFor() throws Exception {
        peer.script(status("ready"));
        assertTrue(await(LONG).isReady());
        assertEquals(List.of(), pauses);
    }

    @Test
    void atLeastOneLookIsTaken() throws Exception {
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            peer.script(status("unconfigured"));
            assertFalse(await(none).isReady());
        }
        assertEquals(List.of("unconfigured", "unconfigured"), told);
        assertEquals(List.of(), pauses);
    }

    /** The last pause is as long as there is time; then comes one look more. */
    @Test
    void theTimeIsUsedToItsEnd() throws Exception {
        peer.script(status("unconfigured"), status("unconfigured"));
        DnsStatus last = client.subdomains("zone")
                .awaitReady("t1", Duration.ofMillis(300), status -> told.add(status.getStatus()));
        assertFalse(last.isReady());
        assertEquals(List.of("unconfigured", "unconfigured"), told);
    }

    @Test
    void anInterruptEndsItAndSurvives() throws Exception {
        peer.script(status("unconfigured"), status("ready"));
        Thread.currentThread().interrupt();
        DnsStatus last = client.subdomains("zone").awaitReady("t1", LONG, status -> told.add(status.getStatus()));
        assertTrue(Thread.interrupted(), "the flag is the caller's");
        assertEquals("unconfigured", last.getStatus());
        assertEquals(1, peer.calls().size());
    }

    @Test
    void aFailureThatStaysEndsIt() {
        peer.script(status("unconfigured"), Reply.error(404, 2033, "not found"));
        assertEquals(
                404,
                assertThrows(CloudflareApiException.class, () -> await(LONG)).getStatus());
        assertEquals(List.of("unconfigured"), told);
    }

    static Stream<Reply> passing() {
        return Stream.of(
                Reply.error(429, 10004, "throttled"),
                Reply.html(502),
                Reply.html(503).header("Retry-After", "1"),
                Reply.reset(),
                status("ready").cut());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aFailureThatMayPassIsWaitedOut(Reply failure) throws Exception {
        peer.script(failure, status("unconfigured"), failure, status("ready"));
        assertTrue(await(LONG).isReady());
        assertEquals(List.of("unconfigured", "ready"), told);
        assertEquals(List.of(BETWEEN, BETWEEN, BETWEEN), pauses);
    }

    @Test
    void theApiMayAskToWaitLonger() throws Exception {
        peer.script(Reply.error(429, 10004, "throttled").header("Retry-After", "90"), status("ready"));
        assertTrue(await(LONG).isReady());
        assertEquals(List.of(Duration.ofSeconds(90)), pauses);
    }

    /** An old status would hide that the API cannot be had any more. */
    @Test
    void whatTheLastLookBroughtIsTold() {
        peer.script(status("unconfigured"), Reply.html(502));
        CloudflareApiException thrown = assertThrows(
                CloudflareApiException.class,
                () -> client.subdomains("zone")
                        .awaitReady("t1", Duration.ofMillis(200), status -> told.add(status.getStatus())));
        assertEquals(502, thrown.getStatus());
        assertEquals(List.of("unconfigured"), told);
    }

    /** The client would repeat it for five minutes; the caller waits for none. */
    @Test
    void aLookOutlastsTheTimeByAnAnswerAtMost() {
        peer.script(Reply.error(429, 10004, "throttled").header("Retry-After", "4"), status("ready"));
        try (CloudflareEmail patient =
                peer.builder().responseTimeout(Duration.ofSeconds(2)).build()) {
            assertThrows(
                    CloudflareApiException.class,
                    () -> patient.subdomains("zone").awaitReady("t1", Duration.ZERO, status -> {}));
        }
        peer.onlyCall();
    }

    @Test
    void aTimeoutMayBeForEver() throws Exception {
        for (Duration time : List.of(ChronoUnit.FOREVER.getDuration(), Duration.ofDays(106_751))) {
            peer.script(status("unconfigured"), status("ready"));
            assertTrue(await(time).isReady());
        }
        assertEquals(List.of(BETWEEN, BETWEEN), pauses);
    }
}
