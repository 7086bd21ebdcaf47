package io.flaremail.cli;

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
            SubdomainsList.class,
            SubdomainsGet.class,
            SubdomainsCreate.class,
            SubdomainsUpdate.class,
            SubdomainsDelete.class,
            SubdomainsDns.class,
            SubdomainsStatus.class,
            SubdomainsRepair.class
        })
final class Subdomains extends CommandGroup {}
