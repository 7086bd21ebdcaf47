package io.flaremail.mime;

/** A header field being written: folds at white space, before a line gets longer than it should. RFC 5322 2.1.1, 2.2.3. */
final class FoldedLine {
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

    /** Appends {@code text} as encoded-words. */
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

    @Override
    public String toString() {
        return out.toString();
    }

    /** Without continuation lines of white space only, which RFC 5322 3.2.2 forbids: they go to the end of the line before. */
    static String withoutBlankLines(String field) {
        StringBuilder kept = new StringBuilder();
        String pending = "";
        for (String line : field.split("(?<=\n)|(?<=\r)(?!\n)")) {
            boolean blank = kept.length() > 0 && Ascii.isBlank(line);
            if (!blank) {
                kept.append(pending);
                pending = "";
            }
            String content = withoutLineEnd(line);
            kept.append(content);
            pending = blank ? pending : line.substring(content.length());
        }
        return kept.toString();
    }

    private static String withoutLineEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return line.substring(0, end);
    }
}
