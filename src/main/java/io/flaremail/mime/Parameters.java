package io.flaremail.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parameters of a Content-Type or Content-Disposition value. RFC 2045 5.1, RFC 2231 3 and 4.
 *
 * <p>Tests: ParametersTest, AmbiguousStructureTest.
 */
final class Parameters {
    final String text;
    final List<Parameter> all = new ArrayList<>();
    private final Map<String, List<Parameter>> byName = new HashMap<>();
    /** The text with its comments blanked; positions are the same. */
    private final String syntax;

    private final int first;

    Parameters(String text) {
        this.text = text;
        this.syntax = StructuredText.blankComments(text);
        this.first = semicolon(0);
        for (int at = first; at < text.length(); ) {
            int end = semicolon(at + 1);
            Parameter parameter = Parameter.parse(text, syntax, at + 1, end);
            if (parameter != null) {
                all.add(parameter);
                byName.computeIfAbsent(parameter.base, base -> new ArrayList<>())
                        .add(parameter);
            }
            at = end;
        }
    }

    /** The next semicolon outside quoted strings and comments. */
    private int semicolon(int from) {
        boolean quoted = false;
        for (int at = from; at < syntax.length(); at++) {
            char c = syntax.charAt(at);
            if (c == ';' && !quoted) {
                return at;
            }
            if (c == '\\' && quoted) {
                at++;
            }
            quoted ^= c == '"';
        }
        return syntax.length();
    }

    /** The text before the parameters: the media type or disposition. */
    String before() {
        return text.substring(0, first);
    }

    /** The value of a parameter, with its sections joined and its escapes decoded; null if there is none. */
    String combined(String base) {
        String whole = null;
        TreeMap<Integer, String> sections = new TreeMap<>();
        for (Parameter parameter : named(base)) {
            if (parameter.section < 0) {
                whole = parameter.decoded();
            } else {
                sections.put(parameter.section, parameter.decoded());
            }
        }
        return sections.isEmpty() ? whole : String.join("", sections.values());
    }

    /**
     * Whether readers may see different values for a parameter: it has several values, misses a section, or lacks
     * quotes.
     */
    boolean isAmbiguous(String base) {
        TreeMap<Integer, String> sections = new TreeMap<>();
        for (Parameter parameter : named(base)) {
            String earlier = sections.put(parameter.section, parameter.decoded());
            if (parameter.isLoose() || earlier != null && !earlier.equals(parameter.decoded())) {
                return true;
            }
        }
        String whole = sections.remove(-1);
        boolean gaps = !sections.isEmpty() && (sections.firstKey() != 0 || sections.lastKey() != sections.size() - 1);
        return gaps || whole != null && !whole.equals(combined(base));
    }

    private List<Parameter> named(String base) {
        return byName.getOrDefault(base, Collections.emptyList());
    }

    /** {@code base=value}, {@code base*=charset'language'value}, {@code base*0=value} or {@code base*0*=...}. */
    static final class Parameter {
        final int start;
        final int end;
        final String base;
        /** The number of the section; -1 if the value is not divided. */
        final int section;

        final boolean extended;
        /** Without quotes and backslashes. */
        final String value;

        private final boolean quoted;

        private Parameter(int start, int end, String name, String value, boolean quoted) {
            int star = name.indexOf('*');
            String suffix = star < 0 ? "" : name.substring(star + 1);
            this.start = start;
            this.end = end;
            this.base = star < 0 ? name : name.substring(0, star);
            this.extended = star >= 0 && name.endsWith("*");
            this.section = suffix.matches("[0-9]{1,6}\\*?") ? Integer.parseInt(suffix.replace("*", "")) : -1;
            this.value = value;
            this.quoted = quoted;
        }

        /**
         * Null if there is no parameter between the two positions.
         *
         * @param syntax {@code text} with its comments blanked
         */
        static Parameter parse(String text, String syntax, int from, int to) {
            int equals = from;
            while (equals < to && syntax.charAt(equals) != '=') {
                equals++;
            }
            if (equals >= to) {
                return null;
            }
            int start = skipSpace(syntax, from, equals);
            int valueStart = skipSpace(syntax, equals + 1, to);
            boolean quoted = valueStart < to && syntax.charAt(valueStart) == '"';
            int end = quoted
                    ? StructuredText.quotedStringEnd(syntax, valueStart, to)
                    : valueStart
                            + Ascii.trimEnd(syntax.substring(valueStart, to)).length();
            String name = Ascii.lowerCase(syntax.substring(start, equals).trim());
            // Most readers take parentheses inside an unquoted file name as part of the name.
            String raw = text.substring(valueStart, end);
            return new Parameter(start, end, name, quoted ? StructuredText.unquote(raw) : raw, quoted);
        }

        private static int skipSpace(String text, int from, int to) {
            int at = from;
            while (at < to && Ascii.isSpace(text.charAt(at))) {
                at++;
            }
            return at;
        }

        /** Whether the value lacks quotes and contains white space, a comment or a quote, where some readers stop. */
        boolean isLoose() {
            return !quoted && value.chars().anyMatch(c -> Ascii.isSpace(c) || c == '(' || c == '"');
        }

        String decoded() {
            if (!extended) {
                return value;
            }
            String[] pieces = value.split("'", 3);
            String escaped = section <= 0 && pieces.length == 3 ? pieces[2] : value;
            StringBuilder decoded = new StringBuilder();
            for (int at = 0; at < escaped.length(); at++) {
                if (isEscape(escaped, at)) {
                    decoded.append((char) Integer.parseInt(escaped.substring(at + 1, at + 3), 16));
                    at += 2;
                } else {
                    decoded.append(escaped.charAt(at));
                }
            }
            return decoded.toString();
        }

        private static boolean isEscape(String text, int at) {
            boolean room = text.charAt(at) == '%' && at + 2 < text.length();
            return room && Ascii.isHex(text.charAt(at + 1)) && Ascii.isHex(text.charAt(at + 2));
        }
    }
}
