package io.flaremail.mime;

/** Comments in structured fields. They nest, and a backslash quotes. RFC 5322 3.2.2. */
final class Comments {
    private Comments() {}

    /** The position after the comment that opens at {@code open}, -1 if it stays open. */
    static int end(String text, int open) {
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

    /**
     * The same text with spaces in the place of each comment outside quoted strings, so that positions stay the same. A
     * comment that stays open is none, and neither is any after it: readers disagree, and looking again would cost the square.
     */
    static String blank(String text) {
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
                int end = end(text, at);
                open = end < 0;
                for (; at < end; at++) {
                    blanked[at] = ' ';
                }
                at -= open ? 0 : 1;
            }
        }
        return new String(blanked);
    }
}
