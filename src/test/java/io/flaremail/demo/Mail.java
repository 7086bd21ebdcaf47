package io.flaremail.demo;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** A mail session for the sandbox. */
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

    static Session session(Sandbox sandbox) {
        Properties properties = new Properties();
        properties.putAll(properties(sandbox));
        return Session.getInstance(properties);
    }

    /** A session whose messages all have this envelope sender. */
    static Session session(Sandbox sandbox, String envelopeSender) {
        Session session = session(sandbox);
        session.getProperties().setProperty("mail.cloudflare.from", envelopeSender);
        return session;
    }
}
