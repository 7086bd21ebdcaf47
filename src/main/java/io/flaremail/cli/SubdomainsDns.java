package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import io.flaremail.dns.DnsFinding;
import io.flaremail.dns.DnsRecord;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
        name = "dns",
        sortOptions = false,
        description = "The records that should be published, and with --live whether they are.")
final class SubdomainsDns extends SubdomainCommand {
    @Option(names = "--live", description = "Ask resolvers, record by record. Ends in 1 when something is not right.")
    boolean live;

    @Mixin
    ResolverOptions resolvers = new ResolverOptions();

    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws Trouble, IOException {
        List<DnsRecord> records = subdomains.dnsRecords(subdomain.getTag());
        if (live || resolvers.areGiven()) {
            List<DnsFinding> findings = resolvers.check().check(records, page::asking);
            findings.forEach(finding -> DnsText.finding(finding, page));
            page.json(DnsText.jsonOfFindings(findings));
            return DnsText.exitCode(findings);
        }
        DnsText.records(records, page);
        page.json(DnsText.json(records));
        return ExitCode.OK;
    }
}
