package io.flaremail.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Recognises session properties, and suggests a known key for a misspelled one. Public for the command line, which
 * reports the same warnings as the transport.
 *
 * <p>Tests: UnknownPropertyTest.
 */
public final class PropertySpelling {
    private static final List<String> OF_JAKARTA_MAIL = Arrays.asList(
            "mail.transport.protocol", "mail.transport.protocol.rfc822", "mail.smtp.class", "mail.smtps.class");

    /** Servers such as WildFly and Payara set these for any protocol. */
    private static final String OF_SERVERS = "user|host|port|class|debug";

    /** Also settings of SMTP providers, and a password that Payara sets: they have no effect here. */
    private static final String OF_OTHERS =
            OF_SERVERS + "|password|auth|ehlo|localhost|quitwait|chunksize|submitter|writetimeout"
                    + "|allow8bitmime|ssl\\.enable|(sasl|starttls|dsn|auth)\\..*";

    private static final List<String> OURS =
            CloudflareProperty.values().stream().map(CloudflareProperty::key).collect(Collectors.toList());

    /** The environment variables of the keys, which are read with every connection. */
    private static final Map<String, String> VARIABLES =
            OURS.stream().collect(Collectors.toMap(key -> key, PropertySpelling::upperCase));

    /** Longer than any key of ours. Limits the time and memory of a comparison. */
    private static final int LONGEST = 100;

    private PropertySpelling() {}

    /** The keys of all properties that affect this transport; never null. */
    public static List<String> known() {
        List<String> known = new ArrayList<>(OF_JAKARTA_MAIL);
        known.addAll(OURS);
        return known;
    }

    /** Whether the key affects this transport, or is set by the server that created the session. */
    public static boolean isKnown(String key) {
        return OURS.contains(key)
                || OF_JAKARTA_MAIL.contains(key)
                || key.startsWith(CloudflareProperty.PREFIX)
                        && key.substring(CloudflareProperty.PREFIX.length()).matches(OF_SERVERS)
                || key.matches("mail\\.transport\\.protocol\\.(?!rfc).*");
    }

    /** The most similar known key; empty if none is similar. */
    public static Optional<String> suggestion(String key) {
        return nearest(key, known());
    }

    private static Optional<String> nearest(String key, List<String> known) {
        if (key.length() > LONGEST) {
            return Optional.empty();
        }
        String best = Collections.min(known, Comparator.comparingInt(each -> distance(key, each)));
        return isNear(key, best) ? Optional.of(best) : Optional.empty();
    }

    /** Four edits are a typing error in a long name, but make a different name of a short one. */
    private static boolean isNear(String key, String known) {
        int own =
                known.substring(known.indexOf('.', known.indexOf('.') + 1) + 1).length();
        int distance = distance(key, known);
        return distance <= 4 && 2 * distance < own;
    }

    /** The edit distance, ignoring case: letters inserted, deleted, replaced, or swapped with a neighbour. */
    public static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                steps[i][j] = i == 0 ? j : j == 0 ? i : cheapest(one, other, steps, i, j);
            }
        }
        return steps[one.length()][other.length()];
    }

    private static int cheapest(String one, String other, int[][] steps, int i, int j) {
        boolean same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        int best = steps[i - 1][j - 1] + (same ? 0 : 1);
        best = Math.min(best, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }

    /**
     * Whether the transport should warn about a key: it has our prefix, but neither we nor SMTP define it.
     *
     * @param alias the other protocol's name, so that {@code mail.smtp.cloudflare.x} is ours too; null for none
     */
    public static boolean isUnknown(String key, String alias) {
        String name = name(key, alias);
        return name != null && !OURS.contains(CloudflareProperty.PREFIX + name) && !name.matches(OF_OTHERS);
    }

    /** The environment variable of a key, such as {@code MAIL_CLOUDFLARE_TOKEN_FILE}. */
    static String variable(String key) {
        String known = VARIABLES.get(key);
        return known != null ? known : upperCase(key);
    }

    private static String upperCase(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Whether an environment variable has our prefix, but is that of no property. */
    static boolean isUnknownVariable(String name) {
        return name.startsWith(variable(CloudflareProperty.PREFIX))
                && OURS.stream().noneMatch(key -> variable(key).equals(name));
    }

    /** @param name an {@linkplain #isUnknownVariable unknown} environment variable */
    static String variableWarning(String name) {
        return "Unknown environment variable " + name
                + nearest(name.toLowerCase(Locale.ROOT).replace('_', '.'), OURS)
                        .map(known -> " (did you mean " + variable(known) + "?)")
                        .orElse("");
    }

    /** @param key an {@linkplain #isUnknown unknown} key */
    public static String warning(String key, String alias) {
        String name = name(key, alias);
        String prefix = key.substring(0, key.length() - name.length());
        Optional<String> meant = nearest(CloudflareProperty.PREFIX + name, OURS)
                .map(known -> prefix + known.substring(CloudflareProperty.PREFIX.length()));
        return "Unknown property " + key
                + meant.map(known -> " (did you mean " + known + "?)").orElse("");
    }

    /** A warning for each environment variable that may be misspelled. */
    public static List<String> warningsOfTheEnvironment() {
        return new TreeSet<>(System.getenv().keySet())
                .stream()
                        .filter(PropertySpelling::isUnknownVariable)
                        .map(PropertySpelling::variableWarning)
                        .collect(Collectors.toList());
    }

    /** A warning for each system property and environment variable that may be misspelled. */
    public static List<String> warningsOfTheJvm() {
        List<String> warnings = new ArrayList<>();
        try {
            new TreeSet<>(System.getProperties().stringPropertyNames())
                    .stream()
                            .filter(key -> isUnknown(key, null))
                            .forEach(key -> warnings.add(warning(key, null) + " among the system properties"));
            warnings.addAll(warningsOfTheEnvironment());
        } catch (SecurityException e) {
            // A security manager hides them from the options, too.
        }
        return warnings;
    }

    /** The part after our prefix; null if the key has another prefix. */
    private static String name(String key, String alias) {
        if (key.startsWith(CloudflareProperty.PREFIX)) {
            return key.substring(CloudflareProperty.PREFIX.length());
        }
        String ofAlias = "mail." + alias + ".cloudflare.";
        return alias != null && key.startsWith(ofAlias) ? key.substring(ofAlias.length()) : null;
    }
}
