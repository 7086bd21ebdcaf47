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
        description = {
            "Show the DNS records that a domain needs; with --live, check them.",
            "Exits with 1 if a check finds a problem.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail subdomains dns mail.example.com",
            "  flaremail subdomains dns mail.example.com \\",
            "      --live --resolver 1.1.1.1",
        })
final class SubdomainsDns extends SubdomainCommand {
    @Option(names = "--live", description = "Ask DNS resolvers whether the records are published.")
    boolean live;

    @Mixin
    ResolverOptions resolvers = new ResolverOptions();

    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws CliException, IOException {
        List<DnsRecord> records = subdomains.dnsRecords(subdomain.getTag());
        if (live || resolvers.areGiven()) {
            List<DnsFinding> findings = resolvers.check().check(records, page::asking);
            DnsText.findings(findings, page);
            page.json(DnsText.jsonOfFindings(findings));
            return DnsText.exitCode(findings);
        }
        DnsText.records(records, page);
        page.json(DnsText.json(records));
        return ExitCode.OK;
    }
}
