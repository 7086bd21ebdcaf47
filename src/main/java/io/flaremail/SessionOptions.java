package io.flaremail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;

/** Reads {@link CloudflareProperty properties} of a session; a value that makes no sense is named, not ignored. */
final class SessionOptions {
    private final Properties properties;

    SessionOptions(Session session) {
        this.properties = session.getProperties();
    }

    /** The value as it was put, or null. Objects such as Integer and Boolean are seen, which getProperty misses. */
    Object object(CloudflareProperty property) {
        Object value = properties.get(property.key());
        return value != null ? value : properties.getProperty(property.key());
    }

    /** The trimmed text, the default when it is absent or empty, or null when there is no default either. */
    String text(CloudflareProperty property) {
        Object value = object(property);
        String text = value == null ? "" : value.toString().trim();
        return text.isEmpty() ? property.defaultValue().orElse(null) : text;
    }

    boolean flag(CloudflareProperty property) throws MessagingException {
        String text = text(property);
        return CloudflareProperty.flag(text).orElseThrow(() -> malformed(property, "true or false", text));
    }

    Duration milliseconds(CloudflareProperty property) throws MessagingException {
        return Duration.ofMillis(number(property, 0, Integer.MAX_VALUE, "milliseconds >= 0"));
    }

    int count(CloudflareProperty property) throws MessagingException {
        return number(property, 1, Integer.MAX_VALUE, "a number >= 1");
    }

    int port(CloudflareProperty property) throws MessagingException {
        return number(property, 1, 65535, "a port, 1 to 65535");
    }

    private int number(CloudflareProperty property, int least, int most, String expected) throws MessagingException {
        String text = text(property);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // the same answer as for a number out of range
        }
        throw malformed(property, expected, text);
    }

    static MessagingException malformed(CloudflareProperty property, String expected, String value) {
        return new MessagingException(property.key() + ": expected " + expected + ", got " + Printable.quoted(value));
    }
}
