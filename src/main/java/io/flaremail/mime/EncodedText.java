package io.flaremail.mime;

import java.util.List;

/**
 * Writes tokens with those that have 8-bit octets as encoded-words. White space between two encoded-words is not shown
 * (RFC 2047 6.2), so what is to be seen goes inside one.
 */
final class EncodedText {
    private final List<Token> tokens;
    private final boolean[] encode;
    private final FoldedLine line;
    private String space = "";

    private EncodedText(List<Token> tokens, FoldedLine line) {
        this.tokens = tokens;
        this.line = line;
        this.encode = new boolean[tokens.size()];
        for (int i = 0; i < encode.length; i++) {
            Token token = tokens.get(i);
            encode[i] = token.isText() && !token.isSevenBit() && !token.isEncodedWord()
                    || i > 0 && touches(i) && encode[i - 1];
        }
        for (int i = encode.length - 1; i > 0; i--) {
            encode[i - 1] |= encode[i] && touches(i);
        }
    }

    /** An encoded-word stands alone between white space (RFC 2047 5), so text that touches it goes with it. */
    private boolean touches(int i) {
        return tokens.get(i).isText() && tokens.get(i - 1).isText();
    }

    static void write(List<Token> tokens, FoldedLine line) {
        new EncodedText(tokens, line).write();
    }

    private void write() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is(Token.Kind.SPACE)) {
                space += token.text;
            } else if (encode[i]) {
                i = writeRun(i);
            } else {
                writePlain(token);
            }
        }
        line.append(space, "");
    }

    private void writePlain(Token token) {
        if (token.is(Token.Kind.COMMENT) && !token.isSevenBit()) {
            line.append(space, "(");
            write(Tokens.comment(token.text.substring(1, token.text.length() - 1)), line);
            line.append("", ")");
        } else {
            boolean mend = token.isEncodedWord() && !token.isSevenBit();
            line.append(space, mend ? EncodedWord.mend(token.text) : token.text);
        }
        space = "";
    }

    /** Writes the tokens from {@code first} on that are to be encoded; returns the last. */
    private int writeRun(int first) {
        StringBuilder run = new StringBuilder(isEncodedWord(first - 2) ? spaceAt(first - 1) : "");
        int last = first;
        run.append(tokens.get(first).content());
        for (int next = next(last); next > 0; next = next(last)) {
            run.append(next == last + 2 ? spaceAt(last + 1) : "")
                    .append(tokens.get(next).content());
            last = next;
        }
        run.append(isEncodedWord(last + 2) ? spaceAt(last + 1) : "");
        boolean needsSpace = space.isEmpty() && first > 0;
        line.appendEncoded(needsSpace ? " " : space, run.toString());
        space = last + 1 < tokens.size() && !tokens.get(last + 1).is(Token.Kind.SPACE) ? " " : "";
        return last;
    }

    /** The next token of the run, white space skipped; 0 if the run ends. */
    private int next(int last) {
        if (last + 1 < encode.length && encode[last + 1]) {
            return last + 1;
        }
        return !spaceAt(last + 1).isEmpty() && last + 2 < encode.length && encode[last + 2] ? last + 2 : 0;
    }

    private boolean isEncodedWord(int i) {
        return i >= 0 && i < encode.length && !encode[i] && tokens.get(i).isEncodedWord();
    }

    /** White space without the line breaks of folding (RFC 5322 2.2.3); empty if there is none. */
    private String spaceAt(int i) {
        boolean is = i >= 0 && i < tokens.size() && tokens.get(i).is(Token.Kind.SPACE);
        return is ? tokens.get(i).text.replaceAll("[\r\n]", "") : "";
    }
}
