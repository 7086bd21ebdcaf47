package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import io.flaremail.api.SubdomainChange;
import java.io.IOException;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(name = "update", sortOptions = false, description = "Changes a domain's settings.")
final class SubdomainsUpdate extends SubdomainCommand {
    @Option(
            names = "--drop-suppressed",
            arity = "1",
            paramLabel = "true|false",
            description =
                    "true drops and names suppressed recipients; false lets one of them refuse the whole request.")
    Boolean dropSuppressed;

    @Option(names = "--preview", arity = "1", paramLabel = "true|false", description = "Whether previews are enabled.")
    Boolean preview;

    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws Trouble, IOException {
        if (dropSuppressed == null && preview == null) {
            throw Trouble.usage("nothing to change: give --drop-suppressed or --preview");
        }
        SubdomainChange change = SubdomainChange.none();
        change = dropSuppressed == null ? change : change.dropSuppressedRecipients(dropSuppressed);
        change = preview == null ? change : change.previewEnabled(preview);
        SubdomainText.show(subdomains.update(subdomain.getTag(), change), page);
        return ExitCode.OK;
    }
}
