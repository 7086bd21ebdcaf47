package io.flaremail.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "completion",
        description = "Print a completion script for a shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(flaremail completion bash)",
            "  source <(flaremail completion zsh)",
            "  flaremail completion fish | source",
        })
final class CompletionCommand extends Command {
    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.", completionCandidates = Shells.class)
    String shell;

    @Override
    int run(Settings settings, Page page) throws CliException {
        if (!new Shells().contains(shell)) {
            throw CliException.usage("SHELL: expected bash, zsh or fish");
        }
        CommandLine root = spec.root().commandLine();
        // picocli's script is for bash, and for zsh by its emulation of bash.
        String script = shell.equals("fish")
                ? FishCompletion.of(root)
                : AutoComplete.bash(spec.root().name(), root);
        process().out.print(script);
        return ExitCode.OK;
    }

    static final class Shells extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Shells() {
            super(Arrays.asList("bash", "zsh", "fish"));
        }
    }

    /** A completion script for fish, which picocli does not make. */
    static final class FishCompletion {
        private final StringBuilder script = new StringBuilder("# Completion for flaremail in fish\n");
        private final String program;

        private FishCompletion(String program) {
            this.program = program;
        }

        static String of(CommandLine root) {
            FishCompletion fish = new FishCompletion(root.getCommandSpec().name());
            fish.add("", "-f");
            HelpLayout.global(root.getCommandSpec()).forEach(option -> fish.option("", option));
            HelpLayout.own(root.getCommandSpec()).forEach(option -> fish.option("__fish_use_subcommand", option));
            fish.commands(root, "__fish_use_subcommand", "");
            return fish.script.toString();
        }

        /**
         * @param here true where the name of a command below this one is expected
         * @param seen true after this command's own name; empty for the root
         */
        private void commands(CommandLine command, String here, String seen) {
            for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
                CommandSpec spec = below.getValue().getCommandSpec();
                if (spec.usageMessage().hidden()) {
                    continue;
                }
                add(here, "-a " + below.getKey() + " -d " + quoted(description(spec)));
                String inside =
                        seen + (seen.isEmpty() ? "" : "; and ") + "__fish_seen_subcommand_from " + below.getKey();
                HelpLayout.own(spec).forEach(option -> option(inside, option));
                spec.positionalParameters().forEach(parameter -> parameter(inside, parameter));
                String names =
                        String.join(" ", below.getValue().getSubcommands().keySet());
                commands(below.getValue(), inside + "; and not __fish_seen_subcommand_from " + names, inside);
            }
        }

        private static String description(CommandSpec spec) {
            return String.join(" ", spec.usageMessage().description()[0]);
        }

        private void option(String condition, OptionSpec option) {
            StringBuilder names = new StringBuilder();
            for (String name : option.names()) {
                names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            String value = option.arity().max() == 0 ? "" : value(option);
            // An optional value is only taken after =, and a switch has none.
            String required = option.arity().min() == 0 ? "" : value;
            String text = String.join(" ", option.description());
            add(condition, names.substring(1) + required + " -d " + quoted(text));
        }

        private void parameter(String condition, PositionalParamSpec parameter) {
            String value = value(parameter);
            if (!value.equals(" -x")) {
                add(condition, value.trim().replace("-r -F", "-F").replace("-x ", ""));
            }
        }

        /** Files, a list of words, or something that cannot be guessed. */
        private static String value(ArgSpec arg) {
            if (arg.paramLabel().equals("FILE")) {
                return " -r -F";
            }
            return arg.completionCandidates() != null
                    ? " -x -a " + quoted(String.join(" ", arg.completionCandidates()))
                    : " -x";
        }

        private void add(String condition, String rest) {
            script.append("complete -c ").append(program).append(' ');
            if (!condition.isEmpty()) {
                script.append("-n ").append(quoted(condition)).append(' ');
            }
            script.append(rest).append('\n');
        }

        private static String quoted(String text) {
            return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
        }
    }
}
