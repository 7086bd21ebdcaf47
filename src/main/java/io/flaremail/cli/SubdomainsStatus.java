package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import java.io.IOException;

@picocli.CommandLine.Command(
        name = "status",
        sortOptions = false,
        description = "What Cloudflare thinks of a domain's DNS. Ends in 1 unless it is ready.")
final class SubdomainsStatus extends SubdomainCommand {
    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws IOException {
        return DnsText.show(subdomain, subdomains.dnsStatus(subdomain.getTag()), page);
    }
}
