package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import java.io.IOException;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
        name = "delete",
        description = "Remove a sending domain. Its _dmarc record remains.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail subdomains delete mail.example.com --yes",
        })
final class SubdomainsDelete extends SubdomainCommand {
    @Option(names = "--yes", description = "Do not ask for confirmation.")
    boolean yes;

    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws CliException, IOException {
        if (!yes) {
            throw CliException.usage("this stops all mail from " + subdomain.getName() + ": confirm with --yes");
        }
        subdomains.delete(subdomain.getTag());
        page.text(subdomain.getName() + " is removed; also remove the record _dmarc." + subdomain.getName()
                + " unless other mail needs it");
        page.json(JsonText.object("name", subdomain.getName(), "tag", subdomain.getTag(), "deleted", true));
        return ExitCode.OK;
    }
}
