package io.flaremail.mime;

import java.util.ArrayList;
import java.util.List;

/** Takes a header field's value apart. The pieces joined are the value again. */
final class Tokens {
    private final String value;
    private final String specials;
    private final String enclosing;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(String value, String specials, String enclosing) {
        this.value = value;
        this.specials = specials;
        this.enclosing = enclosing;
    }

    /** Words and white space. RFC 5322 3.2.5. */
    static List<Token> unstructured(String value) {
        return new Tokens(value, "", "").scan();
    }

    /** Words and comments. RFC 5322 3.2.2. */
    static List<Token> structured(String value) {
        return new Tokens(value, "", "(").scan();
    }

    /** Words, comments, quoted strings and addresses in angle brackets. RFC 5322 3.4. */
    static List<Token> addresses(String value) {
        return new Tokens(value, ",;:", "\"(<").scan();
    }

    /** The inside of a comment, where parentheses nest. */
    static List<Token> comment(String content) {
        return new Tokens(content, "()", "").scan();
    }

    private List<Token> scan() {
        // Once something stays open nothing of its kind can close later on: without this a hostile field costs its
        // square.
        boolean[] open = new boolean[128];
        while (at < value.length()) {
            char c = value.charAt(at);
            int end = enclosing.indexOf(c) >= 0 && !open[c] ? enclosed(c) : 0;
            open[c & 127] |= end < 0;
            if (end > 0) {
                add(c == '"' ? Token.Kind.QUOTED : c == '(' ? Token.Kind.COMMENT : Token.Kind.ADDRESS, end);
            } else if (specials.indexOf(c) >= 0) {
                add(Token.Kind.SPECIAL, at + 1);
            } else {
                boolean space = Ascii.isSpace(c);
                add(space ? Token.Kind.SPACE : Token.Kind.WORD, runEnd(space));
            }
        }
        return tokens;
    }

    private void add(Token.Kind kind, int end) {
        String text = value.substring(at, end);
        boolean escaped = kind == Token.Kind.WORD && isComment() && text.indexOf('\\') >= 0;
        tokens.add(new Token(escaped ? Token.Kind.ESCAPED : kind, text));
        at = end;
    }

    /** The end of what {@code opening} encloses, -1 if nothing closes it. */
    private int enclosed(char opening) {
        return close(opening, opening == '(' ? ')' : opening == '<' ? '>' : '"');
    }

    private int close(char opening, char closing) {
        int depth = 1;
        for (int i = at + 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && closing != '>') {
                i++;
            } else if (c == closing && --depth == 0) {
                return i + 1;
            } else if (c == opening && opening == '(') {
                depth++;
            }
        }
        return -1;
    }

    private int runEnd(boolean space) {
        int end = at;
        do {
            end += isComment() && value.charAt(end) == '\\' ? 2 : 1;
        } while (end < value.length() && Ascii.isSpace(value.charAt(end)) == space && !stops(value.charAt(end)));
        return Math.min(end, value.length());
    }

    private boolean isComment() {
        return specials.equals("()");
    }

    private boolean stops(char c) {
        return specials.indexOf(c) >= 0 || enclosing.indexOf(c) >= 0;
    }
}
