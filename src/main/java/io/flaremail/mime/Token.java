package io.flaremail.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * A token of a header field's value. All tokens of a value, joined, are the value again. RFC 5322 3.2.
 *
 * <p>Tests: EncodedWordWriterTest, FieldRewriterTest.
 */
final class Token {
    enum Kind {
        SPACE,
        WORD,
        QUOTED,
        /** A word of a comment that contains backslashes. */
        ESCAPED,
        COMMENT,
        /**
         * An address or identifier, with or without angle brackets. It must not contain encoded-words: RFC 2047 5
         * (3).
         */
        ADDRESS,
        /** A single separator character. */
        SPECIAL
    }

    final Kind kind;
    final String text;

    private Token(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /** Words and white space. RFC 5322 3.2.5. */
    static List<Token> unstructured(String value) {
        return new Scanner(value, "", "").scan();
    }

    /** Words and comments. RFC 5322 3.2.2. */
    static List<Token> structured(String value) {
        return new Scanner(value, "", "(").scan();
    }

    /** The inside of a comment, where parentheses nest. */
    static List<Token> comment(String content) {
        return new Scanner(content, "()", "").scan();
    }

    /** Display names, comments and addresses of a list of mailboxes and groups. RFC 5322 3.4. */
    static List<Token> addresses(String value) {
        List<Token> tokens = new Scanner(value, ",;:", "\"(<").scan();
        List<Token> marked = new ArrayList<>(tokens.size());
        int mailbox = 0;
        for (int at = 0; at <= tokens.size(); at++) {
            boolean ends = at == tokens.size() || tokens.get(at).is(Kind.SPECIAL);
            if (ends) {
                boolean groupName = at < tokens.size() && tokens.get(at).text.equals(":");
                marked.addAll(mailbox(tokens.subList(mailbox, at), groupName));
                marked.addAll(tokens.subList(at, Math.min(at + 1, tokens.size())));
                mailbox = at + 1;
            }
        }
        return marked;
    }

    /** Without angle brackets the words are the address; with them the words are the display name. */
    private static List<Token> mailbox(List<Token> tokens, boolean groupName) {
        if (groupName || tokens.stream().anyMatch(token -> token.is(Kind.ADDRESS))) {
            return tokens;
        }
        List<Token> address = new ArrayList<>(tokens);
        address.replaceAll(token -> token.isText() ? new Token(Kind.ADDRESS, token.text) : token);
        return address;
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isText() {
        return kind == Kind.WORD || kind == Kind.QUOTED || kind == Kind.ESCAPED;
    }

    boolean isSevenBit() {
        return Ascii.isSevenBit(text);
    }

    boolean isEncodedWord() {
        return kind == Kind.WORD && EncodedWord.is(text);
    }

    /** The text as readers display it, without quotes and backslashes. */
    String content() {
        if (kind == Kind.ESCAPED) {
            return StructuredText.unescape(text);
        }
        return kind == Kind.QUOTED ? StructuredText.unquote(text) : text;
    }

    /** Splits a value into tokens. */
    private static final class Scanner {
        private final String value;
        private final String specials;
        /** The characters that start a quoted string, comment or address. */
        private final String enclosing;

        private final List<Token> tokens = new ArrayList<>();
        private int at;

        Scanner(String value, String specials, String enclosing) {
            this.value = value;
            this.specials = specials;
            this.enclosing = enclosing;
        }

        List<Token> scan() {
            // An unclosed quote or bracket means that no later one closes either. Without this check a hostile field
            // would take quadratic time.
            boolean[] open = new boolean[128];
            while (at < value.length()) {
                char c = value.charAt(at);
                int end = enclosing.indexOf(c) >= 0 && !open[c] ? enclosedEnd(c) : 0;
                open[c & 127] |= end < 0;
                if (end > 0) {
                    add(c == '"' ? Kind.QUOTED : c == '(' ? Kind.COMMENT : Kind.ADDRESS, end);
                } else if (specials.indexOf(c) >= 0) {
                    add(Kind.SPECIAL, at + 1);
                } else {
                    boolean space = Ascii.isSpace(c);
                    add(space ? Kind.SPACE : Kind.WORD, runEnd(space));
                }
            }
            return tokens;
        }

        private void add(Kind kind, int end) {
            String text = value.substring(at, end);
            boolean escaped = kind == Kind.WORD && isComment() && text.indexOf('\\') >= 0;
            tokens.add(new Token(escaped ? Kind.ESCAPED : kind, text));
            at = end;
        }

        /** The position after the character that closes {@code opening}; -1 if it is unclosed. */
        private int enclosedEnd(char opening) {
            char closing = opening == '(' ? ')' : opening == '<' ? '>' : '"';
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
}
