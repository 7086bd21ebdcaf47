package io.flaremail.sandbox;

import static io.flaremail.sandbox.TestClient.result;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SandboxTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    @Test
    void defaultsLookLikeTheRealThing() {
        try (Sandbox one = Sandbox.start();
                Sandbox two = Sandbox.start()) {
            assertTrue(one.endpoint().toString().matches("http://127\\.0\\.0\\.1:\\d+/client/v4"));
            assertTrue(one.imap().matches("127\\.0\\.0\\.1:\\d+"));
            assertTrue(one.account().matches("[0-9a-f]{32}"));
            assertTrue(one.zone().matches("[0-9a-f]{32}"));
            assertTrue(one.token().matches("[A-Za-z0-9_-]{40}"));
            assertEquals(List.of("example.com"), one.domains());
            assertFalse(one.token().equals(two.token()));
        }
    }

    @Test
    void theBuilderDecides() {
        SandboxBuilder builder = Sandbox.builder()
                .account("a")
                .zone("z")
                .token("t")
                .domain("One.example")
                .domain("two.example");
        try (Sandbox sandbox = builder.start()) {
            assertEquals("a", sandbox.account());
            assertEquals("z", sandbox.zone());
            assertEquals("t", sandbox.token());
            assertEquals(List.of("one.example", "two.example"), sandbox.domains());
            int imapPort = Integer.parseInt(sandbox.imap().split(":")[1]);
            int port = sandbox.endpoint().getPort();
            assertThrows(
                    IllegalStateException.class,
                    () -> Sandbox.builder().port(port).start());
            assertThrows(
                    IllegalStateException.class,
                    () -> Sandbox.builder().imapPort(imapPort).start());
        }
    }

    @Test
    void countsConnectionsNotRequests() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            assertEquals(0, sandbox.connections());
            TestClient one = new TestClient(sandbox);
            one.get("/limits");
            one.get("/limits");
            assertEquals(1, sandbox.connections());
            new TestClient(sandbox).get("/limits");
            assertEquals(2, sandbox.connections());
            assertEquals(3, sandbox.requests().size());
        }
    }

    @Test
    void resetForgetsAllButDomainsAndToken() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().domain("example.com").start()) {
            TestClient client = new TestClient(sandbox);
            String token = sandbox.token();
            URI endpoint = sandbox.endpoint();
            String imap = sandbox.imap();
            String id = result(client.send("bob@example.org")).get("message_id").textValue();
            sandbox.enable("more.example");
            sandbox.fail(Fault.html(502));

            sandbox.reset();

            assertEquals(List.of(), sandbox.requests());
            assertEquals(List.of(), sandbox.accepted());
            assertEquals(List.of(), sandbox.mailbox("bob@example.org"));
            assertEquals(0, sandbox.connections());
            assertEquals(List.of("example.com", "more.example"), sandbox.domains());
            assertEquals(token, sandbox.token());
            assertEquals(endpoint, sandbox.endpoint());
            assertEquals(imap, sandbox.imap());
            assertEquals(
                    404,
                    client.get("/messages/" + id.substring(1, id.length() - 1)).statusCode());
            assertEquals(200, client.send("bob@example.org").statusCode());
            assertEquals(1, sandbox.mailbox("bob@example.org").size());
        }
    }

    @Test
    void aRequestCutShortIsRemembered() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            try (Socket socket = new Socket("127.0.0.1", sandbox.endpoint().getPort())) {
                String request = "POST /client/v4/x?a=b HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + sandbox.token() + "\r\nContent-Length: 10\r\n\r\n123";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            }
            Exchange seen = sandbox.awaitRequests(1, BOUND).get(0);
            assertFalse(seen.complete());
            assertEquals("123", seen.text());
            assertEquals("/client/v4/x?a=b", seen.path());
            assertEquals(0, seen.status());
        }
    }

    @Test
    void waitingForRequestsThatDoNotComeFails() {
        try (Sandbox sandbox = Sandbox.start()) {
            assertThrows(IllegalStateException.class, () -> sandbox.awaitRequests(1, Duration.ZERO));
        }
    }

    @Test
    void whatHttpItselfRefusesComesInTheEnvelopeToo() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Socket socket = new Socket("127.0.0.1", sandbox.endpoint().getPort())) {
            socket.getOutputStream()
                    .write("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("\"code\":10001"), answer);
        }
    }

    @Test
    void deliveredAddressesCanBeListedAndSpeltDifferently() throws Exception {
        SandboxBuilder builder =
                Sandbox.builder().listDelivered(true).echoUpperCase().echoWithName();
        try (Sandbox sandbox = builder.start()) {
            JsonNode result = result(new TestClient(sandbox).send("bob@x.org", "queued@x.org", "bounce@x.org"));
            assertEquals("[\"Echo <BOB@X.ORG>\"]", result.get("delivered").toString());
            assertEquals("[\"Echo <QUEUED@X.ORG>\"]", result.get("queued").toString());
            assertEquals(
                    "[\"Echo <BOUNCE@X.ORG>\"]", result.get("permanent_bounces").toString());
        }
    }

    @Test
    void anySenderEvenARelayMaySendIfTheBuilderSaysSo() throws Exception {
        String mime = "Received: from a by b; 1 Jan 2024 00:00:00 +0000\r\nFrom: ada@other.example\r\n\r\nHi\r\n";
        String body = TestClient.submission("ada@other.example", List.of("bob@example.org"), mime);
        try (Sandbox sandbox =
                Sandbox.builder().anySender(true).acceptTraceFields(true).start()) {
            TestClient client = new TestClient(sandbox);
            assertEquals(200, client.post(ofString(body)).statusCode());
            sandbox.disable("other.example");
            TestClient.assertError(ApiError.SENDING_DISABLED, client.post(ofString(body)));
        }
        try (Sandbox sandbox = Sandbox.builder().anySender(true).start()) {
            TestClient.assertError(ApiError.INVALID_EMAIL, new TestClient(sandbox).post(ofString(body)));
        }
    }

    @Test
    void acceptedMessagesAreShownBeforeTheAnswer() throws Exception {
        List<Accepted> shown = new CopyOnWriteArrayList<>();
        try (Sandbox sandbox = Sandbox.builder().onAccepted(shown::add).start()) {
            TestClient client = new TestClient(sandbox);
            client.send("bob@example.org");
            assertEquals(sandbox.accepted(), shown);
            sandbox.fail(Fault.error(ApiError.TOO_BIG));
            client.send("bob@example.org");
            assertEquals(1, shown.size());
        }
    }

    @Test
    void nothingListensAfterClose() {
        Sandbox sandbox = Sandbox.start();
        URI endpoint = sandbox.endpoint();
        int imapPort = Integer.parseInt(sandbox.imap().split(":")[1]);
        sandbox.close();
        assertThrows(IOException.class, () -> new Socket("127.0.0.1", endpoint.getPort()).close());
        assertThrows(IOException.class, () -> new Socket("127.0.0.1", imapPort).close());
        sandbox.close();
    }
}
