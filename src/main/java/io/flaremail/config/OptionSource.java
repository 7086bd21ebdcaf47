package io.flaremail.config;

import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * A source of option values: a mail session, the JVM, or the command line.
 *
 * <p>Tests: OptionSourceTest, CredentialsTest.
 */
public interface OptionSource {
    /** The original value, or null. */
    Object get(String key);

    /** The name of this key in messages: the key itself, or the name of an option. */
    default String name(String key) {
        return key;
    }

    /** Whether the values are set for the whole JVM, which may run several applications. */
    default boolean isShared() {
        return false;
    }

    /** Properties, such as a session's. Includes objects such as Integer and Boolean, unlike getProperty. */
    static OptionSource of(Properties properties) {
        return key -> {
            Object value = properties.get(key);
            return value != null ? value : properties.getProperty(key);
        };
    }

    /**
     * System properties with our prefix. Other mail settings of the JVM belong to other software.
     *
     * @param properties {@link System#getProperty(String)}, or a replacement
     */
    static OptionSource ofSystem(UnaryOperator<String> properties) {
        return new Shared(properties, UnaryOperator.identity(), "the system property ");
    }

    /**
     * Environment variables: {@code MAIL_CLOUDFLARE_TOKEN_FILE} for {@code mail.cloudflare.token.file}.
     *
     * @param environment {@link System#getenv(String)}, or a replacement
     */
    static OptionSource ofEnvironment(UnaryOperator<String> environment) {
        return new Shared(environment, PropertySpelling::variable, "the environment variable ");
    }

    /** {@link System#getenv(String)}; finds nothing if a security manager hides it. */
    static UnaryOperator<String> environment() {
        return name -> {
            try {
                return System.getenv(name);
            } catch (SecurityException e) {
                return null;
            }
        };
    }

    /** Values of the whole JVM. */
    final class Shared implements OptionSource {
        private final UnaryOperator<String> values;
        private final UnaryOperator<String> name;
        private final String kind;

        private Shared(UnaryOperator<String> values, UnaryOperator<String> name, String kind) {
            this.values = values;
            this.name = name;
            this.kind = kind;
        }

        @Override
        public Object get(String key) {
            try {
                return key.startsWith(CloudflareProperty.PREFIX) ? values.apply(name.apply(key)) : null;
            } catch (SecurityException e) {
                return null; // hidden by a security manager
            }
        }

        @Override
        public String name(String key) {
            return kind + name.apply(key);
        }

        @Override
        public boolean isShared() {
            return true;
        }
    }
}
