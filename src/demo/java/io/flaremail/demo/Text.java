package io.flaremail.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text made fit for a terminal. */
final class Text {
    private Text() {}

    /** Without anything that moves the cursor or hides: a message is written by a stranger. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    /** At most so many characters, the end cut off visibly. */
    static String fit(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 3) + "...";
    }

    static String bytes(long count) {
        return count(count, "byte");
    }

    /** A number and what there is of it. */
    static String count(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    /** Lines of at most this width, broken at spaces where there are any. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }
}
