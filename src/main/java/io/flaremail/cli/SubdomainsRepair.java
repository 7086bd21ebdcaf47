package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import java.io.IOException;

@picocli.CommandLine.Command(
        name = "repair",
        description = "Let Cloudflare repair the DNS records of a domain, then show the status.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail subdomains repair mail.example.com",
        })
final class SubdomainsRepair extends SubdomainCommand {
    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws IOException {
        subdomains.repairDns(subdomain.getTag());
        return DnsText.show(subdomain, subdomains.dnsStatus(subdomain.getTag()), page);
    }
}
