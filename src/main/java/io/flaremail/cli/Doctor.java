package io.flaremail.cli;

import io.flaremail.config.Endpoint;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
        name = "doctor",
        description = {
            "Check everything that sending needs, and show how to fix it.",
            "Checks token, account, sending domain, DNS, quota, class path and mail properties. Changes nothing and sends nothing.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail doctor --from billing@mail.example.com",
            "  FLAREMAIL_CLASSPATH='lib/*' flaremail doctor \\",
            "      --properties application.properties",
        })
final class Doctor extends Command {
    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "Sender whose domain is checked. Default: the sender in --properties.")
    String from;

    @Option(
            names = "--smtp",
            arity = "0..1",
            fallbackValue = Endpoint.FORM_HOST,
            paramLabel = "HOST",
            description = "Check which transport serves \"smtp\" for this host, api.cloudflare.com by default: for"
                    + " applications that offer a form for an SMTP server.")
    String smtp;

    @Mixin
    ResolverOptions resolvers = new ResolverOptions();

    /** Accepts unresolved placeholders and reports them as findings. */
    @Override
    void require(Settings settings) {}

    @Override
    int run(Settings settings, Page page) throws CliException {
        Diagnosis diagnosis = new Diagnosis(page);
        Spelling.unresolved(settings, diagnosis);
        Optional<String> domain = domain(settings, diagnosis);
        new AccessChecks(settings, diagnosis, domain, resolvers.check()).run();
        ClassPathCheck.run(settings.classPath(), diagnosis);
        boolean rightJar = NamespaceCheck.run(diagnosis);
        if (MailApi.isPresent()) {
            ProviderChecks.run(diagnosis);
            if (smtp == null) {
                PropertyChecks.run(settings, diagnosis);
            } else {
                SmtpChecks.run(smtp, settings, diagnosis);
            }
        } else if (rightJar && (smtp != null || settings.classPath().isPresent())) {
            diagnosis.add(Finding.wrong(
                    "Mail",
                    "found no mail API, jakarta.mail or javax.mail, on the class path",
                    "set FLAREMAIL_CLASSPATH to the folder of the application's mail jars, such as "
                            + Wrapped.whole("FLAREMAIL_CLASSPATH='lib/*'")));
        } else if (rightJar) {
            diagnosis.add(Finding.skipped(
                    "Provider",
                    "run it with the application's class path: "
                            + Wrapped.whole("FLAREMAIL_CLASSPATH='lib/*' flaremail doctor")));
            diagnosis.add(Finding.skipped("Protocol", "run it with the application's class path"));
        } else {
            diagnosis.add(Finding.skipped("Provider", "use the right jar first"));
            diagnosis.add(Finding.skipped("Protocol", "use the right jar first"));
        }
        Spelling.check(settings, diagnosis);
        OptionChecks.run(settings, diagnosis);
        return diagnosis.conclude();
    }

    private Optional<String> domain(Settings settings, Diagnosis diagnosis) throws CliException {
        if (from != null) {
            return Optional.of(Domain.of(from, "--from"));
        }
        try {
            Optional<String> sender = settings.sender();
            return sender.isPresent() ? Optional.of(Domain.of(sender.get(), "mail.cloudflare.from")) : Optional.empty();
        } catch (CliException e) {
            diagnosis.add(Finding.wrong("Sender", e.getMessage(), "correct it or give --from"));
            return Optional.empty();
        }
    }
}
