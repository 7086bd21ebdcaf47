package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Asks a sandbox of its own, and records which endpoints and errors a check has really met. In bodies, {@code '} stands for
 * {@code "}. The clock is at {@link #NOW}, and events come at once.
 */
final class Probe implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final String SENDING = "/accounts/{account}/email/sending";
    static final String FROM = "ada@example.com";
    static final String MIME = "From: ada@example.com\r\nSubject: Hi\r\n\r\nHello\r\n";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean strict;
    private final Sandbox sandbox;
    private final List<Probe> others = new ArrayList<>();
    private final Set<ApiError> errors;
    private boolean asked;

    private Probe(boolean strict, UnaryOperator<SandboxBuilder> options, Set<ApiError> errors) {
        this.strict = strict;
        this.errors = errors;
        SandboxBuilder builder =
                Sandbox.builder().strict(strict).eventDelay(Duration.ZERO).clock(() -> NOW);
        this.sandbox = options.apply(builder).start();
    }

    static Probe start(boolean strict) {
        return new Probe(strict, UnaryOperator.identity(), EnumSet.noneOf(ApiError.class));
    }

    /** Another sandbox, whose requests count as this one's. */
    Probe with(UnaryOperator<SandboxBuilder> options) {
        Probe other = new Probe(strict, options, errors);
        others.add(other);
        return other;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Only for those checks whose behaviour is another in a strict sandbox. */
    boolean isStrict() {
        asked = true;
        return strict;
    }

    boolean wasAskedForStrictness() {
        return asked || others.stream().anyMatch(Probe::wasAskedForStrictness);
    }

    Set<ApiError> errors() {
        return errors;
    }

    /** The endpoints that were asked, as {@link Fact} writes them. */
    Set<String> endpoints() {
        Set<String> met = new TreeSet<>();
        for (String route : routes(sandbox)) {
            String[] methodAndPath = route.split(" ");
            io.flaremail.sandbox.Path template = io.flaremail.sandbox.Path.of("/client/v4" + methodAndPath[1]);
            boolean asked = sandbox.requests().stream()
                    .anyMatch(request -> request.method().equals(methodAndPath[0])
                            && template.matches(
                                    io.flaremail.sandbox.Path.of(request.path().replaceFirst("\\?.*", ""))));
            if (asked) {
                met.add(route);
            }
        }
        others.forEach(other -> met.addAll(other.endpoints()));
        return met;
    }

    /** Without base and query parameters. */
    static List<String> routes(Sandbox sandbox) {
        return sandbox.routes().stream()
                .map(route -> route.replaceFirst(" \\[.*", "").replaceFirst(" /client/v4", " "))
                .toList();
    }

    String fill(String text) {
        return text.replace("{account}", sandbox.account()).replace("{zone}", sandbox.zone());
    }

    /** Without token and media type. */
    HttpRequest.Builder bare(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(sandbox.endpoint() + fill(path)))
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"')));
    }

    HttpRequest.Builder request(String method, String path, String body) {
        return bare(method, path, body)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + sandbox.token());
    }

    HttpResponse<byte[]> exchange(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    static JsonNode json(HttpResponse<byte[]> response) throws Exception {
        return JSON.readTree(response.body());
    }

    HttpResponse<byte[]> call(String method, String path, String body) throws Exception {
        return exchange(request(method, path, body));
    }

    JsonNode envelope(String method, String path, String body) throws Exception {
        HttpResponse<byte[]> response = call(method, path, body);
        JsonNode envelope = json(response);
        assertEquals(200, response.statusCode(), envelope::toString);
        return envelope;
    }

    /** The result of a request that succeeds. */
    JsonNode ok(String method, String path, String body) throws Exception {
        return envelope(method, path, body).get("result");
    }

    JsonNode ok(String method, String path) throws Exception {
        return ok(method, path, null);
    }

    HttpResponse<byte[]> refused(ApiError expected, String method, String path, String body) throws Exception {
        return refused(expected, call(method, path, body));
    }

    HttpResponse<byte[]> refused(ApiError expected, HttpResponse<byte[]> response) throws Exception {
        JsonNode json = json(response);
        assertEquals(expected.status(), response.statusCode(), json::toString);
        assertEquals(expected.message(), json.at("/errors/0/message").textValue());
        assertTrue(json.get("result").isNull());
        errors.add(expected);
        return response;
    }

    static String submission(String from, String mime, String... recipients) {
        return TestClient.submission(from, List.of(recipients), mime);
    }

    /** Its single quotes stay. */
    private HttpRequest.Builder sending(String from, String mime, String... recipients) {
        return request("POST", SENDING + "/send_raw", "")
                .POST(BodyPublishers.ofString(submission(from, mime, recipients)));
    }

    JsonNode sendRaw(String from, String mime, String... recipients) throws Exception {
        HttpResponse<byte[]> response = exchange(sending(from, mime, recipients));
        assertEquals(200, response.statusCode(), () -> new String(response.body()));
        return json(response).get("result");
    }

    JsonNode send(String... recipients) throws Exception {
        return sendRaw(FROM, MIME, recipients);
    }

    HttpResponse<byte[]> refusedSend(ApiError expected, String from, String mime, String... recipients)
            throws Exception {
        return refused(expected, exchange(sending(from, mime, recipients)));
    }

    /** Refused by a strict sandbox only. */
    void strictlyRefused(ApiError expected, String from, String mime) throws Exception {
        if (isStrict()) {
            refusedSend(expected, from, mime, "bob@example.org");
        } else {
            sendRaw(from, mime, "bob@example.org");
        }
    }

    /** Addresses of a result's list, in lower case and without a name. */
    static String bare(JsonNode list) {
        List<String> addresses = new ArrayList<>();
        list.forEach(
                each -> addresses.add(each.asText().replaceAll(".*<|>.*", "").toLowerCase(Locale.ROOT)));
        return String.join(" ", addresses);
    }

    static List<String> each(JsonNode list, String field) {
        List<String> values = new ArrayList<>();
        list.forEach(each -> values.add(each.path(field).asText()));
        return values;
    }

    @Override
    public void close() {
        others.forEach(Probe::close);
        sandbox.close();
    }
}
