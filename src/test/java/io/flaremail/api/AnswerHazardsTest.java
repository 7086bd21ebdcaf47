package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.http.Deadline;
import io.flaremail.http.HttpOutcome;
import io.flaremail.http.Redaction;
import io.flaremail.http.RequestBody;
import io.flaremail.http.RequestPhase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can go wrong with an answer, or while there is none yet: floods, circles, Errors. */
class AnswerHazardsTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private static final Redaction REDACTION = new Redaction("the-token");

    /** A body that fails with an Error, before or after its last byte went out. */
    private record FailingBody(boolean afterItsEnd, Error error) implements RequestBody {
        private static final byte[] JSON = "{}".getBytes(StandardCharsets.US_ASCII);

        @Override
        public long length() {
            return JSON.length;
        }

        @Override
        public void writeTo(OutputStream out, Runnable beforeTheEnd) throws IOException {
            if (afterItsEnd) {
                beforeTheEnd.run();
                out.write(JSON);
            }
            throw error;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestPhase.class,
            names = {"PARTIAL", "WHOLE"})
    void anErrorBelongsToThePhaseOfItsRequest(RequestPhase phase) throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("in a test");
        boolean whole = phase == RequestPhase.WHOLE;
        try (CloudflareEmail client = peer.builder().build()) {
            HttpOutcome reply = client.api.exchange(
                    "POST",
                    client.api.path().segment("send"),
                    "token",
                    new FailingBody(whole, error),
                    Deadline.in(Duration.ofSeconds(20)),
                    1000);
            assertEquals(phase, reply.phase);
            assertSame(error, reply.error());
            SendOutcome outcome = Verdict.of(reply, REDACTION, Instant.EPOCH).sendOutcome();
            assertEquals(whole ? SendOutcome.Kind.UNKNOWN : SendOutcome.Kind.UNSENT, outcome.getKind());
            assertEquals(Optional.of(error), outcome.getError());
            assertFalse(outcome.isRetryable());
        }
    }

    @Test
    void aRefusedConnectionBeginsNoRequest() throws Exception {
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress("127.0.0.1", 0)); // takes the port, and does not listen
            URI nobody = URI.create("http://127.0.0.1:" + bound.getLocalPort());
            try (CloudflareEmail client = peer.builder().endpoint(nobody).build()) {
                assertEquals(RequestPhase.NOT_BEGUN, exchange(client, "GET", null).phase);
            }
        }
    }

    private static HttpOutcome exchange(CloudflareEmail client, String method, RequestBody body) {
        return client.api.exchange(method, client.api.path(), "token", body, Deadline.in(Duration.ofSeconds(20)), 1000);
    }

    @Test
    void aFloodOfErrorsIsNotRepeated() {
        String errors = "{\"code\":1,\"message\":\"a problem\"},".repeat(5_000) + "{\"code\":2}";
        byte[] body = ("{\"success\":false,\"errors\":[" + errors + "]}").getBytes(StandardCharsets.UTF_8);
        HttpOutcome reply = HttpOutcome.answered(400, null, null, body, null, RequestPhase.WHOLE);
        SendOutcome outcome = Verdict.of(reply, REDACTION, Instant.EPOCH).sendOutcome();
        assertEquals(SendOutcome.Kind.REFUSED, outcome.getKind());
        assertEquals(21, outcome.getErrors().size());
        assertEquals("and more errors", outcome.getErrors().get(20).getMessage());
        assertTrue(CloudflareApiException.of(outcome).getMessage().length() < 1000);
    }

    @Test
    void aCircleOfCausesHasAnEnd() {
        IOException one = new IOException("one");
        IOException two = new IOException("two", one);
        one.initCause(two);
        assertSame(one, assertTimeoutPreemptively(Duration.ofSeconds(20), () -> REDACTION.clean(one)));
    }

    @Test
    void theTokenIsNotShownByWhateverComesWithAFailure() {
        IOException echo = new IOException("x the-token y");
        assertShowsNothing(echo);
        assertShowsNothing(new IOException("outer", echo));
        assertShowsNothing(new IOException("outer", new IllegalStateException("inner", echo)));
        IOException suppressing = new IOException("outer");
        suppressing.addSuppressed(new IOException("middle", echo));
        assertShowsNothing(suppressing);
        IOException harmless = new IOException("a token");
        assertSame(harmless, REDACTION.clean(harmless));
    }

    private static void assertShowsNothing(IOException failure) {
        IOException clean = REDACTION.clean(failure);
        assertFalse(clean.getMessage().contains("the-token"), clean.getMessage());
        assertEquals(null, clean.getCause());
        assertEquals(0, clean.getSuppressed().length);
        assertArrayEquals(failure.getStackTrace(), clean.getStackTrace());
    }

    @Test
    void noMoreValuesAreReadThanAnAnswerHas() throws IOException {
        String values = "[],".repeat(49_000) + "[]";
        assertEquals(
                49_001,
                Json.read(("[" + values + "]").getBytes(StandardCharsets.US_ASCII))
                        .elements()
                        .size());
        byte[] flood = ("[" + values + "," + values + "]").getBytes(StandardCharsets.US_ASCII);
        assertThrows(IOException.class, () -> Json.read(flood));
        byte[] deep = ("[".repeat(101) + "]".repeat(101)).getBytes(StandardCharsets.US_ASCII);
        assertThrows(IOException.class, () -> Json.read(deep));
    }
}
