package io.flaremail.cli;

import io.flaremail.CloudflareProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The session properties that decide what this transport does. */
final class KnownKeys {
    private static final List<String> OF_JAKARTA_MAIL = Arrays.asList(
            "mail.transport.protocol", "mail.transport.protocol.rfc822", "mail.smtp.class", "mail.smtps.class");

    /** Servers such as WildFly and Payara set these for any protocol. */
    private static final String OF_SERVERS = "mail\\.cloudflare\\.(user|host|port|class|debug)";

    private KnownKeys() {}

    static List<String> all() {
        List<String> all = new ArrayList<>(OF_JAKARTA_MAIL);
        for (CloudflareProperty property : CloudflareProperty.values()) {
            all.add(property.key());
        }
        return all;
    }

    static boolean isKnown(String key) {
        return all().contains(key) || key.matches(OF_SERVERS) || key.matches("mail\\.transport\\.protocol\\.(?!rfc).*");
    }
}
