package io.flaremail.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text between words; a word that is too long for a line stays whole, so that it can be copied. */
final class Wrapped {
    /** Stands for a space that no line is broken at. */
    private static final char UNBREAKABLE = '\u00a0';

    private Wrapped() {}

    /** A command, which must stay on one line to be pasted. */
    static String whole(String command) {
        return command.replace(' ', UNBREAKABLE);
    }

    static String plain(String text) {
        return text.replace(UNBREAKABLE, ' ');
    }

    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        lines.replaceAll(Wrapped::plain);
        return lines;
    }
}
