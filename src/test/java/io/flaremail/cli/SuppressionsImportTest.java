package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Imports that are longer than the API takes in a minute: paced, and resumed where they ended. Nobody waits for the clock. */
@Timeout(120)
class SuppressionsImportTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final Sandbox sandbox =
            Sandbox.builder().clock(() -> START.plusNanos(nanos.get())).start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** Waiting takes no time, and is interrupted after so many seconds of it. */
    private final class TestTime implements ProcessEnvironment.Time {
        private long left;

        TestTime(long seconds) {
            left = TimeUnit.SECONDS.toNanos(seconds);
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }

        @Override
        public boolean sleep(Duration duration) {
            left -= duration.toNanos();
            nanos.addAndGet(duration.toNanos());
            return left > 0;
        }
    }

    private Run run(Path file, long secondsOfPatience) {
        return Run.of("suppressions", "import", file.toString(), "--endpoint", sandbox.endpoint() + "")
                .environment("CLOUDFLARE_API_TOKEN", sandbox.token())
                .environment("CLOUDFLARE_ACCOUNT_ID", sandbox.account())
                .time(new TestTime(secondsOfPatience));
    }

    private Path addresses(int count) throws Exception {
        List<String> lines = IntStream.range(0, count)
                .mapToObj(i -> "r" + i + "@example.org")
                .toList();
        return Files.write(folder.resolve("left.txt"), lines);
    }

    /** Interrupted in the first minute and in the second; each time it says how to go on. */
    @Test
    void twentyFiveThousandArriveThoughInterruptedTwice() throws Exception {
        Path file = addresses(25_000);
        Run first = run(file, 30).go();
        assertEquals(ExitCode.INTERRUPTED, first.exit, first.everything());
        assertEquals("10000 added to the suppression list\n", first.out);
        assertEnds(first, "flaremail: Interrupted. Processed 10000 of 25000 addresses; continue with --skip 10000");
        assertTrue(
                first.err.contains("10000 of 25000, waiting for the API's limit of 10 bulk requests a minute (61 s)"),
                first.err);

        Run second = run(file, 70)
                .with("--skip", "10000")
                .onTerminal()
                .environment("COLUMNS", "120")
                .go();
        assertEquals(ExitCode.INTERRUPTED, second.exit, second.everything());
        assertEnds(second, "Processed 20000 of 25000 addresses; continue with --skip 20000");
        assertTrue(second.err.contains("\r\u001b[K20000 of 25000, waiting"), second.err);

        Run last = run(file, 1000).with("--skip", "20000", "--json").go();
        assertEquals(ExitCode.OK, last.exit, last.everything());
        assertEquals(5000, json(last).get("added").intValue());

        Set<String> suppressed = sandbox.suppressions().stream()
                .map(each -> each.email())
                .collect(Collectors.toCollection(HashSet::new));
        assertEquals(new HashSet<>(Files.readAllLines(file)), suppressed);
        long throttled =
                sandbox.requests().stream().filter(each -> each.status() == 429).count();
        assertTrue(throttled <= 2, throttled + " throttled; once after each interruption is expected");
        assertTrue(nanos.get() < TimeUnit.MINUTES.toNanos(4), nanos + " ns");
    }

    private static void assertEnds(Run run, String line) {
        String[] lines =
                run.err.replaceAll("\u001b\\[[0-9;]*m|\r\u001b\\[K", "").split("\n");
        assertTrue(lines[lines.length - 1].endsWith(line), run.err);
    }

    @Test
    void twelveThousandTakeAMinuteAndNoFailure() throws Exception {
        Run run = run(addresses(12_000), 1000).go();
        assertEquals(ExitCode.OK, run.exit, run.everything());
        assertEquals("12000 added to the suppression list\n", run.out);
        assertTrue(sandbox.requests().stream().allMatch(each -> each.status() == 200));
        assertEquals(61, TimeUnit.NANOSECONDS.toSeconds(nanos.get()));
    }

    @Test
    void aFailureSaysWhatWasDoneAndHowToGoOn() throws Exception {
        Path file = addresses(11_500);
        Run run = run(file, 1000).with("--skip", "11000", "--json");
        sandbox.close();
        run.go();
        assertEquals(ExitCode.UNREACHABLE, run.exit, run.everything());
        assertEquals(11_000, json(run).get("continue_with_skip").intValue());
        assertEquals(0, json(run).get("added").intValue());
        String message = json(run).at("/error/message").textValue();
        assertTrue(message.endsWith("Processed 11000 of 11500 addresses; continue with --skip 11000"), message);
    }

    /** Of those before the interruption, too: a resumed import does not look at them again. */
    @Test
    void anInterruptedImportListsWhatWasRejected() throws Exception {
        Path file = addresses(10_500);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(7, "a..b@example.org");
        Files.write(file, lines);
        Run run = run(file, 30).with("--json").go();
        assertEquals(ExitCode.INTERRUPTED, run.exit, run.everything());
        assertEquals("a..b@example.org", json(run).at("/not_added/0/email").textValue());
        assertEquals(9_999, json(run).get("added").intValue());
        assertEquals(10_000, json(run).get("continue_with_skip").intValue());
    }

    @Test
    void aFailureThatIsRetriedIsShownAsSuch() throws Exception {
        Path file = addresses(1);
        Run run = run(file, 1000);
        sandbox.close();
        run.go();
        assertTrue(run.err.contains("0 of 1, retrying after: Could not reach Cloudflare"), run.err);
    }

    /** An Error in the middle does not hide how to continue. */
    @Test
    void anErrorReportsTheProgressToo() throws Exception {
        Run run = run(addresses(10_500), 1000).time(new ProcessEnvironment.Time() {
            @Override
            public long nanoTime() {
                return nanos.get();
            }

            @Override
            public boolean sleep(Duration duration) {
                throw new OutOfMemoryError("on purpose");
            }
        });
        run.go();
        assertEquals(ExitCode.UNREACHABLE, run.exit, run.everything());
        assertEnds(run, "Processed 10000 of 10500 addresses; continue with --skip 10000");
        assertTrue(run.err.contains("OutOfMemoryError"), run.err);
    }

    @Test
    void skippingMoreThanThereAreIsRefused() throws Exception {
        Run run = run(addresses(3), 1).with("--skip", "4").go();
        assertEquals(ExitCode.USAGE, run.exit, run.everything());
        assertTrue(run.err.contains("--skip: expected 0 to 3, the number of addresses"), run.err);
    }

    /**
     * Ended from outside, in a process of its own, which by the clock of the system waits for the second minute. SIGTERM
     * rather than Ctrl-C's SIGINT, which a process in the background ignores.
     */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends a process without its shutdown hooks")
    void aProcessThatIsEndedSaysHowToContinue() throws Exception {
        Path output = folder.resolve("output.txt");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "suppressions",
                "import",
                addresses(11_000).toString(),
                "--endpoint",
                sandbox.endpoint().toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CLOUDFLARE_API_TOKEN", sandbox.token());
        builder.environment().put("CLOUDFLARE_ACCOUNT_ID", sandbox.account());
        Process process = builder.start();
        try {
            for (int i = 0; i < 600 && !Files.readString(output).contains("waiting"); i++) {
                assertFalse(process.waitFor(100, TimeUnit.MILLISECONDS), () -> "ended early: " + content(output));
            }
            process.destroy();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), () -> content(output));
        } finally {
            process.destroyForcibly();
        }
        String expected = "flaremail: Interrupted. Processed 10000 of 11000 addresses; continue with --skip 10000";
        assertTrue(content(output).contains(expected), () -> content(output));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Run run) throws Exception {
        return new ObjectMapper().readTree(run.out);
    }
}
