package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import io.flaremail.api.SubdomainChange;
import io.flaremail.dns.DnsFinding;
import io.flaremail.dns.DnsRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about sending domains and their DNS. */
@picocli.CommandLine.Command(
        name = "subdomains",
        description = "Manage sending domains and their DNS.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail subdomains list --zone example.com",
            "  flaremail subdomains create mail.example.com --wait",
            "  flaremail subdomains dns mail.example.com --live",
        },
        subcommands = {
            Subdomains.ListCommand.class,
            Subdomains.GetCommand.class,
            SubdomainsCreate.class,
            Subdomains.UpdateCommand.class,
            Subdomains.DeleteCommand.class,
            Subdomains.DnsCommand.class,
            Subdomains.StatusCommand.class,
            Subdomains.RepairCommand.class
        })
final class Subdomains extends CommandGroup {
    /** A command about one sending domain. */
    abstract static class OneDomain extends Command {
        @Parameters(paramLabel = "NAME", description = "Sending domain, such as mail.example.com.")
        String name;

        @Override
        final int run(Settings settings, Page page) throws CliException, IOException {
            try (Cloudflare cloudflare = Cloudflare.open(settings)) {
                SendingSubdomains subdomains = cloudflare.subdomainsAround(name);
                return run(subdomains, Cloudflare.require(subdomains, name), page);
            }
        }

        abstract int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws CliException, IOException;
    }

    @picocli.CommandLine.Command(
            name = "list",
            description = "List the sending domains of a zone.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  flaremail subdomains list --zone example.com",
            })
    static final class ListCommand extends Command {
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

    @picocli.CommandLine.Command(
            name = "get",
            description = "Show the settings of a sending domain.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  flaremail subdomains get mail.example.com",
            })
    static final class GetCommand extends OneDomain {
        @Override
        int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws IOException {
            SubdomainText.show(subdomains.get(subdomain.getTag()), page);
            return ExitCode.OK;
        }
    }

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
    static final class StatusCommand extends OneDomain {
        @Override
        int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws IOException {
            return DnsText.show(subdomain, subdomains.dnsStatus(subdomain.getTag()), page);
        }
    }

    @picocli.CommandLine.Command(
            name = "repair",
            description = "Let Cloudflare repair the DNS records of a domain, then show the status.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  flaremail subdomains repair mail.example.com",
            })
    static final class RepairCommand extends OneDomain {
        @Override
        int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws IOException {
            subdomains.repairDns(subdomain.getTag());
            return DnsText.show(subdomain, subdomains.dnsStatus(subdomain.getTag()), page);
        }
    }

    @picocli.CommandLine.Command(
            name = "delete",
            description = "Remove a sending domain. Its _dmarc record remains.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  flaremail subdomains delete mail.example.com --yes",
            })
    static final class DeleteCommand extends OneDomain {
        @Option(names = "--yes", description = "Do not ask for confirmation.")
        boolean yes;

        @Override
        int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws CliException, IOException {
            if (!yes) {
                throw CliException.usage("this stops all mail from " + subdomain.getName() + ": confirm with --yes");
            }
            subdomains.delete(subdomain.getTag());
            page.text(subdomain.getName() + " is removed; also remove the record _dmarc." + subdomain.getName()
                    + " unless other mail needs it");
            page.json(JsonText.object("name", subdomain.getName(), "tag", subdomain.getTag(), "deleted", true));
            return ExitCode.OK;
        }
    }

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
    static final class DnsCommand extends OneDomain {
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

    @picocli.CommandLine.Command(
            name = "update",
            description = "Change the settings of a sending domain.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  flaremail subdomains update mail.example.com \\",
                "      --drop-suppressed true",
            })
    static final class UpdateCommand extends OneDomain {
        @Option(
                names = "--drop-suppressed",
                arity = "1",
                paramLabel = "true|false",
                completionCandidates = Booleans.class,
                description =
                        "true: skip suppressed recipients and report them. false: one suppressed recipient makes the"
                                + " whole request fail.")
        Boolean dropSuppressed;

        @Option(
                names = "--preview",
                arity = "1",
                paramLabel = "true|false",
                completionCandidates = Booleans.class,
                description = "Enable or disable previews.")
        Boolean preview;

        static final class Booleans extends ArrayList<String> {
            private static final long serialVersionUID = 1L;

            Booleans() {
                super(Arrays.asList("true", "false"));
            }
        }

        @Override
        int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws CliException, IOException {
            if (dropSuppressed == null && preview == null) {
                throw CliException.usage("nothing to change: give --drop-suppressed or --preview");
            }
            SubdomainChange change = SubdomainChange.none();
            change = dropSuppressed == null ? change : change.dropSuppressedRecipients(dropSuppressed);
            change = preview == null ? change : change.previewEnabled(preview);
            SubdomainText.show(subdomains.update(subdomain.getTag(), change), page);
            return ExitCode.OK;
        }
    }
}
