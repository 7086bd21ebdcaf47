package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static void assertProtected(String policy, HttpResponse<?> answer) {
        assertEquals(List.of(policy), answer.headers().allValues("Content-Security-Policy"));
        assertEquals("nosniff", TestClient.header(answer, "X-Content-Type-Options"));
        assertEquals("no-referrer", TestClient.header(answer, "Referrer-Policy"));
        assertEquals("off", TestClient.header(answer, "X-DNS-Prefetch-Control"));
        assertEquals("same-origin", TestClient.header(answer, "Cross-Origin-Opener-Policy"));
        assertEquals("same-origin", TestClient.header(answer, "Cross-Origin-Resource-Policy"));
        assertEquals("no-store", TestClient.header(answer, "Cache-Control"));
    }

    @Test
    void ofAPage() throws Exception {
        String policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                + "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types 'none'";
        assertProtected(policy, client.text(client.page("/")));
        HttpResponse<String> head = client.text(client.page("/").method("HEAD", BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertProtected(policy, head);
    }

    @Test
    void ofOtherMethods() throws Exception {
        HttpResponse<String> post = client.text(client.page("/").POST(BodyPublishers.noBody()));
        assertEquals(405, post.statusCode());
        assertEquals("GET, HEAD", TestClient.header(post, "Allow"));
        assertProtected(DATA, post);
    }

    @Test
    void ofAMessage() throws Exception {
        String mime = "From: ada@example.com\r\nContent-Type: text/html\r\n\r\n<p>Hi\r\n";
        assertEquals(200, client.send(mime, List.of("grace@example.org")).statusCode());
        String message = "/sandbox/messages/" + sandbox.messages().list().get(0).id();
        assertProtected(MESSAGE, client.text(client.page(message + "/html")));
        assertProtected(MESSAGE, client.text(client.page(message + "/html?remote=false")));
        assertProtected(MESSAGE_WITH_REMOTE, client.text(client.page(message + "/html?remote=true")));
        assertProtected(DATA, client.text(client.page(message)));
        assertProtected(DATA, client.text(client.page(message + "/raw")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sandbox/state", "/sandbox/none", "/sandbox/messages?limit=0", "/inbox/none.js"})
    void ofTheSandboxsOwnApi(String path) throws Exception {
        assertProtected(DATA, client.text(client.page(path)));
    }

    /** The service sends no such headers. */
    @Test
    void notOfTheSimulatedApi() throws Exception {
        HttpResponse<byte[]> answer = client.get("/limits");
        assertEquals(200, answer.statusCode());
        assertEquals(null, TestClient.header(answer, "Content-Security-Policy"));
    }

    /** Also the pages: another site must not even learn that they are there. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/inbox/inbox.js", "/sandbox/state"})
    void foreignOriginsAndHostsAreRefused(String path) throws Exception {
        HttpResponse<String> foreign = client.text(client.page(path).header("Origin", "https://attacker.example"));
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
