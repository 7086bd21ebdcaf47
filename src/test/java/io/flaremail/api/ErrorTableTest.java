package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller is told when a call fails: one row for each documented error, and one for each answer that is none. */
class ErrorTableTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private CloudflareEmail client;

    @BeforeEach
    void open() {
        client = peer.builder().retries(0).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private CloudflareApiException get(Reply reply) {
        peer.script(reply);
        return assertThrows(
                CloudflareApiException.class, () -> client.subdomains("zone").get("t1"));
    }

    private CloudflareApiException create(Reply reply) {
        peer.script(reply);
        return assertThrows(
                CloudflareApiException.class, () -> client.subdomains("zone").create("x.com"));
    }

    private CloudflareApiException send(Reply reply) {
        peer.script(reply);
        byte[] message = "Subject: x\r\n".getBytes(StandardCharsets.US_ASCII);
        return assertThrows(
                CloudflareApiException.class, () -> client.sending("acc").sendRaw("a@x.com", List.of("b@y"), message));
    }

    @ParameterizedTest(name = "HTTP {0}, {1} {2}")
    @CsvSource({
        "400, 10001, email.sending.error.invalid_request_schema,        false",
        "400, 10200, email.sending.error.email.too_big,                 false",
        "400, 10201, email.sending.error.email.no_content_length,       false",
        "400, 10202, email.sending.error.email.invalid,                 false",
        "401, 10101, email.sending.error.authentication.unauthorized,   false",
        "401, 10103, email.sending.error.authentication.bad_token_type, false",
        "403, 10102, email.sending.error.authentication.forbidden,      false",
        "403, 10105, email.sending.error.authentication.not_entitled,   false",
        "403, 10203, email.sending.error.email.sending_disabled,        false",
        "403, 10204, email.sending.error.email.sender_not_configured,   false",
        "404, 10000, email.sending.error.not_found,                     false",
        "404, 7003,  Could not route to /client/v4/x,                   false",
        "429, 10004, email.sending.error.throttled,                     true",
        "500, 10002, email.sending.error.internal_server,               true",
        "500, 10003, email.sending.error.not_implemented,               false",
        "503, 10100, email.sending.error.authentication.upstream,       true",
        "409, 2008,  Foreign MX records,                                false",
        "409, 2026,  Multiple SPF records,                              false",
        "409, 2027,  Multiple DMARC records,                            false",
        "400, 2028,  Invalid subdomain id,                              false",
        "404, 2033,  Subdomain not found,                               false",
        "401, 2036,  Unauthorized,                                      false",
        "409, 2040,  Subdomain exists already,                          false",
        "403, 2043,  Locked by an administrator,                        false",
    })
    void everyErrorIsToldWhole(int status, String code, String message, boolean retryable) {
        String error = "{\"code\":" + code + ",\"message\":\"" + message + "\",\"new\":[1],"
                + "\"documentation_url\":\"https://developers.cloudflare.com/x\",\"source\":{\"pointer\":\"/name\"}}";
        for (CloudflareApiException thrown : List.of(
                get(Reply.failure(status, error)),
                create(Reply.failure(status, error)),
                send(Reply.failure(status, error)),
                // the OpenAPI document types the code as a string, too
                get(Reply.failure(status, error.replace(":" + code, ":\"" + code + "\""))))) {
            assertEquals(status, thrown.getStatus());
            assertEquals(Optional.of(Reply.RAY), thrown.getRay());
            assertEquals(retryable, thrown.isRetryable());
            assertTrue(
                    thrown.getMessage().contains("HTTP " + status + ", " + code + " " + message), thrown::getMessage);
            assertTrue(thrown.getMessage().endsWith("(ray " + Reply.RAY + ")"), thrown::getMessage);
            ApiError only = thrown.getErrors().get(0);
            assertEquals(1, thrown.getErrors().size());
            assertEquals(Optional.of(code), only.getCode());
            assertEquals(message, only.getMessage());
            assertEquals(Optional.of("https://developers.cloudflare.com/x"), only.getDocumentationUrl());
            assertEquals(Optional.of("/name"), only.getSourcePointer());
        }
    }

    /** Refused in the API's own words, it was not done; of the server's errors only the documented one says so. */
    @ParameterizedTest
    @CsvSource({"400, false", "404, false", "409, false", "429, false", "500, true", "503, true", "504, true"})
    void aRefusedChangeIsUnknownOnlyWhereTheApiFailed(int status, boolean unknown) {
        assertEquals(unknown, create(Reply.error(status, 1, "x")).isAcceptanceUnknown());
        assertFalse(get(Reply.error(status, 1, "x")).isAcceptanceUnknown());
    }

    static Stream<Arguments> strangers() {
        Reply whole = Reply.ok("{\"tag\":\"t1\"}");
        String not = ", not an API response";
        return Stream.of(
                arguments("a proxy's page", Reply.html(502), "HTTP 502" + not, true, true),
                arguments("an empty body", Reply.of(502, ""), "HTTP 502" + not, true, true),
                arguments("a redirect", Reply.of(302, "").header("Location", "/x"), "HTTP 302" + not, false, false),
                arguments("a page that forbids", Reply.html(403), "HTTP 403" + not, false, false),
                arguments("a page for success", Reply.html(200), "HTTP 200" + not, false, true),
                arguments("nothing for success", Reply.of(200, ""), "HTTP 200" + not, false, true),
                arguments("JSON of somebody else's", Reply.of(200, "{\"ok\":true}"), "HTTP 200" + not, false, true),
                arguments("half an object", Reply.of(200, "{\"success\":true,"), "HTTP 200" + not, false, true),
                arguments("two objects", Reply.of(200, "{\"success\":true}{}"), "HTTP 200" + not, false, true),
                arguments("a word", Reply.of(200, "{\"success\":\"true\"}"), "HTTP 200" + not, false, true),
                arguments("half a body", whole.cut(), "HTTP 200, cut short", true, true),
                arguments("half a failure", Reply.error(400, 1, "x").cut(), "HTTP 400, cut short", true, false),
                arguments("no answer", Reply.hangUp(), "No answer from Cloudflare", true, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void anAnswerThatIsNoneIsToldReadably(
            String name, Reply reply, String expected, boolean retryable, boolean unknown) {
        CloudflareApiException changing = create(reply);
        assertTrue(changing.getMessage().contains(expected), changing::getMessage);
        assertFalse(changing.getMessage().contains("<"), changing::getMessage);
        assertEquals(reply.status(), changing.getStatus());
        assertEquals(unknown, changing.isAcceptanceUnknown());
        assertEquals(unknown, changing.getMessage().contains("; the change may have been made"));
        assertEquals(retryable, changing.isRetryable());
        assertEquals(List.of(), changing.getErrors());
        CloudflareApiException reading = get(reply);
        assertEquals(reply.status(), reading.getStatus());
        assertEquals(retryable, reading.isRetryable());
        assertFalse(reading.isAcceptanceUnknown());
    }

    /** A status of 200 is nobody's word. */
    @Test
    void successFalseIsAFailureWhateverTheStatus() {
        CloudflareApiException thrown = create(Reply.error(200, 2033, "gone"));
        assertEquals("Cloudflare answered HTTP 200, 2033 gone (ray " + Reply.RAY + ")", thrown.getMessage());
        assertFalse(thrown.isAcceptanceUnknown());
        assertFalse(send(Reply.error(200, 10001, "x")).isAcceptanceUnknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "5", "[]", "{}", "{\"code\":null,\"message\":null,\"source\":[]}"})
    void anErrorWithoutItsPartsIsStillAFailure(String errors) {
        CloudflareApiException thrown = get(Reply.failure(400, errors));
        assertTrue(thrown.getMessage().startsWith("Cloudflare answered HTTP 400"), thrown::getMessage);
        thrown.getErrors().forEach(error -> assertEquals(Optional.empty(), error.getCode()));
        thrown.getErrors().forEach(error -> assertEquals("", error.getMessage()));
    }

    /** For whoever waits longer than the client does, or later. */
    @ParameterizedTest
    @CsvSource({
        "429, 120, 120",
        "503, 0, 0",
        "429, 'Mon, 23 Nov 2015 10:00:00 GMT', 0",
        "429, soon,",
        "400, '',",
        "429,,"
    })
    void howLongToWaitIsTold(int status, String field, Long seconds) {
        Reply reply = Reply.error(status, 10004, "throttled");
        Reply asking = field == null ? reply : reply.header("Retry-After", field);
        for (CloudflareApiException thrown : List.of(get(asking), create(asking))) {
            assertEquals(Optional.ofNullable(seconds).map(Duration::ofSeconds), thrown.getRetryAfter());
        }
        if (status != 503) {
            assertEquals(
                    Optional.ofNullable(seconds).map(Duration::ofSeconds),
                    send(asking).getRetryAfter());
        }
    }

    @Test
    void severalErrorsAreToldInTheirOrder() {
        CloudflareApiException thrown =
                get(Reply.failure(400, "{\"code\":1,\"message\":\"a\"},\"in words\",{\"code\":2,\"message\":\"b\"}"));
        assertTrue(thrown.getMessage().contains("HTTP 400, 1 a, in words, 2 b ("), thrown::getMessage);
        assertThrows(
                UnsupportedOperationException.class, () -> thrown.getErrors().clear());
    }

    @Test
    void theTokenIsNeverToldNotEvenWhenItIsEchoed() {
        String echo = "{\"code\":\"" + ApiPeer.TOKEN + "\",\"message\":\"bad " + ApiPeer.TOKEN + "\",\"source\":"
                + "{\"pointer\":\"/" + ApiPeer.TOKEN + "\"},\"documentation_url\":\"https://x/?" + ApiPeer.TOKEN
                + "\"}";
        for (Reply reply : List.of(
                Reply.failure(401, echo).header("cf-ray", ApiPeer.TOKEN),
                Reply.of(401, ApiPeer.TOKEN),
                Reply.ok('"' + ApiPeer.TOKEN + '"'),
                Reply.failure(401, '"' + ApiPeer.TOKEN + '"').cut(),
                Reply.reset())) {
            for (CloudflareApiException thrown : List.of(get(reply), create(reply), send(reply))) {
                StringWriter all = new StringWriter();
                thrown.printStackTrace(new PrintWriter(all));
                all.append(thrown.getErrors().toString()).append(thrown.getRay().toString());
                thrown.getErrors()
                        .forEach(error -> all.append(error.getDocumentationUrl().toString())
                                .append(error.getSourcePointer().toString()));
                assertFalse(all.toString().contains(ApiPeer.TOKEN), all::toString);
            }
        }
    }

    /** A header of its own it would not become, but what is sent would not be what is redacted. */
    @ParameterizedTest
    @ValueSource(strings = {"secret\nX-Other: 1", "se cret", "secr\u00e9t", "secret\u0000"})
    void aTokenThatIsNoneIsNotSentAndNotShown(String token) {
        try (CloudflareEmail odd = peer.builder().token("\u2003" + token).build()) {
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class, () -> odd.subdomains("zone").list());
            assertFalse(thrown.getMessage().contains("secr"), thrown::getMessage);
        }
        assertEquals(List.of(), peer.lines());
    }

    /** As read from a file; an echo of it is hidden all the same. */
    @Test
    void aTokensLineBreakIsNotOfIt() {
        try (CloudflareEmail lines = peer.builder().token(" token-one\r\n").build()) {
            peer.script(Reply.error(401, 1, "bad token-one"));
            CloudflareApiException thrown = assertThrows(
                    CloudflareApiException.class, () -> lines.subdomains("zone").list());
            assertTrue(thrown.getMessage().contains("bad [token]"), thrown::getMessage);
        }
        assertEquals("Bearer token-one", peer.onlyCall().headers().get("Authorization"));
    }

    /** What is redacted is the token that was sent, when the one to send next is another already. */
    @Test
    void aTokenThatChangesIsNotToldEither() {
        List<String> tokens = List.of("token-one", "token-two", "token-three");
        int[] next = {0};
        try (CloudflareEmail changing =
                peer.builder().token(() -> tokens.get(next[0]++)).build()) {
            peer.script(Reply.html(502), Reply.error(401, 1, "bad token-one"));
            CloudflareApiException thrown = assertThrows(
                    CloudflareApiException.class,
                    () -> changing.subdomains("zone").list());
            assertTrue(thrown.getMessage().contains("bad [token]"), thrown::getMessage);
            assertEquals(1, next[0], "one call, one token");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void aCallWithoutATokenIsAMistake(String token) {
        try (CloudflareEmail without =
                peer.builder().token(() -> token.isEmpty() ? "" : null).build()) {
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> without.subdomains("zone").list());
            assertTrue(thrown.getMessage().contains("token"));
        }
        assertEquals(List.of(), peer.lines());
    }

    @Test
    void theExceptionCanBeWrittenAndReadBack() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes)
                .writeObject(get(Reply.error(404, 2033, "gone").header("Retry-After", "7")));
        CloudflareApiException read = (CloudflareApiException)
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertEquals(404, read.getStatus());
        assertEquals(Optional.of(Duration.ofSeconds(7)), read.getRetryAfter());
        assertEquals("2033 gone", read.getErrors().get(0).toString());
        assertEquals(Optional.of(Reply.RAY), read.getRay());
    }
}
