package io.flaremail.demo;

import java.io.PrintStream;
import java.util.List;

/** What a person reads, on 80 columns; and the tally of what was checked. */
final class Page {
    private static final int WIDTH = 78;
    private static final int MARGIN = 2;
    private static final int LABEL = 14;

    private final PrintStream out;
    private final Colours colours;
    private int checks;
    private int failures;

    Page(PrintStream out, Colours colours) {
        this.out = out;
        this.colours = colours;
    }

    void raw(String text) {
        out.print(text);
    }

    /** A heading, after an empty line. */
    void heading(String text) {
        out.println();
        out.println(colours.bold + text + colours.end);
        out.println();
    }

    void gap() {
        out.println();
    }

    void paragraph(String text) {
        print("", MARGIN, text);
    }

    /** A paragraph about something that went wrong. */
    void alarm(String text) {
        out.println(" ".repeat(MARGIN) + colours.bad + Text.printable(text) + colours.end);
    }

    void row(String label, String value) {
        print(label, MARGIN + LABEL, value);
    }

    /** A row whose label is longer than most. */
    void wideRow(String label, List<String> values) {
        String name = label;
        for (String value : values) {
            print(name, 30, value);
            name = "";
        }
    }

    /** A line of a table, cut rather than wrapped. */
    void line(String text) {
        out.println((" ".repeat(MARGIN) + Text.fit(Text.printable(text), WIDTH - MARGIN)).stripTrailing());
    }

    /** States a claim that was checked.
     * @param otherwise what is the case if it does not hold
     */
    void check(String claim, boolean holds, String otherwise) {
        checks++;
        failures += holds ? 0 : 1;
        mark(holds ? colours.good + "  ok      " : colours.bad + "  FAILED  ", claim);
        if (!holds) {
            print("", 10, otherwise);
        }
    }

    /** Says how it went, and answers the exit code. */
    int sum() {
        heading(
                failures == 0
                        ? colours.good + Text.count(checks, "check") + ", none failed."
                        : colours.bad + failures + " of " + Text.count(checks, "check") + " FAILED.");
        return failures == 0 ? 0 : 1;
    }

    private void mark(String mark, String claim) {
        String before = mark + colours.end;
        for (String line : Text.wrap(Text.printable(claim), WIDTH - 10)) {
            out.println(before + line);
            before = " ".repeat(10);
        }
    }

    private void print(String label, int indent, String text) {
        String before = label.isEmpty() ? "" : " ".repeat(MARGIN) + label;
        for (String line : Text.wrap(Text.printable(text), WIDTH - indent)) {
            out.println((before + " ".repeat(indent)).substring(0, Math.max(indent, before.length())) + line);
            before = "";
        }
    }
}
