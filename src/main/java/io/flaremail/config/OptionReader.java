package io.flaremail.config;

import io.flaremail.text.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * Reads {@link CloudflareProperty properties} from one or more sources; the first source with a value wins. An invalid
 * value is reported, not ignored.
 *
 * <p>In alias mode a session uses the transport under another protocol's name. {@code mail.smtp.cloudflare.x} is then
 * read if {@code mail.cloudflare.x} is absent, and then, for some properties, {@code mail.smtp.x}.
 *
 * <p>Tests: ConfigurationTest, AliasModeTest.
 */
public final class OptionReader {
    private final List<Source> sources;
    private final String alias;

    private OptionReader(List<Source> sources, String alias) {
        this.sources = sources;
        this.alias = alias;
    }

    /** @param alias the other protocol's name, or null for none */
    public static OptionReader of(Properties properties, String alias) {
        return new OptionReader(Arrays.asList(Source.of(properties)), alias);
    }

    /** @param sources the first one with a value wins */
    public static OptionReader of(Source... sources) {
        return ofAlias(null, sources);
    }

    /** @param alias the other protocol's name, or null for none */
    public static OptionReader ofAlias(String alias, Source... sources) {
        return new OptionReader(new ArrayList<>(Arrays.asList(sources)), alias);
    }

    /** Whether the session uses the transport under another protocol's name. */
    public boolean isAlias() {
        return alias != null;
    }

    /** One reader for each source, in order: for properties that are alternatives to each other. */
    List<OptionReader> bySource() {
        List<OptionReader> readers = new ArrayList<>();
        sources.forEach(source -> readers.add(new OptionReader(Arrays.asList(source), alias)));
        return readers;
    }

    /** The original value, or null. */
    public Object object(CloudflareProperty<?> property) {
        return find(property).map(found -> found.value).orElse(null);
    }

    /** Whether the property itself is set; a default or another protocol's value does not count. */
    public boolean isSet(CloudflareProperty<?> property) {
        return find(property).isPresent();
    }

    /** Whether the value is another protocol's, such as {@code mail.smtp.timeout}. */
    public boolean isInherited(CloudflareProperty<?> property) {
        return !isSet(property) && inherited(property).isPresent();
    }

    /** The name of the value in effect, for messages; never null. */
    public String source(CloudflareProperty<?> property) {
        Optional<Found> found = find(property);
        return (found.isPresent() ? found : inherited(property))
                .map(value -> value.name)
                .orElseGet(property::key);
    }

    /**
     * The value.
     *
     * @return the default if the property is absent or empty; null if there is none
     * @throws InvalidOptionException if the value is invalid
     */
    public <T> T get(CloudflareProperty<T> property) throws InvalidOptionException {
        Optional<Found> own = find(property);
        Optional<Found> found = own.isPresent() ? own : inherited(property);
        if (!found.isPresent()) {
            return property.defaultValue();
        }
        String text = found.get().text();
        try {
            return own.isPresent()
                    ? property.parser().parse(text)
                    : property.parser().parseInherited(text);
        } catch (OptionParser.ExpectedException e) {
            throw new InvalidOptionException(
                    found.get().name, e.expected, property.parser().shown(text));
        }
    }

    /** The text of the property's own value; null if there is none. */
    String text(CloudflareProperty<?> property) {
        return find(property).map(Found::text).orElse(null);
    }

    /** The exception for an invalid value of a property. */
    public InvalidOptionException invalid(CloudflareProperty<?> property, String expected, String value) {
        return new InvalidOptionException(source(property), expected, Printable.unlessTokenLike(value));
    }

    private Optional<Found> find(CloudflareProperty<?> property) {
        Optional<Found> own = find(property, property.key());
        return own.isPresent() || alias == null ? own : find(property, property.aliasKey(alias));
    }

    private Optional<Found> inherited(CloudflareProperty<?> property) {
        return alias == null ? Optional.empty() : property.inheritedKey(alias).flatMap(key -> find(property, key));
    }

    private Optional<Found> find(CloudflareProperty<?> property, String key) {
        for (Source source : sources) {
            Object value = source.get(key);
            if (value != null) {
                Found found = new Found(source.name(key), value);
                if (!found.text().isEmpty() || property.parser().emptyIsAValue()) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private static final class Found {
        final String name;
        final Object value;

        Found(String name, Object value) {
            this.name = name;
            this.value = value;
        }

        String text() {
            return String.valueOf(value.toString()).trim();
        }
    }

    /** A source of property values. */
    public interface Source {
        /** The original value, or null. */
        Object get(String key);

        /** The name of this key in messages: the key itself, or the name of an option. */
        default String name(String key) {
            return key;
        }

        /** Environment variables: {@code MAIL_CLOUDFLARE_TOKEN_FILE} for {@code mail.cloudflare.token.file}. */
        static Source ofEnvironment(UnaryOperator<String> environment) {
            return new Source() {
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

        /** Properties, such as a session's. Includes objects such as Integer and Boolean, unlike getProperty. */
        static Source of(Properties properties) {
            return key -> {
                Object value = properties.get(key);
                return value != null ? value : properties.getProperty(key);
            };
        }
    }
}
