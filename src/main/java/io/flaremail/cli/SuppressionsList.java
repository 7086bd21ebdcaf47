package io.flaremail.cli;

import io.flaremail.api.Suppression;
import io.flaremail.api.SuppressionFilter;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
        name = "list",
        description = "List suppressed addresses, with reason and expiry.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail suppressions list --max 20",
            "  flaremail suppressions list --search ada@example.org",
        })
final class SuppressionsList extends Command {
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
            throw CliException.usage("--search: expected an address such as ada@example.org, or ada@ for every domain");
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
                    SuppressionText.HEAD, all.stream().map(SuppressionText::row).collect(Collectors.toList()));
            page.json(all.stream().map(SuppressionText::json).collect(Collectors.toList()));
            return ExitCode.OK;
        }
    }
}
