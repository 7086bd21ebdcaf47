package io.flaremail.cli;

import io.flaremail.api.NewSuppression;
import io.flaremail.api.RejectedSuppression;
import io.flaremail.api.SuppressionImport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
        name = "import",
        description = {
            "Add the addresses of a file to the suppression list.",
            "One address per line; blank lines and lines that start with # are ignored. More than 10,000 addresses take several minutes, since the API accepts 10 bulk requests a minute.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail suppressions import unsubscribed.txt",
            "  flaremail suppressions import unsubscribed.txt \\",
            "      --skip 10000",
        })
final class SuppressionsImport extends Command {
    private static final Duration STEP = Duration.ofSeconds(1);

    /** How long the JVM waits at shutdown for a report that has begun. */
    private static final Duration REPORTING = Duration.ofSeconds(2);

    @Parameters(paramLabel = "FILE", description = "File of addresses; - reads standard input.")
    String file;

    @Option(names = "--until", paramLabel = "DAY", description = "End of the suppressions (UTC), such as 2027-01-31.")
    String until;

    @Option(names = "--note", paramLabel = "TEXT", description = "Note shown in the list.")
    String note;

    @Option(
            names = "--skip",
            paramLabel = "N",
            description = "Skip the first N addresses, which an interrupted import has processed.")
    int skip;

    /** The progress so far; replaced after each request, since the shutdown hook reads it. */
    private volatile Progress progress;

    private final AtomicBoolean told = new AtomicBoolean();
    private final CountDownLatch reported = new CountDownLatch(1);

    /** Immutable. */
    private static final class Progress {
        final int added;
        final int processed;
        final int total;
        final List<RejectedSuppression> rejected;

        Progress(SuppressionImport work, int skipped) {
            this.rejected = new ArrayList<>(work.getRejected());
            this.added = work.getDone() - rejected.size();
            this.processed = skipped + work.getDone();
            this.total = skipped + work.getTotal();
        }

        String place() {
            return processed + " of " + total;
        }
    }

    @Override
    int run(Settings settings, Page page) throws CliException, IOException {
        Instant end = SuppressionText.end(until, process().time);
        List<String> addresses = new ArrayList<>(AddressFile.read(file, process().in));
        if (skip < 0 || skip > addresses.size()) {
            throw CliException.usage("--skip: expected 0 to " + addresses.size() + ", the number of addresses");
        }
        List<NewSuppression> left = addresses.subList(skip, addresses.size()).stream()
                .map(address -> NewSuppression.of(address).expiresAt(end).note(note))
                .collect(Collectors.toList());
        Thread onInterrupt = new Thread(() -> interrupted(page), "import-interrupted");
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            SuppressionImport work =
                    cloudflare.client.suppressions(cloudflare.account()).startImport(left, process().time::nanoTime);
            progress = new Progress(work, skip);
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            return add(work, page);
        } finally {
            remove(onInterrupt);
        }
    }

    private int add(SuppressionImport work, Page page) throws IOException {
        while (!work.isDone()) {
            if (!await(work, page)) {
                return ended(ExitCode.INTERRUPTED, "Interrupted", page);
            }
            work.addNext();
            progress = new Progress(work, skip);
            page.progress(progress.place(), "");
        }
        if (told.getAndSet(true)) {
            return ExitCode.INTERRUPTED;
        }
        lines(page);
        page.json(outcome());
        reported.countDown();
        return progress.rejected.isEmpty() ? ExitCode.OK : ExitCode.WRONG;
    }

    /** Any failure reports how to continue the import. */
    @Override
    int failed(Throwable failure, Page page) {
        if (progress == null) {
            return super.failed(failure, page);
        }
        return ended(Failures.exitCode(failure), Failures.message(failure, page), page);
    }

    /** @return false when interrupted */
    private boolean await(SuppressionImport work, Page page) {
        String why = work.getFailure()
                .filter(failure -> failure.getStatus() != 429)
                .map(failure -> "retrying after: " + failure.getMessage())
                .orElse("waiting for the API's limit of 10 bulk requests a minute");
        for (Duration wait = work.getWait(); !wait.isZero(); wait = work.getWait()) {
            page.progress(progress.place() + ", " + why, " (" + seconds(wait) + " s)");
            if (!process().time.sleep(wait.compareTo(STEP) < 0 ? wait : STEP)) {
                return false;
            }
        }
        return true;
    }

    private static long seconds(Duration wait) {
        return wait.plusMillis(999).getSeconds();
    }

    /** Called by the JVM's shutdown hook, after Ctrl-C. The JVM ends when this returns. */
    private void interrupted(Page page) {
        if (told.get()) {
            await(reported);
        }
        ended(ExitCode.INTERRUPTED, "Interrupted", page);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(REPORTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread onInterrupt) {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // The hook is running and reports the progress.
        }
    }

    /** Reports an import that stopped early, once. */
    private int ended(int exitCode, String why, Page page) {
        if (!told.getAndSet(true)) {
            lines(page);
            String message = why + ". Processed " + progress.place() + " addresses; continue with "
                    + Wrapped.whole("--skip " + progress.processed);
            Map<String, Object> details = JsonText.object("error", JsonText.object("message", Wrapped.plain(message)));
            details.putAll(outcome());
            details.put("continue_with_skip", progress.processed);
            page.error(message, details);
            reported.countDown();
        }
        return exitCode;
    }

    private void lines(Page page) {
        page.line(progress.added + " added to the suppression list");
        progress.rejected.forEach(each -> page.line(page.bad("not added  ") + each.getEmail() + ": " + each.getStatus()
                + each.getReason().map(reason -> ", " + reason).orElse("")));
    }

    private Map<String, Object> outcome() {
        return JsonText.object(
                "added",
                progress.added,
                "not_added",
                progress.rejected.stream()
                        .map(each -> JsonText.object(
                                "email", each.getEmail(), "status", each.getStatus(), "reason", each.getReason()))
                        .collect(Collectors.toList()));
    }
}
