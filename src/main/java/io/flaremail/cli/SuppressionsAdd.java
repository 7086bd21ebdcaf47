package io.flaremail.cli;

import io.flaremail.api.NewSuppression;
import io.flaremail.api.Suppression;
import java.io.IOException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
        name = "add",
        description = "Add an address to the suppression list.",
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
    int run(Settings settings, Page page) throws Trouble, IOException {
        NewSuppression suppression = NewSuppression.of(address)
                .expiresAt(SuppressionText.instant(until))
                .note(note)
                .sendingDomain(domain);
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            Suppression added =
                    cloudflare.client.suppressions(cloudflare.account()).add(suppression);
            page.line(added.getEmail() + " gets no more mail"
                    + added.getSendingDomain().map(from -> " from " + from).orElse("")
                    + added.getExpiresAt().map(instant -> " until " + instant).orElse(""));
            page.json(SuppressionText.json(added));
            return ExitCode.OK;
        }
    }
}
