package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox with a folder for its data, killed while four clients send: what it accepted is there at the next start, byte for byte. */
class KilledSandboxIT {
    private static final int KILLS = 20;
    private static final int CLIENTS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger number = new AtomicInteger();

    /** The text of each accepted message by its id; and what was sent and may have been accepted. */
    private final Map<String, String> accepted = new ConcurrentHashMap<>();

    private final Map<String, String> unanswered = new ConcurrentHashMap<>();

    private record SandboxProcess(Process process, URI endpoint, String account, String token)
            implements AutoCloseable {
        static SandboxProcess start(Path folder) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.flaremail.sandbox.SandboxMain",
                            "--random",
                            "--keep",
                            "1000000",
                            "--data",
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String ready = out.readLine();
            assertTrue(ready != null, "the sandbox did not start");
            JsonNode line = JSON.readTree(ready);
            return new SandboxProcess(
                    process,
                    URI.create(line.get("endpoint").textValue()),
                    line.get("account").textValue(),
                    line.get("token").textValue());
        }

        /** As {@code kill -9}. */
        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    @Timeout(600)
    void nothingThatWasAcceptedIsLost() throws Exception {
        Random random = new Random(20261129);
        for (int i = 0; i < KILLS; i++) {
            try (SandboxProcess sandbox = SandboxProcess.start(folder)) {
                assertEverythingIsThere(sandbox);
                sendUntilKilled(sandbox, Duration.ofMillis(100 + random.nextInt(900)), random.nextLong());
            }
        }
        try (SandboxProcess sandbox = SandboxProcess.start(folder)) {
            assertEverythingIsThere(sandbox);
        }
        System.out.println(KILLS + " kills, " + accepted.size() + " accepted, " + unanswered.size() + " unanswered");
        assertTrue(accepted.size() > KILLS, accepted.size() + " messages were accepted in all");
    }

    private void sendUntilKilled(SandboxProcess sandbox, Duration life, long seed) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seed + i);
            Thread client = new Thread(() -> send(sandbox, random, answered));
            client.start();
            clients.add(client);
        }
        answered.await(); // the first request of a process takes longest
        Thread.sleep(life.toMillis()); // not for something to happen: the moment is random
        sandbox.close();
        for (Thread client : clients) {
            client.join();
        }
    }

    /** Ends with the connection. */
    private void send(SandboxProcess sandbox, Random random, CountDownLatch answered) {
        while (true) {
            String text = "Number " + number.incrementAndGet() + ": "
                    + "x".repeat(random.nextInt(10) == 0 ? 200_000 : random.nextInt(5_000)) + "\r\n";
            String mime = "From: ada@example.com\r\nSubject: Killed\r\n\r\n" + text;
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create(sandbox.endpoint() + "/accounts/" + sandbox.account()
                                        + "/email/sending/send_raw"))
                                .header("Authorization", "Bearer " + sandbox.token())
                                .POST(BodyPublishers.ofString(
                                        TestClient.submission("ada@example.com", List.of("grace@example.org"), mime)))
                                .build(),
                        BodyHandlers.ofString());
                assertEquals(200, answer.statusCode(), answer.body());
                String id =
                        JSON.readTree(answer.body()).at("/result/message_id").textValue();
                accepted.put(id.substring(1, id.length() - 1), text);
                answered.countDown();
            } catch (IOException e) {
                unanswered.put(text, "");
                answered.countDown();
                return;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void assertEverythingIsThere(SandboxProcess sandbox) throws Exception {
        for (Map.Entry<String, String> each : accepted.entrySet()) {
            JsonNode message = get(sandbox, "/sandbox/messages/" + each.getKey());
            assertEquals(each.getValue(), message.get("text").textValue());
        }
        int total = get(sandbox, "/sandbox/messages?limit=1").get("total").intValue();
        assertTrue(
                total >= accepted.size() && total <= accepted.size() + unanswered.size(),
                total + " messages, " + accepted.size() + " accepted, " + unanswered.size() + " unanswered");
    }

    private JsonNode get(SandboxProcess sandbox, String path) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(sandbox.endpoint().resolve(path)).build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), path + ": " + answer.body());
        return JSON.readTree(answer.body());
    }
}
