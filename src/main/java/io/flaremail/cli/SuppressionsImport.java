package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.NewSuppression;
import io.flaremail.api.RejectedSuppression;
import io.flaremail.api.Suppressions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
        name = "import",
        sortOptions = false,
        description = "Adds all addresses of a file, one to a line; empty lines and those with # are left out.")
final class SuppressionsImport extends Command {
    private static final int BATCH = 1000;
    private static final String ADDRESS = "[^\\s@,;<>\"]+@[^\\s@,;<>\"]+";

    @Parameters(paramLabel = "FILE", description = "The file, or - for standard input.")
    String file;

    @Option(names = "--until", paramLabel = "DAY", description = "When it ends for all of them, such as 2027-01-31.")
    String until;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for those who read the list.")
    String note;

    @Override
    int run(Settings settings, Page page) throws Trouble, IOException {
        Instant end = SuppressionText.instant(until);
        List<String> addresses = new ArrayList<>(addresses());
        List<RejectedSuppression> rejected = new ArrayList<>();
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            Suppressions suppressions = cloudflare.client.suppressions(cloudflare.account());
            for (int from = 0; from < addresses.size(); from += BATCH) {
                int to = Math.min(from + BATCH, addresses.size());
                rejected.addAll(add(suppressions, addresses.subList(from, to), end, from));
                page.progress(to + " of " + addresses.size(), "");
            }
        }
        return tell(addresses.size() - rejected.size(), rejected, page);
    }

    private static int tell(int added, List<RejectedSuppression> rejected, Page page) {
        page.line(added + " added to the suppression list");
        rejected.forEach(each -> page.line(page.bad("not added  ") + each.getEmail() + ": " + each.getStatus()
                + each.getReason().map(reason -> ", " + reason).orElse("")));
        page.json(JsonText.object(
                "added",
                added,
                "not_added",
                rejected.stream()
                        .map(each -> JsonText.object(
                                "email", each.getEmail(), "status", each.getStatus(), "reason", each.getReason()))
                        .collect(Collectors.toList())));
        return rejected.isEmpty() ? ExitCode.OK : ExitCode.WRONG;
    }

    private List<RejectedSuppression> add(Suppressions suppressions, List<String> batch, Instant end, int before)
            throws Trouble {
        List<NewSuppression> items = new ArrayList<>();
        batch.forEach(
                address -> items.add(NewSuppression.of(address).expiresAt(end).note(note)));
        try {
            return suppressions.addAll(items);
        } catch (CloudflareApiException failed) {
            throw new Trouble(
                    Failures.exitCode(failed),
                    failed.getMessage()
                            + Advice.about(failed).map(text -> ". " + text).orElse("") + ". The first " + before
                            + " addresses were dealt with; it is safe to import the file again.");
        }
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
