package io.flaremail.mime;

/** A header field being written: folds at white space, before a line gets longer than it should. RFC 5322 2.1.1, 2.2.3. */
final class FoldedLine {
    private static final int LONGEST = 76;
    private static final int SHORTEST_ENCODED_WORD = 32;

    private final StringBuilder out;
    private int column;

    FoldedLine(String start) {
        this.out = new StringBuilder(start);
        this.column = start.length();
    }

    void append(String space, String text) {
        foldIfOver(space, text.length());
        write(space + text);
    }

    /** Appends {@code text} as encoded-words. */
    void appendEncoded(String space, String text) {
        boolean asQ = EncodedWord.isReadableAsQ(text);
        foldIfOver(space, SHORTEST_ENCODED_WORD);
        write(space);
        for (int at = 0; at < text.length(); ) {
            int limit = Math.max(SHORTEST_ENCODED_WORD, Math.min(EncodedWord.LONGEST, LONGEST - column));
            int length = EncodedWord.fitting(text, at, asQ, limit);
            write((at == 0 ? "" : "\r\n ") + EncodedWord.encode(text.substring(at, at + length), asQ));
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

    @Override
    public String toString() {
        return out.toString();
    }
}
