package io.flaremail.cli;

import io.flaremail.CloudflareTransport;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.util.Properties;
import java.util.ServiceConfigurationError;

/** Checks whether an application with these session properties sends through Cloudflare. */
final class PropertyChecks {
    private static final String OURS = CloudflareTransport.class.getName();

    private PropertyChecks() {}

    static void run(Settings settings, Diagnosis diagnosis) {
        if (!settings.file().isPresent()) {
            diagnosis.add(Finding.skipped("Protocol", "give the application's mail properties: --properties FILE"));
            return;
        }
        Properties properties = settings.properties();
        try {
            protocol(Session.getInstance(properties), properties, diagnosis);
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            diagnosis.add(Finding.skipped("Protocol", "fix the problem above first"));
        }
    }

    private static void protocol(Session session, Properties properties, Diagnosis diagnosis) {
        String byDefault = transport(session::getTransport);
        String byAddress = transport(() -> session.getTransport(new InternetAddress("a@example.com", false)));
        String bySmtp = transport(() -> session.getTransport("smtp"));
        if (!smtpClass(properties, bySmtp, diagnosis)) {
            return; // what else there is to say follows from it
        }
        if (!byAddress.equals(OURS)) {
            diagnosis.add(Finding.wrong(
                    "Protocol",
                    "Transport.send goes through " + byAddress,
                    "set mail.transport.protocol.rfc822=cloudflare"));
        }
        if (!byDefault.equals(OURS)) {
            diagnosis.add(Finding.wrong(
                    "Protocol",
                    "session.getTransport() goes through " + byDefault,
                    "set mail.transport.protocol=cloudflare"));
        }
        if (byAddress.equals(OURS) && byDefault.equals(OURS)) {
            diagnosis.add(Finding.ok("Protocol", "Transport.send and session.getTransport() use Cloudflare"));
        }
    }

    /** If Jakarta Mail cannot load the class, it silently uses SMTP. */
    private static boolean smtpClass(Properties properties, String bySmtp, Diagnosis diagnosis) {
        String named = properties.getProperty("mail.smtp.class");
        boolean there = named == null || named.equals(bySmtp);
        if (!there) {
            diagnosis.add(Finding.wrong(
                    "Protocol",
                    "mail.smtp.class names " + named + ", which is not on the class path, so \"smtp\" is " + bySmtp,
                    "set mail.smtp.class=" + OURS));
        }
        return there;
    }

    private static String transport(TransportSource source) {
        try {
            return source.get().getClass().getName();
        } catch (NoSuchProviderException e) {
            return "nothing: \"" + e.getMessage() + "\"";
        } catch (MessagingException e) {
            return "nothing: \"" + e.getMessage() + "\"";
        }
    }

    private interface TransportSource {
        Transport get() throws MessagingException;
    }
}
