package io.flaremail.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What a Jakarta Mail session needs to send to a sandbox through Flaremail. */
final class SessionProperties {
    private static final String PROTOCOL = "cloudflare";

    private SessionProperties() {}

    static Properties of(Sandbox sandbox) {
        Properties properties = new Properties();
        properties.putAll(map(sandbox));
        return properties;
    }

    /** In the order in which people read them. */
    static Map<String, String> map(Sandbox sandbox) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("mail.transport.protocol", PROTOCOL);
        properties.put("mail.transport.protocol.rfc822", PROTOCOL);
        properties.put("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        properties.put("mail.cloudflare.account", sandbox.account());
        properties.put("mail.cloudflare.token", sandbox.token());
        return properties;
    }
}
