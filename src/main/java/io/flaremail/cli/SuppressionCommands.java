package io.flaremail.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands about who gets no mail. */
@picocli.CommandLine.Command(
        name = "suppressions",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "Addresses that get no mail.",
        subcommands = {SuppressionsList.class, SuppressionsAdd.class, SuppressionsRemove.class, SuppressionsImport.class
        })
final class SuppressionCommands implements Runnable {
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
