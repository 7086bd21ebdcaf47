package io.flaremail.cli;

import io.flaremail.CloudflareProvider;
import io.flaremail.CloudflareTransport;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import java.util.Arrays;
import java.util.Properties;
import java.util.ServiceConfigurationError;

/** Whether mail sessions on this class path see the transport, by which file, and with which mail implementation. */
final class ProviderChecks {
    private static final String BY_HAND =
            "see META-INF-services-notes.md; code can add it: session.addProvider(new io.flaremail.CloudflareProvider())";

    private ProviderChecks() {}

    static void run(Diagnosis diagnosis) {
        try {
            Session session = Session.getInstance(new Properties());
            diagnosis.add(provider(session));
            diagnosis.add(implementation(session));
        } catch (RuntimeException | ServiceConfigurationError | LinkageError broken) {
            diagnosis.add(Finding.wrong(
                    "Provider",
                    "Jakarta Mail cannot make a session: " + broken.getMessage(),
                    "put one whole mail implementation on the class path, such as org.eclipse.angus:angus-mail"));
        }
    }

    private static Finding provider(Session session) {
        Provider found = Arrays.stream(session.getProviders())
                .filter(provider -> provider.getProtocol().equals(CloudflareProvider.PROTOCOL))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return Finding.wrong("Provider", "sessions do not see the transport: No provider for cloudflare", BY_HAND);
        }
        if (!found.getClassName().equals(CloudflareTransport.class.getName())) {
            return Finding.wrong(
                    "Provider",
                    "\"cloudflare\" is served by " + found.getClassName(),
                    "remove that provider, or the file that registers it");
        }
        return Finding.ok("Provider", "sessions see the transport, by " + Registration.winner(found));
    }

    private static Finding implementation(Session session) {
        String api = Jar.of(Session.class);
        int copies = Jar.copies(Session.class);
        Provider smtp = Arrays.stream(session.getProviders())
                .filter(provider -> provider.getProtocol().equals("smtp"))
                .findFirst()
                .orElse(null);
        String all = "API " + api + ", " + (smtp == null ? "no SMTP beside" : "SMTP of " + jar(smtp)) + ", Flaremail "
                + Jar.of(CloudflareTransport.class);
        return copies > 1
                ? Finding.wrong("Mail", all + "; the mail API is there " + copies + " times", "leave one copy of it")
                : Finding.ok("Mail", all);
    }

    private static String jar(Provider provider) {
        try {
            return Jar.of(Class.forName(provider.getClassName(), false, ProviderChecks.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError absent) {
            return provider.getClassName() + " (not loadable)";
        }
    }
}
