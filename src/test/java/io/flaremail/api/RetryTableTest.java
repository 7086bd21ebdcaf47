package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.flaremail.http.Deadline;
import io.flaremail.http.RequestBodyException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which requests are made again, and which are not: a change whose outcome is unknown never is. */
class RetryTableTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private enum Call {
        GET,
        MESSAGE,
        CREATE,
        PATCH,
        DELETE,
        SEND,
        SEND_RAW;

        boolean reads() {
            return this == GET || this == MESSAGE;
        }

        boolean sends() {
            return this == SEND || this == SEND_RAW;
        }

        void on(CloudflareEmail client) throws CloudflareApiException {
            switch (this) {
                case GET -> client.subdomains("zone").get("t1");
                case MESSAGE -> client.sending("acc").message("<id@x>");
                case CREATE -> client.subdomains("zone").create("x.com");
                case PATCH -> client.subdomains("zone").update("t1", SubdomainChange.none());
                case DELETE -> client.subdomains("zone").delete("t1");
                case SEND ->
                    client.sending("acc")
                            .send(Email.builder()
                                    .from("a@x.com")
                                    .to("b@y")
                                    .subject("s")
                                    .text("t")
                                    .build());
                case SEND_RAW ->
                    client.sending("acc")
                            .sendRaw("a@x.com", List.of("b@y"), "Subject: x\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    static Stream<Arguments> rows() {
        Reply throttled = Reply.error(429, 10004, "email.sending.error.throttled");
        Reply upstream = Reply.error(503, 10100, "email.sending.error.authentication.upstream");
        Reply internal = Reply.error(500, 10002, "email.sending.error.internal_server");
        Reply missing = Reply.error(500, 10003, "email.sending.error.not_implemented");
        return Stream.of(
                // answer, a GET is repeated, a change is, a send is
                arguments("429", throttled.header("Retry-After", "0"), true, true, true),
                arguments("429 without Retry-After", throttled, true, true, true),
                arguments("a bare 429", Reply.html(429), true, true, true),
                arguments("503 in the API's words", upstream, true, true, true),
                arguments("503 with an error that is not documented", Reply.error(503, 1, "x"), true, false, false),
                arguments("a bare 503", Reply.html(503).header("Retry-After", "0"), true, false, false),
                arguments("500 in the API's words", internal, true, false, true),
                arguments("500 not implemented", missing, false, false, false),
                arguments("a bare 500", Reply.html(500), true, false, false),
                // it may come from between, after the request was passed on
                arguments("a bare 408", Reply.html(408), true, false, false),
                arguments("408 in the API's words", Reply.error(408, 1, "x.timeout"), true, true, false),
                arguments("502", Reply.html(502), true, false, false),
                arguments("504", Reply.of(504, ""), true, false, false),
                arguments("400", Reply.error(400, 10001, "x"), false, false, false),
                arguments("403", Reply.error(403, 10102, "x"), false, false, false),
                arguments("404", Reply.error(404, 2033, "x"), false, false, false),
                arguments("429 that says success", Reply.of(429, "{\"success\":true}"), true, false, false),
                arguments("reset after the request", Reply.reset(), true, false, false),
                arguments("closed after the request", Reply.hangUp(), true, false, false),
                arguments("half an answer", Reply.ok("{\"tag\":\"t1\"}").cut(), true, false, false));
    }

    static Stream<Arguments> table() {
        return rows().flatMap(row -> Arrays.stream(Call.values()).map(call -> {
            Object[] cells = row.get();
            boolean repeated = (boolean) cells[call.reads() ? 2 : call.sends() ? 4 : 3];
            return arguments(call, cells[0], cells[1], repeated);
        }));
    }

    @ParameterizedTest(name = "{0} and {1}: repeated {3}")
    @MethodSource("table")
    void theOutcomeDecides(Call call, String name, Reply reply, boolean repeated) throws Exception {
        peer.script(reply, Reply.ok("{\"tag\":\"t1\"}"));
        try (CloudflareEmail client = peer.client()) {
            if (repeated) {
                call.on(client);
                assertEquals(2, peer.calls().size());
                assertEquals(peer.lines().get(0), peer.lines().get(1));
                assertEquals(peer.calls().get(0).text(), peer.calls().get(1).text());
            } else {
                assertThrows(CloudflareApiException.class, () -> call.on(client));
                assertEquals(1, peer.calls().size());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void triesAreCounted(Call call) {
        Reply throttled = Reply.error(429, 10004, "throttled").header("Retry-After", "0");
        for (int retries : new int[] {0, 1, 4}) {
            peer.beforeEach(null);
            peer.script(throttled, throttled, throttled, throttled, throttled, throttled, throttled);
            try (CloudflareEmail client = peer.builder().retries(retries).build()) {
                CloudflareApiException thrown = assertThrows(CloudflareApiException.class, () -> call.on(client));
                assertEquals(429, thrown.getStatus());
            }
            assertEquals(retries + 1, peer.calls().size());
        }
    }

    /** A temporary file that cannot be read back, for example: the throttling is what the application must hear of. */
    @Test
    void aThrottledMessageThatCannotBeWrittenAgainStaysThrottled() {
        peer.script(Reply.error(429, 10004, "throttled").header("Retry-After", "0"), Reply.ok("{}"));
        AtomicInteger written = new AtomicInteger();
        MimeText once = new MimeText() {
            @Override
            public long length() {
                return 1;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                if (written.incrementAndGet() > 1) {
                    throw new RequestBodyException("gone", null);
                }
                out.write('x');
            }
        };
        try (CloudflareEmail client = peer.builder().retries(1).build()) {
            SendOutcome outcome = client.sending("acc")
                    .sendRaw(ApiPeer.TOKEN, "a@x.com", List.of("b@y"), once, Deadline.in(Duration.ofSeconds(30)));
            assertEquals(429, outcome.getStatus());
            assertEquals(SendOutcome.Kind.REFUSED, outcome.getKind());
            assertTrue(outcome.isRetryable());
            assertEquals(Duration.ZERO, outcome.getRetryAfter().orElseThrow());
            assertEquals(2, outcome.getAttempts());
        }
    }

    /** Nobody listens: that nothing was done is certain, whatever it was. */
    @ParameterizedTest
    @EnumSource
    void aRefusedConnectionIsTriedAgain(Call call) throws Exception {
        AtomicInteger waits = new AtomicInteger();
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress("127.0.0.1", 0)); // takes the port, and does not listen
            URI nobody = URI.create("http://127.0.0.1:" + bound.getLocalPort() + "/client/v4");
            try (CloudflareEmail client = peer.builder()
                    .endpoint(nobody)
                    .retries(3)
                    .jitter(() -> {
                        waits.incrementAndGet();
                        return 0;
                    })
                    .build()) {
                CloudflareApiException thrown = assertThrows(CloudflareApiException.class, () -> call.on(client));
                assertEquals(0, thrown.getStatus());
                assertTrue(thrown.isRetryable());
                assertFalse(thrown.isAcceptanceUnknown());
                assertTrue(thrown.getMessage().startsWith("Could not reach Cloudflare"), thrown::getMessage);
                assertTrue(thrown.getMessage().contains("127.0.0.1:" + bound.getLocalPort()), thrown::getMessage);
            }
        }
        assertEquals(3, waits.get());
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsLostLeavesAChangeUnknown(Call call) {
        for (Reply lost : List.of(Reply.reset(), Reply.html(502), Reply.ok("{}").cut())) {
            peer.script(lost);
            try (CloudflareEmail client = peer.builder().retries(0).build()) {
                CloudflareApiException thrown = assertThrows(CloudflareApiException.class, () -> call.on(client));
                assertEquals(!call.reads(), thrown.isAcceptanceUnknown(), thrown::getMessage);
            }
        }
    }

    /** What may come from between us and the API, after the request was passed on, or says two things at once. */
    @ParameterizedTest
    @EnumSource
    void anAnswerThatLeavesItOpenLeavesAChangeUnknown(Call call) {
        for (Reply open : List.of(
                Reply.of(303, ""),
                Reply.of(304, ""),
                Reply.of(408, ""),
                Reply.of(460, ""),
                Reply.html(499),
                Reply.of(400, "{\"success\":true}"),
                Reply.of(500, "{\"success\":true}"))) {
            assertEquals(!call.reads(), failure(call, open).isAcceptanceUnknown(), open + "");
        }
        for (Reply certain : List.of(
                Reply.of(302, ""),
                Reply.of(400, ""),
                Reply.error(303, 1, "x"),
                Reply.error(408, 1, "x"),
                Reply.error(499, 1, "x"))) {
            assertFalse(failure(call, certain).isAcceptanceUnknown(), certain + "");
        }
    }

    private static CloudflareApiException failure(Call call, Reply reply) {
        peer.beforeEach(null);
        peer.script(reply);
        try (CloudflareEmail client = peer.builder().retries(0).build()) {
            CloudflareApiException thrown = assertThrows(CloudflareApiException.class, () -> call.on(client));
            assertEquals(reply.status(), thrown.getStatus());
            return thrown;
        }
    }

    /** It was carried out: a repetition would be answered 409, as if somebody else had done it. */
    @Test
    void aCreateIsNotRepeatedAfterA503ThatLeavesItOpen() {
        peer.script(
                Reply.error(503, 1, "service unavailable"),
                Reply.error(409, 2040, "Email Sending is already enabled on this subdomain"));
        try (CloudflareEmail client = peer.client()) {
            CloudflareApiException thrown = assertThrows(
                    CloudflareApiException.class,
                    () -> client.subdomains("zone").create("mail.example.com"));
            assertEquals(503, thrown.getStatus());
            assertTrue(thrown.isAcceptanceUnknown(), thrown::getMessage);
        }
        assertEquals(1, peer.calls().size());
    }

    /** Waiting that long would not end in time: the answer is told at once. */
    @ParameterizedTest
    @EnumSource
    void theDeadlineIsNotWaitedPast(Call call) {
        peer.script(Reply.error(429, 10004, "throttled").header("Retry-After", "30"));
        try (CloudflareEmail client =
                peer.builder().deadline(Duration.ofSeconds(20)).build()) {
            assertThrows(CloudflareApiException.class, () -> call.on(client));
        }
        assertEquals(1, peer.calls().size());
    }

    @ParameterizedTest
    @EnumSource
    void nobodyWaitsLongerThanAMinute(Call call) {
        peer.script(Reply.error(429, 10004, "throttled").header("Retry-After", "61"));
        try (CloudflareEmail client = peer.builder().deadline(Duration.ZERO).build()) {
            assertThrows(CloudflareApiException.class, () -> call.on(client));
        }
        assertEquals(1, peer.calls().size());
    }

    @Test
    void anInterruptedThreadDoesNotTryAgain() {
        List<CloudflareApiException> thrown = new ArrayList<>();
        peer.script(Reply.html(502), Reply.ok("{}"));
        try (CloudflareEmail client = peer.builder()
                .jitter(() -> {
                    Thread.currentThread().interrupt();
                    return 1;
                })
                .build()) {
            thrown.add(assertThrows(CloudflareApiException.class, () -> Call.GET.on(client)));
        }
        assertTrue(Thread.interrupted(), "the flag is the caller's");
        assertEquals(502, thrown.get(0).getStatus());
        assertEquals(1, peer.calls().size());
    }
}
