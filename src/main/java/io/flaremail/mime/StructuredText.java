package io.flaremail.mime;

/**
 * The lexical rules of structured header fields: comments and quoted strings. RFC 5322 3.2.2, 3.2.4.
 *
 * <p>Tests: StructuredTextTest.
 */
final class StructuredText {
    private StructuredText() {}

    /** The text without its comments, trimmed. An unclosed comment extends to the end. */
    static String withoutComments(String text) {
        String blanked = blankComments(text);
        int open = blanked.indexOf('(');
        return (open < 0 ? blanked : blanked.substring(0, open)).trim();
    }

    /**
     * The same text with each comment outside quoted strings replaced by as many spaces, so that positions stay the
     * same. An unclosed comment stays, and so does everything after it: readers disagree about it, and searching
     * again at each parenthesis would take quadratic time.
     */
    static String blankComments(String text) {
        char[] blanked = text.toCharArray();
        boolean quoted = false;
        boolean open = false;
        for (int at = 0; at < blanked.length; at++) {
            char c = blanked[at];
            if (c == '\\' && quoted) {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '(' && !quoted && !open) {
                int end = commentEnd(text, at);
                open = end < 0;
                for (; at < end; at++) {
                    blanked[at] = ' ';
                }
                at -= open ? 0 : 1;
            }
        }
        return new String(blanked);
    }

    /** The position after the comment that starts at {@code open}; -1 if it is unclosed. Comments nest. */
    private static int commentEnd(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return at + 1;
            }
        }
        return -1;
    }

    /** The position after the closing quote; {@code to} if the quoted string is unclosed. */
    static int quotedStringEnd(String text, int quote, int to) {
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

    /** The content of a quoted string, closed or not. */
    static String unquote(String quoted) {
        boolean closed = quotedStringEnd(quoted, 0, quoted.length() + 1) <= quoted.length();
        return unescape(quoted.substring(1, quoted.length() - (closed ? 1 : 0)));
    }

    /** The text with each quoted pair replaced by the character that it quotes. RFC 5322 3.2.1. */
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
}
