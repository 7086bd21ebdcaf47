package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the next thousand may follow, and what comes of those that fail. By a clock of its own. */
class SuppressionImportTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000); // clocks may wrap around
    private CloudflareEmail client;

    @BeforeEach
    void open() throws Exception {
        client = peer.client();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private SuppressionImport work(int count) {
        List<NewSuppression> all = IntStream.range(0, count)
                .mapToObj(i -> NewSuppression.of("r" + i + "@y.org"))
                .toList();
        return client.suppressions("acc").startImport(all, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void tenRequestsThenAMinuteFromTheFirst() throws Exception {
        peer.script(Collections.nCopies(13, Reply.ok("{}")).toArray(Reply[]::new));
        SuppressionImport work = work(12_500);
        for (int i = 0; i < 10; i++) {
            assertEquals(Duration.ZERO, work.getWait());
            work.addNext();
            pass(Duration.ofSeconds(1));
        }
        assertEquals(10_000, work.getDone());
        assertEquals(Duration.ofSeconds(51), work.getWait());
        pass(work.getWait());
        work.addNext();
        assertEquals(Duration.ofSeconds(1), work.getWait(), "the second of the first ten was a second later");
        pass(work.getWait());
        work.addNext();
        pass(work.getWait());
        assertFalse(work.isDone());
        work.addNext();
        assertTrue(work.isDone());
        assertEquals(12_500, work.getDone());
        work.addNext();
        assertEquals(13, peer.calls().size(), "there is nothing left");
        assertEquals(500, peer.calls().get(12).json().path("items").size());
    }

    @ParameterizedTest
    @CsvSource({"429, 7, 7", "429,, 61", "503, 7, 7", "502,, 2", "500,, 2", "429, 0, 0"})
    void theSameThousandIsAddedAgainAfterAWait(int status, String retryAfter, long seconds) throws Exception {
        Reply failure = Reply.html(status);
        peer.script(retryAfter == null ? failure : failure.header("Retry-After", retryAfter), Reply.ok("{}"));
        SuppressionImport work = work(1);
        work.addNext();
        assertEquals(0, work.getDone());
        assertEquals(Duration.ofSeconds(seconds), work.getWait());
        pass(work.getWait());
        assertEquals(Duration.ZERO, work.getWait());
        work.addNext();
        assertTrue(work.isDone());
        assertEquals(peer.calls().get(0).json(), peer.calls().get(1).json());
    }

    /** One after the other: 2, 4, 8, 16 and 32 seconds; then somebody has to look. */
    @Test
    void fiveFailuresInARowAreEnough() throws Exception {
        peer.script(Collections.nCopies(7, Reply.html(502)).toArray(Reply[]::new));
        SuppressionImport work = work(1);
        for (long wait : new long[] {2, 4, 8, 16, 32}) {
            work.addNext();
            assertEquals(Duration.ofSeconds(wait), work.getWait());
            pass(work.getWait());
        }
        CloudflareApiException failure = assertThrows(CloudflareApiException.class, work::addNext);
        assertEquals(502, failure.getStatus());
        work.addNext(); // and from here on it may be tried anew
        assertEquals(Duration.ofSeconds(2), work.getWait());
    }

    @Test
    void aSuccessInBetweenForgives() throws Exception {
        Reply lost = Reply.hangUp();
        peer.script(lost, lost, lost, Reply.ok("{}"), lost, lost, lost, Reply.ok("{}"));
        SuppressionImport work = work(1001);
        for (int i = 0; i < 8; i++) {
            work.addNext();
            pass(work.getWait());
        }
        assertTrue(work.isDone());
    }

    @Test
    void whatWillNotPassIsToldAtOnceAndWhatWasDoneStaysDone() throws Exception {
        Reply rejecting = Reply.ok("{\"items\":[{\"index\":3,\"status\":\"invalid\",\"email\":\"r3\"}]}");
        peer.script(rejecting, Reply.error(403, 10102, "forbidden"), rejecting);
        SuppressionImport work = work(1500);
        work.addNext();
        assertThrows(CloudflareApiException.class, work::addNext);
        assertEquals(1000, work.getDone());
        assertEquals(1500, work.getTotal());
        work.addNext();
        assertTrue(work.isDone());
        assertEquals(
                List.of(3, 1003),
                work.getRejected().stream()
                        .map(each -> each.getIndex().orElseThrow())
                        .toList());
    }

    @Test
    void nobodyIsKeptWaitingLongerThanTheLimitLasts() {
        peer.script(Reply.html(429).header("Retry-After", "62"));
        CloudflareApiException failure = assertThrows(CloudflareApiException.class, work(1)::addNext);
        assertEquals(Duration.ofSeconds(62), failure.getRetryAfter().orElseThrow());
    }

    @Test
    void anInterruptedThreadDoesNotWait() {
        peer.script(Reply.html(429), Reply.ok("{}"));
        Thread.currentThread().interrupt();
        CloudflareApiException failure = assertThrows(
                CloudflareApiException.class,
                () -> client.suppressions("acc").addAll(Arrays.asList(NewSuppression.of("a@y.org"))));
        assertTrue(Thread.interrupted(), "the flag is the caller's");
        assertEquals("Interrupted after 0 of 1 suppressions", failure.getMessage());
        assertTrue(failure.isRetryable());
        assertEquals(1, peer.calls().size());
    }
}
