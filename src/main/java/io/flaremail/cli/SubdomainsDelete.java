package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import java.io.IOException;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
        name = "delete",
        sortOptions = false,
        description = "Offboards a domain: it cannot send any more. Its _dmarc record stays.")
final class SubdomainsDelete extends SubdomainCommand {
    @Option(names = "--yes", description = "Really.")
    boolean yes;

    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws Trouble, IOException {
        if (!yes) {
            throw Trouble.usage("this would stop all mail from " + subdomain.getName() + ": give --yes to do it");
        }
        subdomains.delete(subdomain.getTag());
        page.line(subdomain.getName() + " is offboarded; remove _dmarc." + subdomain.getName()
                + " yourself if nothing else needs it");
        page.json(JsonText.object("name", subdomain.getName(), "tag", subdomain.getTag(), "deleted", true));
        return ExitCode.OK;
    }
}
