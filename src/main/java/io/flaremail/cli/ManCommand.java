package io.flaremail.cli;

import picocli.CommandLine;

@CommandLine.Command(
        name = "man",
        hidden = true,
        description = "Print the manual page (roff).",
        footerHeading = "%nExamples:%n",
        footer = {"  flaremail man | man -l -", "  flaremail man > /usr/local/share/man/man1/flaremail.1"})
final class ManCommand extends Command {
    @Override
    int run(Settings settings, Page page) {
        process().out.print(ManPage.of(spec.root().commandLine(), new Main.Version().getVersion()[0]));
        return ExitCode.OK;
    }
}
