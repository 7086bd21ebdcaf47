package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of messages through everything that goes wrong, at random: never sent twice, never reported sent what is not,
 * never reported unsent what may be.
 *
 * <p>The same seed gives the same messages and faults, though not the same message to each fault: threads race for them.
 * {@code -Dflaremail.seed=..} sets it.
 */
class RandomFaultsTest {
    private static final int SENDS = 3200;
    private static final int THREADS = 12;
    private static final int LARGE = 300_000; // above the buffer: streamed
    private static final String OK = "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":null}";

    private final long seed = Long.getLong("flaremail.seed", 20261123L);

    @Test
    void nothingIsSentTwiceOrReportedWrong() throws Exception {
        Random random = new Random(seed);
        List<Told> told;
        Sandbox sandbox = Sandbox.builder().keepBodies(false).start();
        try (sandbox) {
            sandbox.fail(
                    IntStream.range(0, 4 * SENDS).mapToObj(i -> fault(random)).toArray(Fault[]::new));
            told = assertTimeoutPreemptively(Duration.ofMinutes(3), () -> send(sandbox, random));
        }
        Map<String, Integer> copies = copies(sandbox); // closed: nothing can arrive any more
        List<String> violations = new ArrayList<>();
        Map<RecipientStatus, Integer> messages = new EnumMap<>(RecipientStatus.class);
        for (Told each : told) {
            each.statuses().forEach(status -> messages.merge(status, 1, Integer::sum));
            for (RecipientOutcome outcome : each.report().getRecipients()) {
                int arrived = copies.getOrDefault(outcome.getAddress().getAddress(), 0);
                if (!isTrue(outcome.getStatus(), arrived)) {
                    violations.add(outcome + " and " + arrived + " accepted: " + each.report());
                }
            }
        }
        summarise(sandbox, told, messages, violations);
        assertEquals(List.of(), violations);
        assertEquals(SENDS, told.size());
        for (RecipientStatus met : List.of(
                RecipientStatus.ACCEPTED, RecipientStatus.REFUSED, RecipientStatus.UNSENT, RecipientStatus.UNKNOWN)) {
            assertTrue(messages.getOrDefault(met, 0) > 0, "no message met " + met);
        }
    }

    private static boolean isTrue(RecipientStatus reported, int arrived) {
        return switch (reported) {
            case ACCEPTED, DELIVERED, QUEUED -> arrived == 1;
            case UNKNOWN -> arrived <= 1;
            default -> arrived == 0;
        };
    }

    private List<Told> send(Sandbox sandbox, Random random) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Told>> sends = new ArrayList<>();
            for (int i = 0; i < SENDS; i++) {
                int bytes = random.nextInt(12) == 0 ? LARGE + random.nextInt(LARGE) : random.nextInt(3000);
                int recipients = random.nextInt(10) == 0 ? 51 + random.nextInt(70) : 1 + random.nextInt(2);
                String message = "m" + i;
                String[] to = IntStream.range(0, recipients)
                        .mapToObj(r -> message + "-" + r + "@example.net")
                        .toArray(String[]::new);
                sends.add(() -> Told.send(properties(sandbox), bytes, to).addsUp());
            }
            List<Told> told = new ArrayList<>();
            for (Future<Told> sent : threads.invokeAll(sends)) {
                told.add(sent.get());
            }
            return told;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Properties properties(Sandbox sandbox) {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "cloudflare");
        properties.put("mail.cloudflare.account", sandbox.account());
        properties.put("mail.cloudflare.token", sandbox.token());
        properties.put("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        return Mail.with(
                properties,
                "mail.cloudflare.maxconnections",
                String.valueOf(THREADS - 2),
                "mail.cloudflare.timeout",
                "400",
                "mail.cloudflare.deadline",
                "5000");
    }

    /** Honest ones only: an answer that lies about what was accepted nobody could see through. */
    private static Fault fault(Random random) {
        switch (random.nextInt(40)) {
            case 0:
                return either(random, Fault.reset());
            case 1:
                return either(random, Fault.hangUp());
            case 2:
                return Fault.resetBeforeBody();
            case 3:
                return either(random, Fault.html(random.nextBoolean() ? 502 : 504));
            case 4:
                return either(random, Fault.truncated(200, OK, random.nextInt(OK.length())));
            case 5:
                return either(random, Fault.status(200, "<html>"));
            case 6:
                return random.nextInt(4) == 0
                        ? either(random, Fault.none().delay(Duration.ofMillis(900)))
                        : Fault.none().delay(Duration.ofMillis(random.nextInt(5)));
            case 7:
                return again(429, 10004, "throttled");
            case 8:
                return again(500, 10002, "internal_server");
            case 9:
                return again(503, 10100, "authentication.upstream");
            case 10:
                return Fault.error(403, 10203, "email.sending.error.email.sending_disabled");
            case 11:
                return either(random, Fault.status(503, ""));
            case 12:
                return Fault.drip(200, OK, Duration.ofNanos(1)).afterAccepting();
            case 13:
                return Fault.none().header("Connection", "close");
            case 14:
                return Fault.truncated(429, OK, 10).header("Retry-After", "0");
            default:
                return Fault.none();
        }
    }

    private static Fault either(Random random, Fault fault) {
        return random.nextBoolean() ? fault.afterAccepting() : fault;
    }

    private static Fault again(int status, int code, String message) {
        return Fault.error(status, code, "email.sending.error." + message).header("Retry-After", "0");
    }

    private static Map<String, Integer> copies(Sandbox sandbox) {
        Map<String, Integer> copies = new HashMap<>();
        sandbox.accepted().forEach(message -> message.recipients().forEach(to -> copies.merge(to, 1, Integer::sum)));
        return copies;
    }

    private void summarise(
            Sandbox sandbox, List<Told> told, Map<RecipientStatus, Integer> messages, List<String> violations)
            throws Exception {
        int attempts =
                told.stream().mapToInt(each -> each.report().getAttempts()).sum();
        String line = "random faults: seed " + seed + ", " + told.size() + " messages, " + attempts + " tries, "
                + sandbox.accepted().size() + " requests accepted, messages with recipients " + messages + ", "
                + violations.size() + " violations";
        System.out.println(line);
        Files.writeString(Path.of("target", "random-faults.txt"), line + "\n");
    }
}
