package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import io.flaremail.api.SubdomainChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
        name = "update",
        description = "Change the settings of a sending domain.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail subdomains update mail.example.com \\",
            "      --drop-suppressed true",
        })
final class SubdomainsUpdate extends SubdomainCommand {
    @Option(
            names = "--drop-suppressed",
            arity = "1",
            paramLabel = "true|false",
            completionCandidates = Booleans.class,
            description = "true: skip suppressed recipients and report them. false: one suppressed recipient makes the"
                    + " whole request fail.")
    Boolean dropSuppressed;

    @Option(
            names = "--preview",
            arity = "1",
            paramLabel = "true|false",
            completionCandidates = Booleans.class,
            description = "Enable or disable previews.")
    Boolean preview;

    static final class Booleans extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Booleans() {
            super(Arrays.asList("true", "false"));
        }
    }

    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws CliException, IOException {
        if (dropSuppressed == null && preview == null) {
            throw CliException.usage("nothing to change: give --drop-suppressed or --preview");
        }
        SubdomainChange change = SubdomainChange.none();
        change = dropSuppressed == null ? change : change.dropSuppressedRecipients(dropSuppressed);
        change = preview == null ? change : change.previewEnabled(preview);
        SubdomainText.show(subdomains.update(subdomain.getTag(), change), page);
        return ExitCode.OK;
    }
}
