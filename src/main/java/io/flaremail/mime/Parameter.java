package io.flaremail.mime;

/** {@code base=value}, {@code base*=charset'language'value}, {@code base*0=value} or {@code base*0*=...}. RFC 2231. */
final class Parameter {
    final int start;
    final int end;
    final String base;
    /** -1 if the value is not divided. */
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
                ? closingQuote(syntax, valueStart, to)
                : valueStart + Ascii.trimEnd(syntax.substring(valueStart, to)).length();
        String name = Ascii.lowerCase(syntax.substring(start, equals).trim());
        // Parentheses amid a file name without quotes are part of it to most readers.
        String raw = text.substring(valueStart, end);
        return new Parameter(start, end, name, quoted ? unquote(raw) : raw, quoted);
    }

    /** Without quotes, and with white space or a comment amid the value: some readers stop there. */
    boolean isLoose() {
        return !quoted && value.chars().anyMatch(c -> Ascii.isSpace(c) || c == '(' || c == '"');
    }

    private static int skipSpace(String text, int from, int to) {
        int at = from;
        while (at < to && Ascii.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The position after the quote that closes; {@code to} if none does. */
    private static int closingQuote(String text, int quote, int to) {
        for (int at = quote + 1; at < Math.min(to, text.length()); at++) {
            if (text.charAt(at) == '"') {
                return at + 1;
            }
            if (text.charAt(at) == '\\') {
                at++;
            }
        }
        return to;
    }

    /** The content of a quoted string, closed or not. RFC 5322 3.2.4. */
    static String unquote(String quoted) {
        boolean closed = closingQuote(quoted, 0, quoted.length() + 1) <= quoted.length();
        return unescape(quoted.substring(1, quoted.length() - (closed ? 1 : 0)));
    }

    static String unescape(String escaped) {
        StringBuilder content = new StringBuilder();
        for (int at = 0; at < escaped.length(); at++) {
            if (escaped.charAt(at) == '\\' && at + 1 < escaped.length()) {
                at++;
            }
            content.append(escaped.charAt(at));
        }
        return content.toString();
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
