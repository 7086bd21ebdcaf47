package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A plain HTTP client of the API, for the sandbox's own tests. */
final class TestClient {
    static final String MIME = "From: ada@example.com\r\nSubject: Hi\r\n\r\nHello\r\n";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final Sandbox sandbox;

    TestClient(Sandbox sandbox) {
        this(
                sandbox,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    TestClient(Sandbox sandbox, HttpClient http) {
        this.sandbox = sandbox;
        this.http = http;
    }

    static String submission(String from, List<String> recipients, String mime) {
        ObjectNode body = JSON.createObjectNode().put("from", from).put("mime_message", mime);
        recipients.forEach(body.putArray("recipients")::add);
        return body.toString();
    }

    HttpResponse<byte[]> send(String... recipients) throws IOException, InterruptedException {
        return send(MIME, List.of(recipients));
    }

    HttpResponse<byte[]> send(String mime, List<String> recipients) throws IOException, InterruptedException {
        return post(BodyPublishers.ofString(submission("ada@example.com", recipients, mime)));
    }

    HttpResponse<byte[]> post(BodyPublisher body) throws IOException, InterruptedException {
        return exchange(request("/send_raw").POST(body));
    }

    HttpResponse<byte[]> get(String pathBelowSending) throws IOException, InterruptedException {
        return exchange(request(pathBelowSending));
    }

    /** A request with the right token, below the right account's {@code email/sending}. */
    HttpRequest.Builder request(String pathBelowSending) {
        URI uri =
                URI.create(sandbox.endpoint() + "/accounts/" + sandbox.account() + "/email/sending" + pathBelowSending);
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + sandbox.token());
    }

    /**
     * A request with the right token.
     *
     * @param path below {@code /client/v4}; <code>{account}</code> and <code>{zone}</code> stand for the sandbox's own
     * @param body null for none
     */
    HttpResponse<byte[]> call(String method, String path, String body) throws IOException, InterruptedException {
        return exchange(unauthorized(method, path, body).header("Authorization", "Bearer " + sandbox.token()));
    }

    /** A request of the sandbox's own API. */
    HttpResponse<byte[]> own(String method, String path) throws IOException, InterruptedException {
        return exchange(page("/sandbox" + path).method(method, BodyPublishers.noBody()));
    }

    /**
     * A request as a browser makes it, without a token.
     *
     * @param path from the root
     */
    HttpRequest.Builder page(String path) {
        return HttpRequest.newBuilder(sandbox.endpoint().resolve(path));
    }

    HttpResponse<String> text(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Null when there is none. */
    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    HttpRequest.Builder unauthorized(String method, String path, String body) {
        String full = sandbox.endpoint()
                + path.replace("{account}", sandbox.account()).replace("{zone}", sandbox.zone());
        return HttpRequest.newBuilder(URI.create(full))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    HttpResponse<byte[]> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        assertEquals("application/json", header(response, "Content-Type"));
        return JSON.readTree(response.body());
    }

    static JsonNode result(HttpResponse<byte[]> response) throws IOException {
        assertEquals(200, response.statusCode());
        return json(response).get("result");
    }

    static void assertError(ApiError expected, HttpResponse<byte[]> response) throws IOException {
        JsonNode json = json(response);
        assertEquals(expected.status(), response.statusCode(), json::toString);
        assertEquals(false, json.get("success").booleanValue());
        assertEquals(1, json.get("errors").size());
        String code = expected == ApiError.SCOPE_IMMUTABLE ? expected.message() : "" + expected.code();
        assertEquals(code, json.at("/errors/0/code").asText(), json::toString);
        assertEquals(expected.message(), json.at("/errors/0/message").textValue());
        assertEquals(true, json.get("result").isNull());
    }
}
