package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import java.io.IOException;

@picocli.CommandLine.Command(
        name = "get",
        description = "Show the settings of a sending domain.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail subdomains get mail.example.com",
        })
final class SubdomainsGet extends SubdomainCommand {
    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws IOException {
        SubdomainText.show(subdomains.get(subdomain.getTag()), page);
        return ExitCode.OK;
    }
}
