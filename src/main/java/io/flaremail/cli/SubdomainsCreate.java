package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.DnsStatus;
import io.flaremail.api.ErrorAdvice;
import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import io.flaremail.dns.DnsRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
        name = "create",
        description = "Onboard a domain, or enable it again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail subdomains create mail.example.com --preview",
            "  flaremail subdomains create mail.example.com --wait",
        })
final class SubdomainsCreate extends Command {
    private static final int DEFAULT_WAIT = 300;

    @Parameters(paramLabel = "NAME", description = "Domain: the apex of a zone, or a name below it.")
    String name;

    @Option(
            names = "--wait",
            arity = "0..1",
            parameterConsumer = Seconds.class,
            paramLabel = "SECONDS",
            description =
                    "Wait until the DNS is ready, at most " + DEFAULT_WAIT + " seconds by default; also if the domain"
                            + " is onboarded already. Exits with 1 if it is not ready by then.")
    Integer wait;

    @Option(names = "--preview", description = "Show the records that would be created; change nothing.")
    boolean preview;

    @Override
    int run(Settings settings, Page page) throws CliException, IOException {
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            SendingSubdomains subdomains = cloudflare.subdomainsAround(name);
            return preview ? preview(subdomains, page) : create(subdomains, page);
        }
    }

    private int preview(SendingSubdomains subdomains, Page page) throws IOException {
        List<DnsRecord> records = subdomains.preview(name);
        DnsText.records(records, page);
        page.json(DnsText.json(records));
        return ExitCode.OK;
    }

    private int create(SendingSubdomains subdomains, Page page) throws IOException {
        if (wait == null) {
            SubdomainText.show(subdomains.create(name), page);
            return ExitCode.OK;
        }
        return await(subdomains, createdOrFound(subdomains), page);
    }

    /** With {@code --wait} the goal is a ready domain, so an existing one will do. */
    private Subdomain createdOrFound(SendingSubdomains subdomains) throws CloudflareApiException {
        try {
            return subdomains.create(name);
        } catch (CloudflareApiException e) {
            boolean exists = AccessAdvice.is(e, ErrorAdvice.ALREADY_EXISTS);
            Optional<Subdomain> found = exists ? subdomains.find(name) : Optional.empty();
            return found.orElseThrow(() -> e);
        }
    }

    private int await(SendingSubdomains subdomains, Subdomain created, Page page) throws IOException {
        page.line(created.getName() + " is onboarded");
        long start = System.nanoTime();
        DnsStatus status = subdomains.awaitReady(created.getTag(), Duration.ofSeconds(wait), current -> {
            long seconds = Duration.ofNanos(System.nanoTime() - start).getSeconds();
            page.progress("DNS " + current.getStatus(), " after " + seconds + " s" + (current.isReady() ? "" : " ..."));
        });
        return DnsText.show(created, status, page);
    }

    /** The seconds are optional also before NAME, which contains a dot. */
    static final class Seconds implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> rest, ArgSpec option, CommandSpec command) {
            boolean leftOut =
                    rest.isEmpty() || rest.peek().contains(".") || rest.peek().matches("-\\D.*");
            String seconds = leftOut ? "" + DEFAULT_WAIT : rest.pop();
            if (!seconds.matches("\\d{1,6}")) {
                throw new ParameterException(command.commandLine(), "--wait: expected seconds >= 0");
            }
            option.setValue(Integer.valueOf(seconds));
        }
    }
}
