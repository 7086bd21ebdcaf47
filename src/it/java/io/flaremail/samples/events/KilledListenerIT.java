package io.flaremail.samples.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flaremail.api.Email;
import io.flaremail.api.SubscribedQueue;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code flaremail events listen --bounces} in a process of its own, which is killed at random moments, while pulls and
 * acknowledgements are lost and events are repeated. No bounce is missing, and none is stored twice.
 */
@Timeout(600)
class KilledListenerIT {
    private static final int MESSAGES = 80;
    private static final int RECIPIENTS = 25;
    private static final int KILLS = 15;

    private SubscribedQueue queue;
    private Sandbox sandbox;

    @BeforeEach
    void open() throws Exception {
        queue = SubscribedQueue.start(
                Sandbox.builder().eventDelay(Duration.ZERO).keepBodies(false).noQuota(), 100);
        sandbox = queue.sandbox;
    }

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void killedAtRandom() throws Exception {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        sandbox.events().duplicate(100);
        send();
        int events = queue.backlog();
        int kills = 0;
        while (kills < KILLS && queue.backlog() > 0) {
            sandbox.failPulls(
                    Fault.none(),
                    random.nextBoolean() ? Fault.none() : Fault.reset().afterAccepting());
            Process listener = listen(kills, false);
            try {
                // From the middle of the start to hundreds of events later.
                listener.waitFor(500 + random.nextInt(1500), TimeUnit.MILLISECONDS);
            } finally {
                listener.destroyForcibly().waitFor();
            }
            kills++;
        }
        int left = queue.backlog();
        // Messages that a killed listener had leased are hidden until the lease ends; a later listener waits for them.
        Process last = listen(kills, true);
        try {
            while (queue.backlog() > 0 && last.isAlive()) {
                last.waitFor(200, TimeUnit.MILLISECONDS);
            }
        } finally {
            last.destroy(); // SIGTERM, as a service manager does
            assertTrue(last.waitFor(20, TimeUnit.SECONDS), "it did not end");
        }
        List<String> printed = printedIds(kills);
        Set<String> once = new TreeSet<>(printed);
        List<Path> stored = stored();
        System.out.println("seed " + seed + ": " + kills + " kills, " + events + " messages in the queue, " + left
                + " left for the last listener, " + once.size() + " events, " + (printed.size() - once.size())
                + " printed again, " + stored.size() + " bounces stored");
        assertEquals(MESSAGES * RECIPIENTS + expectedSecondEvents(), once.size(), "no event is missing");
        assertEquals(expectedBounces(), stored.size(), "no bounce is missing, and none is stored twice");
        // An event is handled again if the process was killed before its acknowledgement, or if it was a duplicate.
        assertTrue(printed.size() - once.size() <= kills + 100, "repeated: " + (printed.size() - once.size()));
    }

    private static final String[] LOCALS = {"ada", "defer", "bounce-later", "complain", "reject-later"};

    private static int expectedSecondEvents() {
        return MESSAGES * RECIPIENTS * 2 / LOCALS.length; // after defer and complain
    }

    private static int expectedBounces() {
        return MESSAGES * RECIPIENTS * 3 / LOCALS.length; // bounce-later, complain and reject-later
    }

    private void send() throws IOException {
        for (int message = 0; message < MESSAGES; message++) {
            Email.Builder letter =
                    Email.builder().from("a@example.com").subject("S").text("T");
            for (int i = 0; i < RECIPIENTS; i++) {
                letter.to(LOCALS[i % LOCALS.length] + "+" + message + "." + i + "@example.org");
            }
            queue.client.sending(sandbox.account()).send(letter.build());
        }
    }

    private Process listen(int number, boolean last) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.flaremail.cli.Main",
                "events",
                "listen",
                "--json",
                "--bounces",
                folder.resolve("bounces").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out" + number).toFile())
                .redirectError(folder.resolve("err" + number).toFile());
        builder.environment().put("CLOUDFLARE_ACCOUNT_ID", sandbox.account());
        builder.environment().put("CLOUDFLARE_API_TOKEN", sandbox.token());
        builder.environment().put("MAIL_CLOUDFLARE_ENDPOINT", sandbox.endpoint().toString());
        builder.environment().put("MAIL_CLOUDFLARE_TIMEOUT", last ? "60000" : "5000");
        return builder.start();
    }

    private List<String> printedIds(int kills) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number <= kills; number++) {
            for (String line : Files.readAllLines(folder.resolve("out" + number))) {
                if (line.endsWith("}}")) { // a killed process may have printed half a line
                    ids.add(new ObjectMapper()
                            .readTree(line)
                            .at("/payload/eventId")
                            .textValue());
                }
            }
        }
        return ids;
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("bounces/new"))) {
            return all.collect(Collectors.toList());
        }
    }
}
