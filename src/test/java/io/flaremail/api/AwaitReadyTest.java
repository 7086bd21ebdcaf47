package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
    void aFailureEndsIt() {
        peer.script(status("unconfigured"), Reply.error(404, 2033, "not found"));
        assertEquals(
                404,
                assertThrows(CloudflareApiException.class, () -> await(LONG)).getStatus());
        assertEquals(List.of("unconfigured"), told);
    }
}
