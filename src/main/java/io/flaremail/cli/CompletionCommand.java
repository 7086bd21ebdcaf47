package io.flaremail.cli;

import java.util.ArrayList;
import java.util.Arrays;
import picocli.AutoComplete;
import picocli.CommandLine;
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
}
