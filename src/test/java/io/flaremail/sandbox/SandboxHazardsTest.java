package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What could harm the developer whose machine it runs on, or a test that trusts it. */
@Timeout(120)
class SandboxHazardsTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    /** A page in a browser reaches it under a name of its own, once that name is said to be at 127.0.0.1. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", ""})
    void aForeignHostIsRefused(String host) throws Exception {
        sandbox.fail(Fault.hangUp());
        String answer =
                http("POST", host, "Authorization: Bearer " + sandbox.get().token() + "\r\n", "{}");
        assertTrue(answer.startsWith("HTTP/1.1 421 ") || host.isEmpty() && answer.startsWith("HTTP/1.1 400 "), answer);
        assertFalse(answer.contains("Access-Control"), answer);
        assertTrue(sandbox.requests().stream().allMatch(each -> each.body().length == 0));
        assertTrue(http("GET", "localhost:1", "", "").startsWith("HTTP/1.1 401 "), "and it took no fault");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "api.localhost", "127.0.0.1:1", "[::1]:8080"})
    void aLocalHostIsNot(String host) throws Exception {
        assertTrue(http("GET", host, "", "").startsWith("HTTP/1.1 401 "));
    }

    private static String http(String method, String host, String fields, String body) throws IOException {
        String path = "/client/v4/accounts/" + sandbox.get().account() + "/email/sending/"
                + (method.equals("POST") ? "send_raw" : "limits");
        return exchange(
                sandbox.get().endpoint().getPort(),
                method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + fields
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String exchange(int port, String request) throws IOException {
        try {
            return answer(port, request);
        } catch (java.net.SocketException reset) {
            return ""; // the server closed before it had read all
        }
    }

    private static String answer(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A form in a browser, whose fields are commands. */
    @Test
    void httpOnTheImapPortDoesNotLogIn() throws Exception {
        int port = Integer.parseInt(sandbox.get().imap().replaceFirst(".*:", ""));
        String commands = "a1 LOGIN ada@example.org x\r\na2 SELECT INBOX\r\na3 LOGOUT\r\n";
        assertTrue(exchange(port, commands).contains("a1 OK LOGIN completed"), "as a mail client does it");
        for (String head : List.of(
                "POST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /a HTTP/1.0\n",
                "POST /" + "A".repeat(600) + " HTTP/1.1\r\n",
                "POST /" + "A".repeat(70_000) + " HTTP/1.1\r\n",
                "x".repeat(70_000) + "\r\n")) {
            String answer = exchange(port, head + commands);
            assertFalse(answer.contains("a1") || answer.contains("a2"), answer);
        }
    }

    /** The hash codes of these addresses are equal. */
    @Test
    void mailboxesDoNotCollide() throws Exception {
        assertEquals("an@example.org".hashCode(), "c0@example.org".hashCode());
        TestClient client = new TestClient(sandbox.get());
        assertEquals(200, client.send("an@example.org", "c0@example.org").statusCode());
        assertEquals(200, client.send("c0@example.org").statusCode());
        assertEquals(1, sandbox.mailbox("an@example.org").size());
        assertEquals(2, sandbox.mailbox("c0@example.org").size());
        int port = Integer.parseInt(sandbox.get().imap().replaceFirst(".*:", ""));
        String seen = exchange(port, "a LOGIN C0@example.org x\r\nb SELECT INBOX\r\nc LOGOUT\r\n");
        assertTrue(seen.contains("* 2 EXISTS"), seen);
    }

    /** The connection of exactly one breaks, however many come at the same time. */
    @Test
    void oneFaultHitsOneRequest() throws Exception {
        for (int round = 0; round < 20; round++) {
            sandbox.get().reset();
            sandbox.fail(Fault.resetBeforeBody());
            List<CompletableFuture<Integer>> sends = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(SandboxHazardsTest::send))
                    .toList();
            long accepted =
                    sends.stream().filter(SandboxHazardsTest::isAccepted).count();
            assertEquals(15, accepted);
            assertEquals(15, sandbox.accepted().size());
        }
    }

    private static int send() {
        try {
            return new TestClient(sandbox.get()).send("bob@example.org").statusCode();
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static boolean isAccepted(CompletableFuture<Integer> send) {
        return send.handle((status, failure) -> failure == null && status == 200)
                .join();
    }

    /** In a process of its own with a small heap. */
    @Test
    void bodiesOfStrangersTakeNoMemory() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SandboxMain.class.getName(),
                "--random");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            JsonNode ready = new ObjectMapper().readTree(out.readLine());
            String sending = ready.get("endpoint").textValue() + "/accounts/"
                    + ready.get("account").textValue() + "/email/sending/send_raw";
            byte[] large = new byte[30 << 20];
            List<CompletableFuture<HttpResponse<String>>> strangers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                strangers.add(post(sending, "", large));
            }
            for (CompletableFuture<HttpResponse<String>> stranger : strangers) {
                assertEquals(401, stranger.join().statusCode());
            }
            String message = TestClient.submission("a@example.com", List.of("b@example.org"), TestClient.MIME);
            HttpResponse<String> own = post(
                            sending, ready.get("token").textValue(), message.getBytes(StandardCharsets.UTF_8))
                    .join();
            assertEquals(200, own.statusCode(), own.body());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static CompletableFuture<HttpResponse<String>> post(String uri, String token, byte[] body) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        java.net.http.HttpRequest.Builder request =
                java.net.http.HttpRequest.newBuilder(java.net.URI.create(uri)).POST(BodyPublishers.ofByteArray(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
