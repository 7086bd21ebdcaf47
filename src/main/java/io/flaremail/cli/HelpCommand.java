package io.flaremail.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "help",
        description = "Show help for a command.",
        footerHeading = "%nExamples:%n",
        footer = {"  flaremail help", "  flaremail help suppressions add"})
final class HelpCommand extends Command {
    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "Command to explain, such as subdomains create.",
            completionCandidates = Commands.class)
    List<String> path = new ArrayList<>();

    @Override
    int run(Settings settings, Page page) throws CliException {
        CommandLine command = spec.root().commandLine();
        for (String name : path) {
            CommandLine below = command.getSubcommands().get(name);
            if (below == null) {
                String parent = command.getCommandSpec().qualifiedName();
                throw CliException.usage("unknown command: " + name + "; " + parent + " --help lists the commands");
            }
            command = below;
        }
        command.usage(command.getOut(), command.getColorScheme());
        return ExitCode.OK;
    }

    /** For completion scripts. */
    static final class Commands extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Commands() {
            for (Class<?> type :
                    Main.class.getAnnotation(CommandLine.Command.class).subcommands()) {
                CommandLine.Command command = type.getAnnotation(CommandLine.Command.class);
                if (!command.hidden()) {
                    add(command.name());
                }
            }
        }
    }
}
