package io.flaremail.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FaultTest {
    private static final String TO = "bob@example.org";
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration FOREVER = Duration.ofHours(1);

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private final TestClient client = new TestClient(sandbox.get());

    @Test
    void statusAnswersWithThisBodyAndAcceptsNothing() throws Exception {
        sandbox.fail(Fault.status(503, "{\"a\":1}").header("Retry-After", "7"));
        HttpResponse<byte[]> response = client.send(TO);
        assertEquals(503, response.statusCode());
        assertEquals("{\"a\":1}", new String(response.body(), StandardCharsets.UTF_8));
        assertEquals("7", response.headers().firstValue("retry-after").orElse(null));
        assertEquals(
                "application/json",
                response.headers().firstValue("content-type").orElse(null));
        assertTrue(response.headers().firstValue("cf-ray").isPresent());
        assertEquals(503, sandbox.requests().get(0).status());
        assertEquals(List.of(), sandbox.accepted());
    }

    @ParameterizedTest
    @EnumSource
    void errorIsAWellFormedEnvelope(ApiError error) throws Exception {
        sandbox.fail(Fault.error(error));
        TestClient.assertError(error, client.send(TO));
    }

    @Test
    void htmlIsNotJson() throws Exception {
        sandbox.fail(Fault.html(502));
        HttpResponse<byte[]> response = client.send(TO);
        assertEquals(502, response.statusCode());
        assertEquals(
                "text/html; charset=UTF-8",
                response.headers().firstValue("content-type").orElse(null));
    }

    @Test
    void eachSendTakesOneFaultAndOtherRequestsTakeNone() throws Exception {
        sandbox.fail(Fault.html(502), Fault.none(), Fault.html(504));
        assertEquals(200, client.get("/limits").statusCode());
        assertEquals(502, client.send(TO).statusCode());
        assertEquals(200, client.send(TO).statusCode());
        assertEquals(504, client.send(TO).statusCode());
        assertEquals(200, client.send(TO).statusCode());
    }

    @Test
    void aHeaderCanBeAddedToAProperAnswer() throws Exception {
        sandbox.fail(Fault.none().header("Ratelimit", "\"default\";r=0;t=5"));
        HttpResponse<byte[]> response = client.send(TO);
        assertEquals(200, response.statusCode());
        assertEquals(
                "\"default\";r=0;t=5",
                response.headers().firstValue("ratelimit").orElse(null));
    }

    @Test
    void resetIsATcpResetAfterTheBody() throws Exception {
        sandbox.fail(Fault.reset());
        try (Socket socket = submit()) {
            assertEquals(
                    "Connection reset",
                    assertThrows(SocketException.class, socket.getInputStream()::read)
                            .getMessage());
        }
        Exchange seen = sandbox.requests().get(0);
        assertTrue(seen.complete());
        assertEquals(TestClient.submission("ada@example.com", List.of(TO), TestClient.MIME), seen.text());
        assertEquals(0, seen.status());
        assertEquals(List.of(), sandbox.accepted());
    }

    @Test
    void resetBeforeBodyLeavesTheBodyUnread() throws Exception {
        sandbox.fail(Fault.resetBeforeBody());
        try (Socket socket = connect()) {
            write(socket, head(1000));
            assertEquals(
                    "Connection reset",
                    assertThrows(SocketException.class, socket.getInputStream()::read)
                            .getMessage());
        }
        Exchange seen = sandbox.requests().get(0);
        assertFalse(seen.complete());
        assertEquals(0, seen.body().length);
    }

    @Test
    void hangUpIsAnOrderlyEndWithoutAnAnswer() throws Exception {
        sandbox.fail(Fault.hangUp());
        try (Socket socket = submit()) {
            assertEquals(-1, socket.getInputStream().read());
        }
        assertTrue(sandbox.requests().get(0).complete());
        assertEquals(0, sandbox.requests().get(0).status());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6})
    void truncatedAnnouncesMoreThanItSends(int sent) throws Exception {
        sandbox.fail(Fault.truncated(200, "{\"a\":1}", sent));
        String answer;
        try (Socket socket = submit()) {
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.contains("\r\nContent-Length: 7\r\n"), answer);
        assertEquals("{\"a\":1}".substring(0, sent), answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertEquals(200, sandbox.requests().get(0).status());
    }

    @Test
    void dripSendsItAllInTheEnd() throws Exception {
        sandbox.fail(Fault.drip(200, "{\"a\":1}", Duration.ofMillis(1)));
        assertArrayEquals(
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8), client.send(TO).body());
    }

    @Test
    void dripSendsTheHeadersAtOnce() throws Exception {
        sandbox.fail(Fault.drip(200, "{\"a\":1}", FOREVER));
        try (Socket socket = submit()) {
            String head = readHead(socket.getInputStream());
            assertTrue(head.contains("Content-Length: 7"), head);
            sandbox.get().reset();
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void anAcceptedMessageCanLoseItsAnswer() throws Exception {
        sandbox.fail(Fault.reset().afterAccepting(), Fault.html(502).afterAccepting());
        assertThrows(IOException.class, () -> client.send("one@example.org"));
        assertEquals(502, client.send("two@example.org").statusCode());
        assertEquals(2, sandbox.accepted().size());
        assertEquals(1, sandbox.mailbox("one@example.org").size());
        assertEquals(1, sandbox.mailbox("two@example.org").size());
        assertThrows(IllegalStateException.class, () -> Fault.resetBeforeBody().afterAccepting());
    }

    @Test
    void aDelayedSuccessIsSuccess() throws Exception {
        sandbox.fail(Fault.none().delay(Duration.ofMillis(1)));
        assertEquals(200, client.send(TO).statusCode());
    }

    @Test
    void aDelayedMessageIsAcceptedBeforeTheDelay() throws Exception {
        sandbox.fail(Fault.none().delay(FOREVER));
        try (Socket socket = submit()) {
            sandbox.awaitRequests(1, BOUND);
            assertEquals(1, sandbox.mailbox(TO).size());
            sandbox.get().reset();
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void closingEndsDelays() throws Exception {
        Sandbox own = Sandbox.start();
        own.fail(Fault.none().delay(FOREVER));
        CompletableFuture<HttpResponse<byte[]>> answer = CompletableFuture.supplyAsync(() -> sendTo(own));
        own.awaitRequests(1, BOUND);
        own.close();
        assertThrows(ExecutionException.class, () -> answer.get(30, SECONDS));
    }

    private static HttpResponse<byte[]> sendTo(Sandbox own) {
        try {
            return new TestClient(own).send(TO);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Socket connect() throws IOException {
        return new Socket(sandbox.endpoint().getHost(), sandbox.endpoint().getPort());
    }

    private static Socket submit() throws IOException {
        String body = TestClient.submission("ada@example.com", List.of(TO), TestClient.MIME);
        Socket socket = connect();
        write(socket, head(body.length()) + body);
        return socket;
    }

    private static String head(int length) {
        return "POST /client/v4/accounts/" + sandbox.account()
                + "/email/sending/send_raw HTTP/1.1\r\nHost: localhost\r\n" + "Authorization: Bearer " + sandbox.token()
                + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }
}
