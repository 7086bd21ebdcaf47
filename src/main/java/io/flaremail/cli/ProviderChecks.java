package io.flaremail.cli;

import io.flaremail.CloudflareProvider;
import io.flaremail.CloudflareTransport;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import java.util.Arrays;
import java.util.Properties;
import java.util.ServiceConfigurationError;

/** Checks whether mail sessions on this class path find the transport, and with which mail implementation. */
final class ProviderChecks {
    private static final String BY_HAND =
            "see META-INF-services-notes.md; or add it in code: session.addProvider(new io.flaremail.CloudflareProvider())";

    private ProviderChecks() {}

    static void run(Diagnosis diagnosis) {
        try {
            Session session = Session.getInstance(new Properties());
            diagnosis.add(provider(session));
            diagnosis.add(implementation(session));
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            diagnosis.add(Finding.wrong(
                    "Provider",
                    "Jakarta Mail cannot create a session: " + e.getMessage(),
                    "add one complete mail implementation to the class path, such as org.eclipse.angus:angus-mail"));
        }
    }

    private static Finding provider(Session session) {
        Provider found = Arrays.stream(session.getProviders())
                .filter(provider -> provider.getProtocol().equals(CloudflareProvider.PROTOCOL))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return Finding.wrong(
                    "Provider", "mail sessions do not find the transport: No provider for cloudflare", BY_HAND);
        }
        if (!found.getClassName().equals(CloudflareTransport.class.getName())) {
            return Finding.wrong(
                    "Provider",
                    "the protocol \"cloudflare\" belongs to " + found.getClassName(),
                    "remove that provider or the file that registers it");
        }
        return Finding.ok("Provider", "mail sessions find the transport through " + Registration.winner(found));
    }

    private static Finding implementation(Session session) {
        String api = Jar.of(Session.class);
        int copies = Jar.copies(Session.class);
        Provider smtp = Arrays.stream(session.getProviders())
                .filter(provider -> provider.getProtocol().equals("smtp"))
                .filter(provider ->
                        !provider.getClassName().startsWith(SmtpChecks.OURS)) // the -smtp jar's extends another
                .findFirst()
                .orElse(null);
        String all = "API " + api + ", " + (smtp == null ? "no SMTP" : "SMTP of " + jar(smtp)) + ", Flaremail "
                + Jar.of(CloudflareTransport.class);
        return copies > 1
                ? Finding.wrong(
                        "Mail", all + "; the mail API is on the class path " + copies + " times", "keep one copy")
                : Finding.ok("Mail", all);
    }

    private static String jar(Provider provider) {
        return Jar.load(provider.getClassName()).map(Jar::of).orElse(provider.getClassName() + " (not loadable)");
    }
}
