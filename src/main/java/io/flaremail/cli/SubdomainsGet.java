package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import java.io.IOException;

@picocli.CommandLine.Command(name = "get", sortOptions = false, description = "One domain, with all that is known.")
final class SubdomainsGet extends SubdomainCommand {
    @Override
    int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws IOException {
        SubdomainText.show(subdomains.get(subdomain.getTag()), page);
        return ExitCode.OK;
    }
}
