package io.flaremail.cli;

import io.flaremail.api.Suppression;
import io.flaremail.api.SuppressionFilter;
import io.flaremail.api.Suppressions;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
        name = "remove",
        description = "Remove an address from the suppression list.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail suppressions remove ada@example.org",
        })
final class SuppressionsRemove extends Command {
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
