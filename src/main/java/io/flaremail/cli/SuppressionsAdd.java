package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.NewSuppression;
import io.flaremail.api.Suppression;
import io.flaremail.api.SuppressionFilter;
import io.flaremail.api.Suppressions;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
        name = "add",
        description = {
            "Add an address to the suppression list.",
            "An address that is on the list already keeps its entry, unchanged. Exits with 1 if that entry ends earlier"
                    + " than requested."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail suppressions add ada@example.org",
            "  flaremail suppressions add ada@example.org \\",
            "      --until 2027-01-31 --note 'on leave'",
        })
final class SuppressionsAdd extends Command {
    @Parameters(paramLabel = "ADDRESS", description = "Address that receives no more mail.")
    String address;

    @Option(names = "--until", paramLabel = "DAY", description = "End of the suppression (UTC), such as 2027-01-31.")
    String until;

    @Option(names = "--note", paramLabel = "TEXT", description = "Note shown in the list.")
    String note;

    @Option(
            names = "--domain",
            paramLabel = "NAME",
            description = "Only for mail from this sending domain. Default: all mail of the account.")
    String domain;

    @Override
    int run(Settings settings, Page page) throws CliException, IOException {
        Instant end = SuppressionText.end(until, process().time);
        NewSuppression suppression =
                NewSuppression.of(address).expiresAt(end).note(note).sendingDomain(domain);
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            Suppressions suppressions = cloudflare.client.suppressions(cloudflare.account());
            String before = ids(suppressions);
            Suppression added = suppressions.add(suppression);
            boolean existed = !added.getId().isEmpty() && before.contains(" " + added.getId() + " ");
            return tell(readBack(suppressions, added, page), existed, end, page);
        }
    }

    /** The API's response does not tell a new entry from an existing one. */
    private String ids(Suppressions suppressions) {
        StringBuilder ids = new StringBuilder(" ");
        suppressions
                .list(SuppressionFilter.all().email(address))
                .forEach(entry -> ids.append(entry.getId()).append(' '));
        return ids.toString();
    }

    /** The API's response contains the id only. */
    private static Suppression readBack(Suppressions suppressions, Suppression added, Page page) {
        try {
            return added.getId().isEmpty() ? added : suppressions.get(added.getId());
        } catch (CloudflareApiException e) {
            page.warning("added, but the entry could not be read back: " + e.getMessage());
            return added;
        }
    }

    private int tell(Suppression entry, boolean existed, Instant end, Page page) {
        page.text(entry.getEmail()
                + (existed
                        ? " is on the suppression list already, unchanged: receives no mail"
                        : " receives no more mail")
                + entry.getSendingDomain().map(from -> " from " + from).orElse("")
                + entry.getExpiresAt().map(instant -> " until " + instant).orElse("")
                + (existed ? details(entry) : ""));
        Map<String, Object> json = SuppressionText.json(entry);
        json.put("existed", existed);
        page.json(json);
        Instant actual = entry.getExpiresAt().orElse(Instant.MAX);
        if (!existed || !actual.isBefore(end == null ? Instant.MAX : end)) {
            return ExitCode.OK;
        }
        page.warning("the entry ends earlier than requested. Remove it, then add it again: "
                + Wrapped.whole("flaremail suppressions remove " + address));
        return ExitCode.WRONG;
    }

    private static String details(Suppression entry) {
        return entry.getReason().map(reason -> ", reason " + reason).orElse("")
                + entry.getNote().map(note -> ", note " + note).orElse("");
    }
}
