package io.flaremail;

import io.flaremail.text.Printable;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Reads {@link CloudflareProperty properties} of a session; an invalid value is reported, not ignored.
 *
 * <p>In alias mode, where the session knows this transport by another protocol's name, some settings of that protocol
 * count when ours are absent. Timeouts and flags are read as leniently as that protocol's provider reads them.
 */
final class SessionOptions {
    private static final String FIELD_NAME = "[!-9;-~]+"; // RFC 5322 section 3.6.8

    private final Properties properties;
    private final String alias;

    /** @param alias the other protocol's name, or null for none */
    SessionOptions(Session session, String alias) {
        this.properties = session.getProperties();
        this.alias = alias;
    }

    /** Whether the application takes us for another protocol's provider. */
    boolean isAlias() {
        return alias != null;
    }

    /** The value as it was put, or null. Objects such as Integer and Boolean are seen, which getProperty misses. */
    Object object(CloudflareProperty property) {
        return value(key(property));
    }

    /**
     * The key that counts. In alias mode {@code mail.smtp.cloudflare.x} is read when {@code mail.cloudflare.x} is absent:
     * some applications pass nothing but {@code mail.smtp.*} to their session.
     */
    private String key(CloudflareProperty property) {
        boolean standsIn =
                alias != null && !isSet(property, property.key()) && isSet(property, property.aliasKey(alias));
        return standsIn ? property.aliasKey(alias) : property.key();
    }

    /** An empty text is absent, except where it means an empty list. */
    private boolean isSet(CloudflareProperty property, String key) {
        Object value = value(key);
        boolean isEmpty = value instanceof String && trimmed(value) == null;
        return value != null && (!isEmpty || property.type() == CloudflareProperty.Type.NAMES);
    }

    /** Whether the value is the other protocol's, such as {@code mail.smtp.timeout}, for lack of one of ours. */
    boolean isInherited(CloudflareProperty property) {
        return own(property) == null && inherited(property).isPresent();
    }

    /** The key that the value was read from, for texts about it. */
    String source(CloudflareProperty property) {
        return isInherited(property) ? property.inheritedKey(alias).get() : key(property);
    }

    /** The trimmed text, the default when it is absent or empty, or null when there is no default either. */
    String text(CloudflareProperty property) {
        String own = own(property);
        return own != null
                ? own
                : inherited(property).orElse(property.defaultValue().orElse(null));
    }

    boolean flag(CloudflareProperty property) throws MessagingException {
        String own = own(property);
        if (own != null) {
            return CloudflareProperty.flag(own).orElseThrow(() -> malformed(property, "true or false", own));
        }
        return CloudflareProperty.flag(text(property)).orElse(false);
    }

    Duration milliseconds(CloudflareProperty property) throws MessagingException {
        if (isInherited(property)) {
            return Duration.ofMillis(Math.max(0, smtpNumber(inherited(property).get())));
        }
        return Duration.ofMillis(number(property, 0, Integer.MAX_VALUE, "milliseconds >= 0"));
    }

    int count(CloudflareProperty property) throws MessagingException {
        return number(property, 1, Integer.MAX_VALUE, "a number >= 1");
    }

    int numberFrom0(CloudflareProperty property) throws MessagingException {
        return number(property, 0, Integer.MAX_VALUE - 1, "a number >= 0");
    }

    int port(CloudflareProperty property) throws MessagingException {
        return number(property, 1, 65535, "a port, 1 to 65535");
    }

    /** Names of header fields, separated by commas; unlike elsewhere, an empty value is not an absent one. */
    List<String> names(CloudflareProperty property) throws MessagingException {
        Object own = object(property);
        String text = own == null ? property.defaultValue().orElse("") : own.toString();
        List<String> names = new ArrayList<>();
        for (String name : text.split(",")) {
            if (name.trim().matches(FIELD_NAME)) {
                names.add(name.trim());
            } else if (!name.trim().isEmpty()) {
                throw malformed(property, "names of header fields, separated by commas", text);
            }
        }
        return names;
    }

    /** Warns of keys with our prefix that mean nothing to us, nor to SMTP's providers, and so may be misspelled. */
    void warnOfUnknown(DebugLog log) {
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (PropertySpelling.isUnknown(key, alias)) {
                UnknownProperties.warn(key, alias, log);
            }
        }
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

    /** Like SMTP providers: a value that is not a number counts as absent, and absent means no limit. */
    private static int smtpNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private String own(CloudflareProperty property) {
        return trimmed(object(property));
    }

    private Optional<String> inherited(CloudflareProperty property) {
        return alias == null
                ? Optional.empty()
                : property.inheritedKey(alias).map(this::value).map(this::trimmed);
    }

    private Object value(String key) {
        Object value = properties.get(key);
        return value != null ? value : properties.getProperty(key);
    }

    private String trimmed(Object value) {
        String text = value == null ? "" : String.valueOf(value.toString()).trim();
        return text.isEmpty() ? null : text;
    }

    /** What is wrong with a value, by the key that it was read from. */
    MessagingException malformed(CloudflareProperty property, String expected, String value) {
        return malformedShowing(property, expected, Printable.unlessTokenLike(value));
    }

    /** @param shown the value, as it may be seen */
    MessagingException malformedShowing(CloudflareProperty property, String expected, String shown) {
        return new MessagingException(source(property) + ": expected " + expected + ", got " + shown);
    }
}
