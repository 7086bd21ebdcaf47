package io.flaremail.cli;

/** The commands about the suppression list. */
@picocli.CommandLine.Command(
        name = "suppressions",
        description = "Manage the suppression list: addresses that receive no mail.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail suppressions list --reason hard_bounce",
            "  flaremail suppressions add ada@example.org",
            "  flaremail suppressions import unsubscribed.txt",
        },
        subcommands = {SuppressionsList.class, SuppressionsAdd.class, SuppressionsRemove.class, SuppressionsImport.class
        })
final class SuppressionCommands extends CommandGroup {}
