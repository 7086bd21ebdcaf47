package io.flaremail.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flaremail.sandbox.SandboxMain;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.BodyTerm;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sandbox's inbox with 10,000 messages, in memory and with a folder for its data, beside GreenMail with the same messages: how long
 * a search and the opening of a message take, and what they cost in memory. Each server has a process of its own.
 *
 * <pre>mvn -q -Pbenchmark test-compile exec:exec@inbox-benchmark</pre>
 */
public final class InboxBenchmark {
    private static final int MESSAGES = Integer.getInteger("messages", 10_000);
    private static final int SENDERS = 4;
    private static final int REQUESTS = 200;
    private static final int WARM_UP = 50;

    /** Each takes a second or more. */
    private static final int GREENMAIL_REQUESTS = 5;

    private static final Pattern USED = Pattern.compile("(?:new generation|tenured generation).*?used (\\d+)K");
    private static final List<String> WORDS = words();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();

    private InboxBenchmark() {}

    /** Measures, and writes {@code benchmark/INBOX.md}. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("inbox-benchmark");
        InboxBenchmark benchmark = new InboxBenchmark();
        String keep = String.valueOf(MESSAGES);
        List<String> rows = new ArrayList<>();
        rows.add(benchmark.sandbox("sandbox, in memory", List.of("--random", "--keep", keep)));
        rows.add(benchmark.sandbox(
                "sandbox, `--data`", List.of("--random", "--keep", keep, "--data", folder.toString())));
        rows.add(benchmark.greenMail());
        String report = report(rows, benchmark.oneLargeMessage());
        System.out.println(report);
        Files.writeString(Path.of("benchmark/INBOX.md"), report);
    }

    private static String report(List<String> rows, String large) {
        return String.format(
                Locale.ROOT,
                """
                # The inbox

                Written by `mvn -q -Pbenchmark test-compile exec:exec@inbox-benchmark`: %,d messages of about 4 KB, sent by %d clients at
                once through the API (GreenMail: by SMTP); then %d searches for one word, which list at most 100 messages (GreenMail: IMAP
                SEARCH of the text), and %d messages opened (GreenMail: IMAP FETCH), %d of each with GreenMail. Milliseconds at the client. Heap after a collection.

                | | accepted/s | search p50 / p99 | open p50 / p99 | heap before / after |
                |---|---|---|---|---|
                %s

                %s
                """,
                MESSAGES,
                SENDERS,
                REQUESTS,
                REQUESTS,
                GREENMAIL_REQUESTS,
                String.join("\n", rows),
                large);
    }

    private record Server(Process process, JsonNode ready) implements AutoCloseable {
        static Server start(String mainClass, List<String> arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx2g",
                    "-cp",
                    System.getProperty("java.class.path"),
                    mainClass));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            return new Server(process, new ObjectMapper().readTree(out.readLine()));
        }

        String text(String field) {
            return ready.get(field).textValue();
        }

        /** In MB, after a collection. */
        long heap() throws IOException, InterruptedException {
            jcmd("GC.run");
            Matcher used = USED.matcher(jcmd("GC.heap_info"));
            long kilobytes = 0;
            while (used.find()) {
                kilobytes += Long.parseLong(used.group(1));
            }
            return kilobytes / 1024;
        }

        private String jcmd(String command) throws IOException, InterruptedException {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            String.valueOf(process.pid()),
                            command)
                    .start();
            String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            jcmd.waitFor();
            return output;
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    private String sandbox(String name, List<String> arguments) throws Exception {
        try (Server server = Server.start(SandboxMain.class.getName(), arguments)) {
            long before = server.heap();
            double rate = concurrently(i -> send(server, mime(i), "user" + i % 10 + "@example.org"));
            long after = server.heap();
            JsonNode newest = get(server, "/sandbox/messages?limit=" + REQUESTS).get("messages");
            double[] search = timed(REQUESTS, WARM_UP, i -> get(server, "/sandbox/messages?q=" + word(i)));
            double[] open = timed(
                    REQUESTS,
                    WARM_UP,
                    i -> get(
                            server,
                            "/sandbox/messages/" + newest.get(i).get("id").textValue()));
            return row(name, rate, search, open, before, after);
        }
    }

    private interface Task {
        void run(int i) throws Exception;
    }

    /** Returns how many a second. */
    private static double concurrently(Task task) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        long begin = System.nanoTime();
        List<Callable<Void>> shares = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            int first = sender;
            shares.add(() -> {
                for (int i = first; i < MESSAGES; i += SENDERS) {
                    task.run(i);
                }
                return null;
            });
        }
        for (Future<Void> share : senders.invokeAll(shares)) {
            share.get();
        }
        senders.shutdown();
        return MESSAGES * 1e9 / (System.nanoTime() - begin);
    }

    /** In milliseconds, sorted; after a warm-up that is not counted. */
    private static double[] timed(int requests, int warmUp, Task task) throws Exception {
        double[] times = new double[requests];
        for (int i = -warmUp; i < requests; i++) {
            long begin = System.nanoTime();
            task.run(Math.abs(i));
            if (i >= 0) {
                times[i] = (System.nanoTime() - begin) / 1e6;
            }
        }
        Arrays.sort(times);
        return times;
    }

    private static String row(String name, double rate, double[] search, double[] open, long before, long after) {
        String row = String.format(
                Locale.ROOT,
                "| %s | %.0f | %.1f / %.1f | %.1f / %.1f | %d / %d MB |",
                name,
                rate,
                search[search.length / 2],
                search[search.length * 99 / 100],
                open[open.length / 2],
                open[open.length * 99 / 100],
                before,
                after);
        System.out.println(row);
        return row;
    }

    private void send(Server server, String mime, String to) throws Exception {
        ObjectNode body = json.createObjectNode().put("from", "ada@example.com").put("mime_message", mime);
        body.putArray("recipients").add(to);
        URI uri =
                URI.create(server.text("endpoint") + "/accounts/" + server.text("account") + "/email/sending/send_raw");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + server.text("token"))
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
    }

    private JsonNode get(Server server, String path) throws Exception {
        URI uri = URI.create(server.text("endpoint")).resolve(path);
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return json.readTree(answer.body());
    }

    /** One mailbox for all messages, since GreenMail searches one. */
    private String greenMail() throws Exception {
        try (Server server = Server.start(GreenMailServer.class.getName(), List.of())) {
            long before = server.heap();
            double rate = concurrently(
                    i -> GreenMailServer.send(server.ready().get("smtp").intValue(), mime(i)));
            long after = server.heap();
            Store store = Session.getInstance(new Properties()).getStore("imap");
            store.connect("127.0.0.1", server.ready().get("imap").intValue(), "user@example.org", "any");
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            double[] search = timed(GREENMAIL_REQUESTS, 1, i -> inbox.search(new BodyTerm(word(i))));
            double[] open = timed(GREENMAIL_REQUESTS, 1, i -> open(inbox.getMessage(MESSAGES - i)));
            store.close();
            return row("GreenMail", rate, search, open, before, after);
        }
    }

    private static void open(Message message) throws Exception {
        message.getInputStream().readAllBytes();
    }

    /** What one message of 1 MB adds to the heap. */
    private String oneLargeMessage() throws Exception {
        int count = 50;
        try (Server server = Server.start(SandboxMain.class.getName(), List.of("--random"))) {
            send(server, mime(0), "user@example.org");
            long before = server.heap();
            String large = mime(1) + ("x".repeat(74) + "\r\n").repeat((1 << 20) / 76);
            for (int i = 0; i < count; i++) {
                send(server, large, "user@example.org");
            }
            return String.format(
                    Locale.ROOT,
                    "%d messages of 1 MB in memory: %.2f MB of heap each.",
                    count,
                    (server.heap() - before) / (double) count);
        }
    }

    private static List<String> words() {
        Random random = new Random(1);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            StringBuilder word = new StringBuilder();
            for (int length = 3 + random.nextInt(8); length > 0; length--) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            words.add(word.toString());
        }
        return words;
    }

    private static String word(int i) {
        return WORDS.get(i * 17 % WORDS.size());
    }

    private static String mime(int number) {
        Random random = new Random(number);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            text.append(WORDS.get((int) Math.min(WORDS.size() - 1, Math.abs(random.nextGaussian() * 1500))))
                    .append(i % 10 == 9 ? "\r\n" : " ");
        }
        return "From: Ada <ada@example.com>\r\nTo: user@example.org\r\nSubject: Order " + number
                + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n" + text;
    }
}
