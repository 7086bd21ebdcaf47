package io.flaremail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The parameters of a Content-Type or Content-Disposition value. RFC 2045 5.1, RFC 2231 3 and 4. */
final class Parameters {
    final String text;
    final List<Parameter> all = new ArrayList<>();
    private final int first;

    Parameters(String text) {
        this.text = text;
        this.first = semicolon(0);
        for (int at = first; at < text.length(); ) {
            int end = semicolon(at + 1);
            Parameter parameter = Parameter.parse(text, at + 1, end);
            if (parameter != null) {
                all.add(parameter);
            }
            at = end;
        }
    }

    /** The next semicolon outside a quoted string. */
    private int semicolon(int from) {
        boolean quoted = false;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == ';' && !quoted) {
                return at;
            }
            if (c == '\\' && quoted) {
                at++;
            }
            quoted ^= c == '"';
        }
        return text.length();
    }

    /** What precedes the parameters: the media type or disposition. */
    String before() {
        return text.substring(0, first);
    }

    /** The value of a parameter, sections joined and escapes decoded; null if there is none. */
    String combined(String base) {
        String whole = null;
        TreeMap<Integer, String> sections = new TreeMap<>();
        for (Parameter parameter : all) {
            if (parameter.base.equals(base) && parameter.section < 0) {
                whole = parameter.decoded();
            } else if (parameter.base.equals(base)) {
                sections.put(parameter.section, parameter.decoded());
            }
        }
        return sections.isEmpty() ? whole : String.join("", sections.values());
    }
}
