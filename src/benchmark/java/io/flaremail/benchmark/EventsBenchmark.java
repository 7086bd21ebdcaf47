package io.flaremail.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.PullConsumer;
import io.flaremail.sandbox.SandboxMain;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivery events: pulled, handled and acknowledged one by one, against the floor of a bare loop that pulls and
 * acknowledges over a bare socket and
 * reads nothing but leases. The sandbox runs in a process of its own.
 *
 * <pre>mvn -q -Pbenchmark test-compile exec:exec@events-benchmark</pre>
 */
public final class EventsBenchmark {
    private static final int EVENTS = Integer.getInteger("events", 100_000);
    private static final int WARM_UP = EVENTS / 5;
    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final ObjectMapper json = new ObjectMapper();
    private final JsonNode sandbox;
    private final CloudflareEmail client;
    private final String queue;
    private Socket socket;
    private InputStream in;

    private EventsBenchmark(String readyLine) throws Exception {
        sandbox = json.readTree(readyLine);
        client = CloudflareEmail.builder()
                .token(text("token"))
                .endpoint(URI.create(text("endpoint")))
                .build();
        queue = client.queues(text("account")).create("events").getId();
        client.queues(text("account"))
                .addPullConsumer(queue, PullConsumer.withDefaults().maxRetries(100));
    }

    /** Measures, and writes {@code benchmark/EVENTS.md}. */
    public static void main(String[] args) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SandboxMain.class.getName(),
                "--random");
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader ready = server.inputReader(StandardCharsets.UTF_8)) {
            String report = new EventsBenchmark(ready.readLine()).run();
            System.out.println(report);
            Files.writeString(Path.of("benchmark/EVENTS.md"), report);
        } finally {
            server.destroy();
        }
    }

    private String run() throws Exception {
        measure(WARM_UP, this::bare);
        measure(WARM_UP, this::loop);
        List<Double> ratios = new ArrayList<>();
        double bare = 0;
        double loop = 0;
        for (int round = 0; round < 2; round++) {
            double floor = measure(EVENTS / 2, this::bare);
            double ours = measure(EVENTS / 2, this::loop);
            ratios.add(ours / floor);
            bare += floor / 2;
            loop += ours / 2;
        }
        return String.format(
                Locale.ROOT,
                """
                # Delivery events

                Written by `mvn -q -Pbenchmark test-compile exec:exec@events-benchmark`: %,d events for each side, in pulls of %d, each
                acknowledged by a request of its own. The ratio is what compares; rates depend on the machine.

                | | events/s |
                |---|---|
                | bare socket: pulls and acknowledges, reads only leases | %.0f |
                | `EventLoop`: also parses each event, and remembers it | %.0f |
                | ratio, rounds | %.2f, %.2f |
                | peak heap of this process, both loops (limit %d MB) | %d MB |
                """,
                EVENTS,
                BATCH,
                bare,
                loop,
                ratios.get(0),
                ratios.get(1),
                Runtime.getRuntime().maxMemory() >> 20,
                peakHeap() >> 20);
    }

    private interface Reader {
        int read() throws Exception;
    }

    /** @return events per second */
    private double measure(int count, Reader reader) throws Exception {
        push(count);
        long start = System.nanoTime();
        int read = reader.read();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (read != count) {
            throw new IllegalStateException(read + " of " + count + " events");
        }
        return count / seconds;
    }

    private int loop() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        client.deliveryEvents(text("account"), queue)
                .listen(event -> handled.addAndGet(event.getRecipient().isEmpty() ? 0 : 1))
                .batchSize(BATCH)
                .lease(LEASE)
                .untilEmpty()
                .run();
        return handled.get();
    }

    private int bare() throws Exception {
        int read = 0;
        while (true) {
            JsonNode messages = json.readTree(post(
                            "messages/pull",
                            "{\"batch_size\":" + BATCH + ",\"visibility_timeout_ms\":" + LEASE.toMillis() + "}"))
                    .at("/result/messages");
            if (messages.isEmpty()) {
                return read;
            }
            for (JsonNode message : messages) {
                post(
                        "messages/ack",
                        "{\"acks\":[{\"lease_id\":\"" + message.get("lease_id").asText() + "\"}]}");
                read++;
            }
        }
    }

    /** Over one connection, with as little HTTP as the sandbox needs. */
    private byte[] post(String path, String body) throws IOException {
        URI endpoint = URI.create(text("endpoint"));
        if (socket == null) {
            socket = new Socket(endpoint.getHost(), endpoint.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        }
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + endpoint.getPath() + "/accounts/" + text("account") + "/queues/" + queue + "/" + path
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + text("token") + "\r\nContent-Length: "
                + content.length + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head.getBytes(StandardCharsets.US_ASCII));
        request.write(content);
        socket.getOutputStream().write(request.toByteArray());
        String status = line();
        int length = -1;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).trim());
            }
        }
        byte[] answer = in.readNBytes(length);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IllegalStateException(new String(answer, StandardCharsets.UTF_8));
        }
        return answer;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().trim();
    }

    private void push(int count) throws Exception {
        for (int pushed = 0; pushed < count; pushed += BATCH) {
            ArrayNode messages = json.createArrayNode();
            for (int i = 0; i < BATCH; i++) {
                ObjectNode event = json.createObjectNode().put("type", "cf.email.sending.message.delivered");
                event.putObject("payload")
                        .put("eventId", UUID.randomUUID().toString())
                        .put("messageId", "<" + UUID.randomUUID() + "@example.com>")
                        .put("sender", "billing@example.com")
                        .put("recipient", "user" + (pushed + i) + "@example.net")
                        .put("subject", "Your invoice of November")
                        .put("terminal", true)
                        .putObject("delivery")
                        .put("smtpStatusCode", "250")
                        .put("smtpResponse", "250 2.0.0 OK queued as 4F1D2A");
                event.putObject("metadata")
                        .put("accountId", text("account"))
                        .put("eventSchemaVersion", 1)
                        .put("eventTimestamp", "2026-06-01T02:48:57.132Z");
                messages.addObject().put("content_type", "json").set("body", event);
            }
            post(
                    "messages/batch",
                    json.createObjectNode().set("messages", messages).toString());
        }
    }

    private String text(String name) {
        return sandbox.get(name).asText();
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
