package io.flaremail.cli;

/** The group of commands that onboard domains and look after their DNS. */
@picocli.CommandLine.Command(
        name = "subdomains",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "Domains that may send, and their DNS.",
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
