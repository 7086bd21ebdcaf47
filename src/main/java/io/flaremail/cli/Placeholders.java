package io.flaremail.cli;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Replaces <code>${NAME}</code> and <code>${NAME:default}</code> in the values of a file, as Spring does: by environment
 * variables, then by other keys of the file.
 */
final class Placeholders {
    private static final String START = "${";

    /** A file that needs more refers to itself in a way that would not end. */
    private static final int MOST_EXPANSIONS = 500;

    /** A deeper text is taken literally, like one without a closing brace. */
    private static final int MOST_NESTED = 50;

    private final Properties file;
    private final UnaryOperator<String> environment;

    /** The names without a value, of all texts so far. */
    private final Set<String> unresolved = new LinkedHashSet<>();

    private int expansions;

    Placeholders(Properties file, UnaryOperator<String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** The names in a text that have neither a value nor a default. */
    Set<String> unresolved(String text) {
        unresolved.clear();
        resolve(text);
        return new LinkedHashSet<>(unresolved);
    }

    String resolve(String text) {
        expansions = 0;
        return resolve(text, new LinkedHashSet<>());
    }

    /** @param within the names whose values are being resolved: one that is among them refers to itself */
    private String resolve(String text, Set<String> within) {
        StringBuilder resolved = new StringBuilder();
        int from = 0;
        for (int start = text.indexOf(START); start >= 0; start = text.indexOf(START, from)) {
            int end = end(text, start + START.length());
            if (end < 0) {
                break;
            }
            resolved.append(text, from, start).append(value(text.substring(start + START.length(), end), within));
            from = end + 1;
        }
        return resolved.append(text.substring(from)).toString();
    }

    /** Where the brace is closed: a name or default may hold further placeholders. */
    private static int end(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith(START, i)) {
                if (++depth > MOST_NESTED) {
                    return -1;
                }
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private String value(String inside, Set<String> within) {
        String whole = resolve(inside, within);
        int colon = whole.indexOf(':');
        String name = colon < 0 ? whole : whole.substring(0, colon);
        boolean ends = !within.contains(name) && ++expansions <= MOST_EXPANSIONS;
        String value = ends ? lookUp(name) : null;
        if (value != null) {
            Set<String> deeper = new LinkedHashSet<>(within);
            deeper.add(name);
            return resolve(value, deeper);
        }
        if (colon >= 0) {
            return whole.substring(colon + 1);
        }
        unresolved.add(name);
        return START + name + "}";
    }

    private String lookUp(String name) {
        String variable = environment.apply(name);
        // Spring's relaxed names: MAIL_TOKEN for mail.token.
        String relaxed = variable != null
                ? variable
                : environment.apply(
                        name.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_'));
        return relaxed != null ? relaxed : file.getProperty(name);
    }
}
