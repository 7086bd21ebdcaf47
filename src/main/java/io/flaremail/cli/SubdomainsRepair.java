package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import java.io.IOException;

@picocli.CommandLine.Command(
        name = "repair",
        sortOptions = false,
        description = "Has Cloudflare put a domain's records right, then tells the status.")
final class SubdomainsRepair extends SubdomainCommand {
    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws IOException {
        subdomains.repairDns(subdomain.getTag());
        return DnsText.show(subdomain, subdomains.dnsStatus(subdomain.getTag()), page);
    }
}
