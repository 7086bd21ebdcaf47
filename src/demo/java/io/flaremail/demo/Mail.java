package io.flaremail.demo;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** A mail session for the sandbox: nothing but properties. */
final class Mail {
    private Mail() {}

    static Map<String, String> properties(Sandbox sandbox) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("mail.transport.protocol", "cloudflare");
        properties.put("mail.transport.protocol.rfc822", "cloudflare");
        properties.put("mail.cloudflare.account", sandbox.account());
        properties.put("mail.cloudflare.token", sandbox.token());
        properties.put("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        return properties;
    }

    /** The same, with this envelope sender for all messages. */
    static Map<String, String> properties(Sandbox sandbox, String envelopeSender) {
        Map<String, String> properties = properties(sandbox);
        properties.put("mail.cloudflare.from", envelopeSender);
        return properties;
    }

    static Session session(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return Session.getInstance(properties);
    }
}
