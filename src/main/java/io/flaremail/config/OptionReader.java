package io.flaremail.config;

import io.flaremail.text.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Reads {@link CloudflareProperty properties} from one or more sources; the first source with a value wins. An invalid
 * value is reported, not ignored. Values of the whole JVM come last, and count only under the property's own key.
 *
 * <p>In alias mode a session uses the transport under another protocol's name. {@code mail.smtp.cloudflare.x} is then
 * read if {@code mail.cloudflare.x} is absent, and then, for some properties, {@code mail.smtp.x}.
 *
 * <p>Tests: ConfigurationTest, AliasModeTest.
 */
public final class OptionReader {
    private final List<OptionSource> sources;
    private final String alias;

    private OptionReader(List<OptionSource> sources, String alias) {
        this.sources = sources;
        this.alias = alias;
    }

    /** @param alias the other protocol's name, or null for none */
    public static OptionReader of(Properties properties, String alias) {
        return new OptionReader(Arrays.asList(OptionSource.of(properties)), alias);
    }

    /**
     * The options of a mail session: its own properties, then the JVM's system properties, then its environment.
     *
     * @param alias the other protocol's name, or null for none
     */
    public static OptionReader ofSession(Properties properties, String alias) {
        return ofAlias(
                alias,
                OptionSource.of(properties),
                OptionSource.ofSystem(System::getProperty),
                OptionSource.ofEnvironment(System::getenv));
    }

    /** @param sources the first one with a value wins */
    public static OptionReader of(OptionSource... sources) {
        return ofAlias(null, sources);
    }

    /** @param alias the other protocol's name, or null for none */
    public static OptionReader ofAlias(String alias, OptionSource... sources) {
        return new OptionReader(new ArrayList<>(Arrays.asList(sources)), alias);
    }

    /** One reader for each source, in order: for properties that are alternatives to each other. */
    List<OptionReader> bySource() {
        List<OptionReader> readers = new ArrayList<>();
        sources.forEach(source -> readers.add(new OptionReader(Arrays.asList(source), alias)));
        return readers;
    }

    /** A reader of the sources that are the whole JVM's, or of those that are not. */
    public OptionReader shared(boolean shared) {
        return new OptionReader(
                sources.stream().filter(source -> source.isShared() == shared).collect(Collectors.toList()), alias);
    }

    /** Every option that is set, with its value and the name of its source; without values that may be secret. */
    public List<String> describe() {
        return CloudflareProperty.values().stream()
                .map(this::describe)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect(Collectors.toList());
    }

    /** The option with its value and the name of its source, without a value that may be secret; empty if not set. */
    public Optional<String> describe(CloudflareProperty<?> property) {
        return effective(property)
                .map(found -> property.key() + " = " + property.shown(found.value)
                        + (found.name.equals(property.key()) ? "" : " (" + found.name + ")"));
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
        return effective(property).map(value -> value.name).orElseGet(property::key);
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
        return alias == null
                ? find(property, property.key())
                : find(property, property.key(), property.aliasKey(alias));
    }

    /** Its own value, or another protocol's. */
    private Optional<Found> effective(CloudflareProperty<?> property) {
        Optional<Found> own = find(property);
        return own.isPresent() ? own : inherited(property);
    }

    private Optional<Found> inherited(CloudflareProperty<?> property) {
        return alias == null ? Optional.empty() : property.inheritedKey(alias).flatMap(key -> find(property, key));
    }

    /** The first value, by source and then by key. */
    private Optional<Found> find(CloudflareProperty<?> property, String... keys) {
        for (OptionSource source : sources) {
            for (String key : keys) {
                Object value = source.get(key);
                if (value != null) {
                    Found found = new Found(source.name(key), value);
                    if (!found.text().isEmpty() || property.parser().emptyIsAValue()) {
                        return Optional.of(found);
                    }
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
}
