package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.NewSuppression;
import io.flaremail.api.SuppressionImport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
        name = "import",
        sortOptions = false,
        description = {
            "Adds all addresses of a file, one to a line; empty lines and those with # are left out.",
            "More than 10,000 addresses take several minutes: the API accepts 10 bulk requests a minute."
        })
final class SuppressionsImport extends Command {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final String ADDRESS = "[^\\s@,;<>\"]+@[^\\s@,;<>\"]+";

    @Parameters(paramLabel = "FILE", description = "The file, or - for standard input.")
    String file;

    @Option(names = "--until", paramLabel = "DAY", description = "When it ends for all of them, such as 2027-01-31.")
    String until;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for those who read the list.")
    String note;

    @Option(
            names = "--skip",
            paramLabel = "N",
            description = "Skip the first N addresses, which an interrupted import has already processed.")
    int skip;

    /** How many addresses are processed, skipped ones included; read by the shutdown hook. */
    private volatile int processed;

    private volatile int total;

    private final AtomicBoolean told = new AtomicBoolean();

    @Override
    int run(Settings settings, Page page) throws Trouble, IOException {
        Instant end = SuppressionText.instant(until);
        List<String> addresses = new ArrayList<>(addresses());
        if (skip < 0 || skip > addresses.size()) {
            throw Trouble.usage("--skip: expected 0 to " + addresses.size() + ", the number of addresses");
        }
        List<NewSuppression> left = addresses.subList(skip, addresses.size()).stream()
                .map(address -> NewSuppression.of(address).expiresAt(end).note(note))
                .collect(Collectors.toList());
        processed = skip;
        total = addresses.size();
        Thread onInterrupt = new Thread(() -> interrupted(page), "import-interrupted");
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            SuppressionImport work = cloudflare
                    .client
                    .suppressions(cloudflare.account())
                    .startImport(left, surroundings().time::nanoTime);
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            return add(work, page);
        } finally {
            remove(onInterrupt);
        }
    }

    private int add(SuppressionImport work, Page page) {
        while (!work.isDone()) {
            if (!await(work, page)) {
                return ended(ExitCode.INTERRUPTED, "Interrupted", work, page);
            }
            try {
                work.addNext();
            } catch (CloudflareApiException failed) {
                String advice = Advice.about(failed).map(text -> ". " + text).orElse("");
                return ended(Failures.exitCode(failed), failed.getMessage() + advice, work, page);
            }
            processed = skip + work.getDone();
            page.progress(place(), "");
        }
        return told.getAndSet(true) ? ExitCode.INTERRUPTED : tell(work, page);
    }

    /** @return false when interrupted */
    private boolean await(SuppressionImport work, Page page) {
        for (Duration wait = work.getWait(); !wait.isZero(); wait = work.getWait()) {
            page.progress(
                    place() + ", waiting for the API's limit of 10 bulk requests a minute",
                    " (" + seconds(wait) + " s)");
            if (!surroundings().time.sleep(wait.compareTo(STEP) < 0 ? wait : STEP)) {
                return false;
            }
        }
        return true;
    }

    private static long seconds(Duration wait) {
        return wait.plusMillis(999).getSeconds();
    }

    private String place() {
        return processed + " of " + total;
    }

    private String advice(String why) {
        return why + ". Processed " + place() + " addresses; continue with --skip " + processed;
    }

    private Map<String, Object> details(String why) {
        return JsonText.object("error", JsonText.object("message", advice(why)), "continue_with_skip", processed);
    }

    /** Called by the JVM's shutdown hook, after Ctrl-C. */
    private void interrupted(Page page) {
        if (!told.getAndSet(true)) {
            page.error(advice("Interrupted"), details("Interrupted"));
        }
    }

    private static void remove(Thread onInterrupt) {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running and reports the progress.
        }
    }

    private int tell(SuppressionImport work, Page page) {
        lines(work, page);
        page.json(outcome(work));
        return work.getRejected().isEmpty() ? ExitCode.OK : ExitCode.WRONG;
    }

    /** Reports an import that stopped early. */
    private int ended(int exitCode, String why, SuppressionImport work, Page page) {
        if (!told.getAndSet(true)) {
            lines(work, page);
            Map<String, Object> details = details(why);
            details.putAll(outcome(work));
            page.error(advice(why), details);
        }
        return exitCode;
    }

    private static void lines(SuppressionImport work, Page page) {
        page.line(work.getDone() - work.getRejected().size() + " added to the suppression list");
        work.getRejected()
                .forEach(each -> page.line(page.bad("not added  ") + each.getEmail() + ": " + each.getStatus()
                        + each.getReason().map(reason -> ", " + reason).orElse("")));
    }

    private static Map<String, Object> outcome(SuppressionImport work) {
        return JsonText.object(
                "added",
                work.getDone() - work.getRejected().size(),
                "not_added",
                work.getRejected().stream()
                        .map(each -> JsonText.object(
                                "email", each.getEmail(), "status", each.getStatus(), "reason", each.getReason()))
                        .collect(Collectors.toList()));
    }

    private Set<String> addresses() throws IOException, Trouble {
        Set<String> addresses = new LinkedHashSet<>();
        int number = 0;
        try (BufferedReader lines = file.equals("-")
                ? new BufferedReader(new InputStreamReader(surroundings().in, StandardCharsets.UTF_8.newDecoder()))
                : Files.newBufferedReader(Paths.get(file))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String address = line.replace("\uFEFF", "").trim();
                if (!address.isEmpty() && !address.startsWith("#")) {
                    addresses.add(requireAddress(address, number));
                }
            }
        } catch (java.nio.charset.CharacterCodingException other) {
            throw Trouble.usage(name() + " is not UTF-8");
        } catch (IOException unreadable) {
            throw Trouble.usage("cannot read " + name() + ": " + Input.reason(Paths.get(file), unreadable));
        }
        return addresses;
    }

    private String name() {
        return file.equals("-") ? "standard input" : file;
    }

    private String requireAddress(String address, int number) throws Trouble {
        if (!address.matches(ADDRESS)) {
            throw Trouble.usage(name() + ", line " + number + ": expected one bare address; nothing was added");
        }
        return address;
    }
}
