package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.NewSuppression;
import io.flaremail.api.Suppression;
import io.flaremail.api.SuppressionFilter;
import io.flaremail.api.Suppressions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about the suppression list. */
@picocli.CommandLine.Command(
        name = "suppressions",
        description = "Manage the suppression list: addresses that receive no mail.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail suppressions list --reason hard_bounce",
            "  flaremail suppressions add ada@example.org",
            "  flaremail suppressions import unsubscribed.txt",
        },
        subcommands = {
            SuppressionCommands.ListCommand.class,
            SuppressionCommands.AddCommand.class,
            SuppressionCommands.RemoveCommand.class,
            SuppressionsImport.class
        })
final class SuppressionCommands extends CommandGroup {
    @picocli.CommandLine.Command(
            name = "list",
            description = "List suppressed addresses, with reason and expiry.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  flaremail suppressions list --max 20",
                "  flaremail suppressions list --search ada@example.org",
            })
    static final class ListCommand extends Command {
        /** The API refuses a search without @. */
        private static final String SEARCH = "[^@\\s]+@[^@\\s]*";

        @Option(
                names = "--search",
                paramLabel = "ADDRESS",
                description = "Only this address; ada@ finds ada at every domain.")
        String search;

        @Option(
                names = "--reason",
                paramLabel = "REASON",
                completionCandidates = Reasons.class,
                description = "Only this reason: manual, complaint, hard_bounce, soft_bounce or policy.")
        String reason;

        @Option(names = "--domain", paramLabel = "NAME", description = "Only suppressions for this sending domain.")
        String domain;

        @Option(names = "--max", paramLabel = "NUMBER", description = "Maximum number of addresses.")
        Long max;

        @Override
        int run(Settings settings, Page page) throws CliException, IOException {
            if (reason != null) {
                Reasons.require(reason);
            }
            if (search != null && !search.matches(SEARCH)) {
                throw CliException.usage(
                        "--search: expected an address such as ada@example.org, or ada@ for every domain");
            }
            if (max != null && max < 1) {
                throw CliException.usage("--max: expected a number >= 1");
            }
            try (Cloudflare cloudflare = Cloudflare.open(settings)) {
                SuppressionFilter filter = SuppressionFilter.all();
                filter = search == null ? filter : filter.search(search);
                filter = domain == null ? filter : filter.sendingDomain(domain);
                filter = reason == null ? filter : filter.reason(reason);
                Stream<Suppression> found =
                        cloudflare.client.suppressions(cloudflare.account()).list(filter);
                List<Suppression> all = (max == null ? found : found.limit(max)).collect(Collectors.toList());
                page.table(
                        SuppressionText.HEAD,
                        all.stream().map(SuppressionText::row).collect(Collectors.toList()));
                page.json(all.stream().map(SuppressionText::json).collect(Collectors.toList()));
                return ExitCode.OK;
            }
        }
    }

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
    static final class AddCommand extends Command {
        @Parameters(paramLabel = "ADDRESS", description = "Address that receives no more mail.")
        String address;

        @Option(
                names = "--until",
                paramLabel = "DAY",
                description = "End of the suppression (UTC), such as 2027-01-31.")
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
                Set<String> before = ids(suppressions);
                Suppression added = suppressions.add(suppression);
                boolean existed = !added.getId().isEmpty() && before.contains(added.getId());
                return tell(readBack(suppressions, added, page), existed, end, page);
            }
        }

        /** The API's response does not tell a new entry from an existing one. */
        private Set<String> ids(Suppressions suppressions) {
            return suppressions
                    .list(SuppressionFilter.all().email(address))
                    .map(Suppression::getId)
                    .collect(Collectors.toSet());
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

    @picocli.CommandLine.Command(
            name = "remove",
            description = "Remove an address from the suppression list.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  flaremail suppressions remove ada@example.org",
            })
    static final class RemoveCommand extends Command {
        @Parameters(paramLabel = "ADDRESS", description = "Address that receives mail again.")
        String address;

        @Override
        int run(Settings settings, Page page) throws CliException, IOException {
            try (Cloudflare cloudflare = Cloudflare.open(settings)) {
                Suppressions suppressions = cloudflare.client.suppressions(cloudflare.account());
                List<Suppression> entries = suppressions
                        .list(SuppressionFilter.all().email(address))
                        .filter(entry -> entry.getEmail().equalsIgnoreCase(address))
                        .collect(Collectors.toList());
                requireRemovable(entries);
                for (Suppression entry : entries) {
                    suppressions.remove(entry.getId());
                }
                page.text(address + " receives mail again");
                page.json(JsonText.object("email", address, "removed", entries.size()));
                return ExitCode.OK;
            }
        }

        private void requireRemovable(List<Suppression> entries) throws CliException {
            if (entries.isEmpty()) {
                throw new CliException(ExitCode.WRONG, address + " is not on the suppression list");
            }
            if (entries.stream().anyMatch(Suppression::isReadOnly)) {
                throw new CliException(
                        ExitCode.WRONG, address + " was suppressed by Cloudflare; only Cloudflare can remove it");
            }
        }
    }
}
