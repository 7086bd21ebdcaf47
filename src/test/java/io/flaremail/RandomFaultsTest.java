package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Thousands of sends over many threads while the peer misbehaves at random: every recipient either got the message
 * exactly once and is reported so, or is reported unsent and got nothing, or is reported unknown and got it at most once.
 */
class RandomFaultsTest {
    private static final long SEED = 20261123L;
    private static final int SENDS = 3000;
    private static final int THREADS = 16;

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    /** What the application was told of each recipient; addresses are used once. */
    private final Map<String, RecipientStatus> told = new ConcurrentHashMap<>();

    @Test
    void nothingIsLostOrSentTwiceOrToldWrong() throws Exception {
        Random random = new Random(SEED);
        int requests = 0;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Session session = session();
        try {
            List<Future<?>> sends = new ArrayList<>();
            for (int i = 0; i < SENDS; i++) {
                int recipients = random.nextInt(40) == 0 ? 51 + random.nextInt(80) : 1 + random.nextInt(3);
                boolean large = random.nextInt(100) == 0;
                int number = i;
                sends.add(threads.submit(() -> send(session, number, recipients, large)));
            }
            for (int i = 0; i < SENDS * 2; i++) {
                sandbox.fail(fault(random)); // more than enough; which message meets which is up to the threads
            }
            for (Future<?> send : sends) {
                send.get();
            }
            requests = sandbox.requests().size();
        } finally {
            threads.shutdownNow();
        }
        judge(requests);
    }

    private void judge(int requests) throws Exception {
        Map<String, Integer> got = new HashMap<>();
        for (Accepted accepted : sandbox.accepted()) {
            accepted.recipients().forEach(recipient -> got.merge(recipient, 1, Integer::sum));
        }
        Map<String, Integer> count = new HashMap<>();
        List<String> violations = new ArrayList<>();
        told.forEach((recipient, status) -> {
            int copies = got.getOrDefault(recipient, 0);
            count.merge(status.name(), 1, Integer::sum);
            boolean right = switch (status) {
                case ACCEPTED, DELIVERED, QUEUED -> copies == 1;
                case UNKNOWN -> copies <= 1;
                default -> copies == 0;
            };
            if (!right) {
                violations.add(recipient + " was told " + status + " and got " + copies);
            }
        });
        String line = SENDS + " messages, " + told.size() + " recipients, " + requests + " requests, seed " + SEED
                + ": " + count + ", " + violations.size() + " violations";
        Files.writeString(Path.of("target", "random-faults.txt"), line + "\n");
        assertEquals(List.of(), violations, line);
        assertTrue(got.keySet().stream().allMatch(told::containsKey), "nobody else got anything");
        assertTrue(count.size() >= 3, "all fates occurred: " + line);
    }

    private void send(Session session, int number, int recipients, boolean large) {
        String[] to = IntStream.range(0, recipients)
                .mapToObj(i -> "m" + number + "-r" + i + "@example.net")
                .toArray(String[]::new);
        try {
            MimeMessage message = Mail.message(session, "list@example.net");
            message.setText(large ? "x".repeat(70).concat("\n").repeat(6000) : "text");
            message.saveChanges();
            Transport.send(message, Mail.addresses(to));
        } catch (MessagingException told) {
            // what became of it is in the report
        }
    }

    private Session session() {
        Session session = Mail.session(sandbox, "mail.cloudflare.timeout", "2000");
        session.getProperties().put("mail.cloudflare.listener", (SendListener) report -> report.getRecipients()
                .forEach(each -> told.put(each.getAddress().getAddress(), each.getStatus())));
        return session;
    }

    private static Fault fault(Random random) {
        Fault fault = switch (random.nextInt(24)) {
            case 0 -> Fault.reset();
            case 1 -> Fault.reset().afterAccepting();
            case 2 -> Fault.hangUp();
            case 3 -> Fault.hangUp().afterAccepting();
            case 4 -> Fault.resetBeforeBody();
            case 5 -> Fault.html(502);
            case 6 -> Fault.html(502).afterAccepting();
            case 7 -> Fault.html(503);
            case 8 -> Fault.error(503, 10100, "email.sending.error.authentication.upstream");
            case 9 -> Fault.error(500, 10002, "email.sending.error.internal_server");
            case 10 -> Fault.error(429, 10004, "email.sending.error.throttled");
            case 11 -> Fault.error(403, 10102, "email.sending.error.authentication.forbidden");
            case 12 ->
                Fault.truncated(200, "{\"success\":true,\"result\":null}", 12).afterAccepting();
            case 13 -> Fault.status(200, "not JSON").afterAccepting();
            default -> Fault.none();
        };
        Fault withWait = fault.header("Retry-After", "0");
        return random.nextInt(300) == 0 ? withWait.delay(Duration.ofMillis(2500)) : withWait;
    }
}
