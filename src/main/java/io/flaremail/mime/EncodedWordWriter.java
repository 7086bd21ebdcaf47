package io.flaremail.mime;

import java.util.List;

/**
 * Writes the tokens of a header field, those with 8-bit octets as encoded-words, and folds the lines. Readers do not
 * display white space between two encoded-words (RFC 2047 6.2), so white space that must stay visible goes inside one
 * of them.
 *
 * <p>Tests: EncodedWordWriterTest, FieldRewriterTest.
 */
final class EncodedWordWriter {
    private final List<Token> tokens;
    private final boolean[] encode;
    private final FoldedLine line;
    /** White space that is still to be written. */
    private String space = "";

    private EncodedWordWriter(List<Token> tokens, FoldedLine line) {
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

    /** White space must surround an encoded-word (RFC 2047 5), so adjacent text is encoded together. */
    private boolean touches(int i) {
        return tokens.get(i).isText() && tokens.get(i - 1).isText();
    }

    /** The field as text: {@code start}, followed by the tokens. */
    static String write(String start, List<Token> tokens, TextCharset charset) {
        FoldedLine line = new FoldedLine(start, charset);
        new EncodedWordWriter(tokens, line).write();
        return line.out.toString();
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
            new EncodedWordWriter(Token.comment(token.text.substring(1, token.text.length() - 1)), line).write();
            line.append("", ")");
        } else {
            boolean raw = token.isEncodedWord() && !token.isSevenBit();
            line.append(space, raw ? EncodedWord.withoutRawOctets(token.text) : token.text);
        }
        space = "";
    }

    /** Encodes a run of tokens that starts at {@code first}; returns the last of them. */
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

    /** The white space at this position, unfolded (RFC 5322 2.2.3); empty if there is none. */
    private String spaceAt(int i) {
        boolean is = i >= 0 && i < tokens.size() && tokens.get(i).is(Token.Kind.SPACE);
        return is ? tokens.get(i).text.replaceAll("[\r\n]", "") : "";
    }

    /** Output that is folded at white space before a line exceeds 76 characters. RFC 5322 2.2.3, RFC 2047 2. */
    private static final class FoldedLine {
        private static final int LONGEST = 76;

        private final StringBuilder out;
        private final TextCharset charset;
        private int column;

        FoldedLine(String start, TextCharset charset) {
            this.out = new StringBuilder(start);
            this.charset = charset;
            this.column = start.length();
        }

        void append(String space, String text) {
            foldIfOver(space, text.length());
            write(space + text);
        }

        /** Appends {@code text} as one or more encoded-words. */
        void appendEncoded(String space, String text) {
            TextCharset label = charset.orLatin1(text);
            int shortest = EncodedWord.shortest(label);
            boolean asQ = EncodedWord.isReadableAsQ(text);
            foldIfOver(space, shortest);
            write(space);
            for (int at = 0; at < text.length(); ) {
                int limit = Math.max(shortest, Math.min(EncodedWord.LONGEST, LONGEST - column));
                int length = EncodedWord.fitting(text, at, asQ, limit, label);
                write((at == 0 ? "" : "\r\n ") + EncodedWord.encode(text.substring(at, at + length), asQ, label));
                at += length;
                column = at < text.length() ? 1 : column;
            }
        }

        private void foldIfOver(String space, int length) {
            boolean canFold = !space.isEmpty() && length > 0 && space.indexOf('\n') < 0 && column > 1;
            if (canFold && column + space.length() + length > LONGEST) {
                write("\r\n");
            }
        }

        private void write(String text) {
            int lineStart = text.lastIndexOf('\n') + 1;
            column = lineStart > 0 ? text.length() - lineStart : column + text.length();
            out.append(text);
        }
    }
}
