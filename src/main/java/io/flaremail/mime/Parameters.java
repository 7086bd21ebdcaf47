package io.flaremail.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of a Content-Type or Content-Disposition value. RFC 2045 5.1, RFC 2231 3 and 4. */
final class Parameters {
    final String text;
    final List<Parameter> all = new ArrayList<>();
    private final Map<String, List<Parameter>> byName = new HashMap<>();
    /** The text without its comments; positions are the same. */
    private final String syntax;

    private final int first;

    Parameters(String text) {
        this.text = text;
        this.syntax = Comments.blank(text);
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

    /** What precedes the parameters: the media type or disposition. */
    String before() {
        return text.substring(0, first);
    }

    /** The value of a parameter, sections joined and escapes decoded; null if there is none. */
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

    /** Whether readers may take different values for a parameter: it is there twice, has gaps, or lacks quotes. */
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
}
