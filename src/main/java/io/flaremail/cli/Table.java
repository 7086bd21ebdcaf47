package io.flaremail.cli;

import java.util.ArrayList;
import java.util.List;

/** Aligns columns; the last one is neither padded nor cut, so that it can be copied. */
final class Table {
    private Table() {}

    static List<String> lines(List<String> head, List<List<String>> rows) {
        int[] widths = new int[head.size()];
        List<List<String>> all = new ArrayList<>();
        all.add(head);
        all.addAll(rows);
        for (List<String> row : all) {
            for (int i = 0; i < row.size() - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        all.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i));
            if (i < row.size() - 1) {
                line.append(spaces(widths[i] - row.get(i).length() + 2));
            }
        }
        return line.toString().replaceAll(" +$", "");
    }

    static String spaces(int count) {
        StringBuilder spaces = new StringBuilder();
        for (int i = 0; i < count; i++) {
            spaces.append(' ');
        }
        return spaces.toString();
    }
}
