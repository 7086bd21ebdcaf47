package io.flaremail.cli;

import io.flaremail.CloudflareTransport;
import io.flaremail.SmtpFormProvider;
import io.flaremail.config.Endpoint;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/** For {@code doctor --smtp}: which transport mail sessions on this class path use for "smtp", by host. */
final class SmtpChecks {
    private static final List<String> ALL_HOSTS =
            Arrays.asList(CloudflareTransport.class.getName(), "io.flaremail.CloudflareSmtpTransport");

    /** What the names of our transports begin with. */
    static final String OURS = SmtpFormProvider.class.getPackage().getName() + ".";

    private SmtpChecks() {}

    /** @param host as it would be typed into the application's form */
    static void run(String host, Settings settings, Diagnosis diagnosis) {
        try {
            Session session = Session.getInstance(settings.properties());
            for (String protocol : new String[] {"smtp", "smtps"}) {
                diagnosis.add(finding(protocol, host, session));
            }
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            diagnosis.add(Finding.skipped("SMTP", "fix the problem above first"));
        }
    }

    private static Finding finding(String protocol, String host, Session session) {
        Provider provider;
        try {
            provider = session.getProvider(protocol);
        } catch (NoSuchProviderException e) {
            return Finding.wrong(
                    "SMTP", "mail sessions have no transport for " + protocol, "add the mail implementation");
        }
        String name = provider.getClassName();
        if (ALL_HOSTS.contains(name)) {
            return Finding.ok("SMTP", protocol + " to any host goes to Cloudflare: mail." + protocol + ".class is set");
        }
        Optional<Class<?>> loaded = Jar.load(name);
        if (!loaded.isPresent()) {
            return Finding.wrong(
                    "SMTP", protocol + " is " + name + ", which cannot be loaded", "correct the class path");
        }
        Class<?> type = loaded.get();
        if (!name.startsWith(OURS)) {
            return Finding.wrong("SMTP", protocol + " is " + name + " of " + Jar.of(type), remedy());
        }
        return Finding.ok(
                "SMTP",
                protocol + " to " + host + " goes to "
                        + (Endpoint.isFormHost(host)
                                ? "Cloudflare"
                                : type.getSuperclass().getName() + " of " + Jar.of(type.getSuperclass())));
    }

    private static String remedy() {
        return Registration.isNamed(SmtpFormProvider.class.getName(), Registration.SERVICES)
                ? "put both jars before the mail jars on the class path, or see \"Which transport handles smtp\" in"
                        + " META-INF-services-notes.md"
                : "put flaremail-" + Jar.version(SmtpChecks.class).orElse("VERSION") + "-smtp.jar on the class path";
    }
}
