package io.flaremail;

import io.flaremail.api.CloudflareEmail;
import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.InvalidOptionException;
import io.flaremail.config.OptionReader;
import io.flaremail.config.TransportSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Interprets session properties as a transport does, without a transport. Public for programs that administer sending
 * with the same properties, such as the command line. Works without Jakarta Mail.
 *
 * <p>Tests: ConfigurationTest, DoctorTest.
 */
public final class SessionSettings {
    private static final SendListener NO_LISTENER = report -> {};

    private SessionSettings() {}

    /**
     * A client with a transport's settings: endpoint, proxy, TLS, timeouts, retries. Has no token yet.
     *
     * @throws IllegalArgumentException if a property is invalid; the message names it
     */
    public static CloudflareEmail.Builder client(Properties properties) {
        try {
            return client(TransportSettings.from(OptionReader.ofSession(properties, null)));
        } catch (InvalidOptionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** As {@link #client(Properties)}, with parsed settings. */
    public static CloudflareEmail.Builder client(TransportSettings settings) {
        return CloudflareEmail.builder()
                .endpoint(settings.endpoint)
                .connectTimeout(settings.connectionTimeout)
                .responseTimeout(settings.timeout)
                .maxConnections(settings.maxConnections)
                .proxy(settings.proxyHost, settings.proxyPort, settings.proxyUser, settings.proxyPassword)
                .tls(
                        settings.trust,
                        settings.checkServerIdentity,
                        settings.tlsProtocols,
                        settings.cipherSuites,
                        settings.socketFactory)
                .retries(settings.retries)
                .deadline(settings.deadline);
    }

    /** The error of {@code connect} for each invalid property, except account and token; never null. */
    public static List<String> malformed(Properties properties) {
        OptionReader all = OptionReader.of(properties, null);
        List<String> malformed = new ArrayList<>();
        for (CloudflareProperty<?> property : CloudflareProperty.values()) {
            Object value = all.object(property);
            if (value != null && property != CloudflareProperty.ACCOUNT) {
                Properties alone = new Properties();
                alone.put(property.key(), value);
                try {
                    OptionReader options = OptionReader.of(alone, null);
                    listener(TransportSettings.from(options).listener, options);
                } catch (InvalidOptionException e) {
                    malformed.add(e.getMessage());
                }
            }
        }
        return malformed;
    }

    /**
     * The listener for all messages; never null.
     *
     * @param listener the value of {@code mail.cloudflare.listener}; null for none
     * @throws InvalidOptionException if it is neither a listener nor the name of a class of listeners
     */
    static SendListener listener(Object listener, OptionReader options) throws InvalidOptionException {
        if (listener instanceof SendListener) {
            return (SendListener) listener;
        }
        if (listener == null) {
            return NO_LISTENER;
        }
        String name = listener.toString().trim();
        try {
            return (SendListener) load(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw invalidListener(options, name, e);
        } catch (LinkageError e) {
            throw invalidListener(options, name, new ClassNotFoundException(name, e));
        }
    }

    private static InvalidOptionException invalidListener(OptionReader options, String name, Exception cause) {
        InvalidOptionException invalid = options.invalid(
                CloudflareProperty.LISTENER,
                "a SendListener object, or the name of a public class that implements it and has a public constructor"
                        + " without parameters",
                name);
        invalid.initCause(cause);
        return invalid;
    }

    /** The application's class loader first: in a server, ours may not see the application's classes. */
    private static Class<?> load(String name) throws ClassNotFoundException {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, true, application);
        } catch (ClassNotFoundException e) {
            return Class.forName(name, true, SessionSettings.class.getClassLoader());
        }
    }
}
