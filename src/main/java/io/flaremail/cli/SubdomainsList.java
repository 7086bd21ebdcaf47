package io.flaremail.cli;

import io.flaremail.api.Subdomain;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

@picocli.CommandLine.Command(
        name = "list",
        description = "List the sending domains of a zone.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail subdomains list --zone example.com",
        })
final class SubdomainsList extends Command {
    @Override
    int run(Settings settings, Page page) throws CliException, IOException {
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            List<Subdomain> all = cloudflare.subdomains().list();
            page.table(
                    Arrays.asList("NAME", "SENDING", "SUPPRESSED", "TAG"),
                    all.stream().map(SubdomainText::row).collect(Collectors.toList()));
            page.json(all.stream().map(SubdomainText::json).collect(Collectors.toList()));
            return ExitCode.OK;
        }
    }
}
