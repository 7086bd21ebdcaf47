package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told about the pages, about mail, and about every answer of the sandbox's own API. */
@Timeout(60)
class BrowserHeadersTest {
    private static final String DATA = "default-src 'none'; frame-ancestors 'none'";
    private static final String MESSAGE = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
            + "img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'self'";
    private static final String MESSAGE_WITH_REMOTE =
            MESSAGE.replace("data:", "data: https: http:").replace("'unsafe-inline'", "'unsafe-inline' https: http:");

    private final Sandbox sandbox = Sandbox.start();
    private final TestClient client = new TestClient(sandbox);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(sandbox.endpoint().resolve(path));
    }

    private HttpResponse<String> call(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    private static void assertProtected(String policy, HttpResponse<?> answer) {
        assertEquals(List.of(policy), answer.headers().allValues("Content-Security-Policy"));
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
        assertEquals("no-referrer", header(answer, "Referrer-Policy"));
        assertEquals("off", header(answer, "X-DNS-Prefetch-Control"));
        assertEquals("same-origin", header(answer, "Cross-Origin-Opener-Policy"));
        assertEquals("same-origin", header(answer, "Cross-Origin-Resource-Policy"));
        assertEquals("no-store", header(answer, "Cache-Control"));
    }

    @Test
    void ofAPage() throws Exception {
        String policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                + "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types 'none'";
        assertProtected(policy, call(request("/")));
        HttpResponse<String> head = call(request("/").method("HEAD", BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertProtected(policy, head);
    }

    @Test
    void ofOtherMethods() throws Exception {
        HttpResponse<String> post = call(request("/").POST(BodyPublishers.noBody()));
        assertEquals(405, post.statusCode());
        assertEquals("GET, HEAD", header(post, "Allow"));
        assertProtected(DATA, post);
    }

    @Test
    void ofAMessage() throws Exception {
        String mime = "From: ada@example.com\r\nContent-Type: text/html\r\n\r\n<p>Hi\r\n";
        assertEquals(200, client.send(mime, List.of("grace@example.org")).statusCode());
        String message = "/sandbox/messages/" + sandbox.messages().list().get(0).id();
        assertProtected(MESSAGE, call(request(message + "/html")));
        assertProtected(MESSAGE, call(request(message + "/html?remote=false")));
        assertProtected(MESSAGE_WITH_REMOTE, call(request(message + "/html?remote=true")));
        assertProtected(DATA, call(request(message)));
        assertProtected(DATA, call(request(message + "/raw")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sandbox/state", "/sandbox/none", "/sandbox/messages?limit=0", "/inbox/none.js"})
    void ofTheSandboxsOwnApi(String path) throws Exception {
        assertProtected(DATA, call(request(path)));
    }

    /** The service sends no such headers. */
    @Test
    void notOfTheSimulatedApi() throws Exception {
        HttpResponse<byte[]> answer = client.get("/limits");
        assertEquals(200, answer.statusCode());
        assertEquals(null, header(answer, "Content-Security-Policy"));
    }

    /** Also the pages: another site must not even learn that they are there. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/inbox/inbox.js", "/sandbox/state"})
    void foreignOriginsAndHostsAreRefused(String path) throws Exception {
        HttpResponse<String> foreign = call(request(path).header("Origin", "https://attacker.example"));
        assertEquals(403, foreign.statusCode());
        assertProtected(DATA, foreign);
        String other = raw("GET " + path + " HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n");
        assertTrue(other.startsWith("HTTP/1.1 421 "), other);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", sandbox.endpoint().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
