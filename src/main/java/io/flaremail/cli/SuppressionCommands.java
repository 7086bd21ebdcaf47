package io.flaremail.cli;

/** The group of commands about who gets no mail. */
@picocli.CommandLine.Command(
        name = "suppressions",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "Addresses that get no mail.",
        subcommands = {SuppressionsList.class, SuppressionsAdd.class, SuppressionsRemove.class, SuppressionsImport.class
        })
final class SuppressionCommands extends CommandGroup {}
