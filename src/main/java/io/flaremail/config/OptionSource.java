package io.flaremail.config;

import java.util.Locale;
import java.util.Properties;
import java.util.function.UnaryOperator;

/** A place that values of properties come from. */
public interface OptionSource {
    /** The value as it was put, or null. */
    Object get(String key);

    /** What a message calls the value of this key: the key itself, or the name of an option. */
    default String name(String key) {
        return key;
    }

    /** Environment variables: {@code MAIL_CLOUDFLARE_TOKEN_FILE} for {@code mail.cloudflare.token.file}. */
    static OptionSource ofEnvironment(UnaryOperator<String> environment) {
        return new OptionSource() {
            @Override
            public Object get(String key) {
                return environment.apply(variable(key));
            }

            @Override
            public String name(String key) {
                return "the environment variable " + variable(key);
            }

            private String variable(String key) {
                return key.toUpperCase(Locale.ROOT).replace('.', '_');
            }
        };
    }

    /** Properties, such as a session's. Objects such as Integer and Boolean are seen, which getProperty misses. */
    static OptionSource of(Properties properties) {
        return key -> {
            Object value = properties.get(key);
            return value != null ? value : properties.getProperty(key);
        };
    }
}
