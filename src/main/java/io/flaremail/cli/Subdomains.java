package io.flaremail.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
final class Subdomains implements Runnable {
    @Spec
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 100,
            description = "This text.")
    boolean help;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? list is a good one to begin with");
    }
}
