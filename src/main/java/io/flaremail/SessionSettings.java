package io.flaremail;

import io.flaremail.api.CloudflareEmail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What a transport would make of session properties, without one. Public for programs that look after sending with the
 * properties that they send with, such as the command line.
 */
public final class SessionSettings {
    private static final ApiToken NO_TOKEN = ApiToken.of("none", "nowhere");
    private static final String NO_ACCOUNT = "00000000000000000000000000000000";

    private SessionSettings() {}

    /**
     * A client that reaches the API as a transport would: endpoint, proxy, TLS, timeouts, retries. Has no token yet.
     *
     * @throws MessagingException names an invalid property
     */
    public static CloudflareEmail.Builder client(Properties properties) throws MessagingException {
        return Delivery.client(settings(properties));
    }

    /** What {@code connect} would say of each invalid property, one by one; of account and token it says nothing. */
    public static List<String> malformed(Properties properties) {
        List<String> malformed = new ArrayList<>();
        for (CloudflareProperty property : CloudflareProperty.values()) {
            Object value = new SessionOptions(Session.getInstance(properties), null).object(property);
            if (value != null) {
                complaint(property, value).ifPresent(malformed::add);
            }
        }
        return malformed;
    }

    private static Optional<String> complaint(CloudflareProperty property, Object value) {
        Properties alone = new Properties();
        alone.put(property.key(), value);
        try {
            settings(alone);
            return Optional.empty();
        } catch (MessagingException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    private static TransportSettings settings(Properties properties) throws MessagingException {
        return TransportSettings.from(new SessionOptions(Session.getInstance(properties), null), NO_TOKEN, NO_ACCOUNT);
    }
}
