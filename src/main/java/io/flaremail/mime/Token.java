package io.flaremail.mime;

/** A piece of a header field's value. */
final class Token {
    enum Kind {
        SPACE,
        WORD,
        QUOTED,
        /** A word of a comment with backslashes in it. */
        ESCAPED,
        COMMENT,
        /** In angle brackets, an address or identifier; or all of one without them. No encoding exists for it. */
        ADDRESS,
        /** A single character that separates. */
        SPECIAL
    }

    final Kind kind;
    final String text;

    Token(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
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

    /** What a reader would show. */
    String content() {
        if (kind == Kind.ESCAPED) {
            return Parameter.unescape(text);
        }
        return kind == Kind.QUOTED ? Parameter.unquote(text) : text;
    }
}
