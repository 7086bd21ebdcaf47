package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import java.io.IOException;

@picocli.CommandLine.Command(
        name = "status",
        description = {
            "Show how Cloudflare judges the DNS of a domain.",
            "Exits with 1 unless the DNS is ready.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail subdomains status mail.example.com",
        })
final class SubdomainsStatus extends SubdomainCommand {
    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws IOException {
        return DnsText.show(subdomain, subdomains.dnsStatus(subdomain.getTag()), page);
    }
}
