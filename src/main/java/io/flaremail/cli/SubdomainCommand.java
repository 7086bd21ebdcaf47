package io.flaremail.cli;

import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** A command about one sending domain. */
abstract class SubdomainCommand extends Command {
    @Parameters(paramLabel = "NAME", description = "Sending domain, such as mail.example.com.")
    String name;

    @Override
    final int run(Settings settings, Page page) throws CliException, IOException {
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            SendingSubdomains subdomains = cloudflare.subdomainsAround(name);
            return run(subdomains, Cloudflare.require(subdomains, name), page);
        }
    }

    abstract int run(SendingSubdomains subdomains, Subdomain subdomain, Page page) throws CliException, IOException;
}
