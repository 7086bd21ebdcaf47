package io.flaremail.sandbox;

import java.util.Properties;

/** What a Jakarta Mail session needs to send to a sandbox through Flaremail. */
final class SessionProperties {
    private static final String PROTOCOL = "cloudflare";

    private SessionProperties() {}

    static Properties of(Sandbox sandbox) {
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", PROTOCOL);
        properties.setProperty("mail.transport.protocol.rfc822", PROTOCOL);
        properties.setProperty("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        properties.setProperty("mail.cloudflare.account", sandbox.account());
        properties.setProperty("mail.cloudflare.token", sandbox.token());
        return properties;
    }
}
