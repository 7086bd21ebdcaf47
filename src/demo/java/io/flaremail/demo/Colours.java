package io.flaremail.demo;

import java.io.Console;

/** Terminal colours, or none. */
enum Colours {
    NONE("", "", "", ""),
    ANSI("\u001b[1m", "\u001b[32m", "\u001b[31;1m", "\u001b[0m");

    final String bold;
    final String good;
    final String bad;
    final String end;

    Colours(String bold, String good, String bad, String end) {
        this.bold = bold;
        this.good = good;
        this.bad = bad;
        this.end = end;
    }

    /** Colours for a person at a terminal who did not ask for none: https://no-color.org. */
    static Colours onTerminal() {
        String noColor = System.getenv("NO_COLOR");
        boolean refused = noColor != null && !noColor.isEmpty();
        return refused || !isTerminal(System.console()) ? NONE : ANSI;
    }

    /** From Java 22 on there is a Console without a terminal too, and a method to ask. */
    private static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
