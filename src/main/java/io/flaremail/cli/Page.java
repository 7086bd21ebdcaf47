package io.flaremail.cli;

import io.flaremail.dns.DnsRecord;
import java.io.PrintStream;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Prints everything: the one place for colours, for JSON or text, and for hiding the token. */
final class Page {
    /** Stands for ESC and a bracket until a text is cleaned. Nobody can guess it, so only our own colours remain. */
    private final String escape = UUID.randomUUID().toString();

    private final ProcessEnvironment process;
    private final Secrets secrets;
    private final boolean json;
    private final boolean colours;
    private boolean unfinished;
    private String lastNews = "";

    Page(ProcessEnvironment process, Secrets secrets, boolean json, boolean noColor) {
        this.process = process;
        this.secrets = secrets;
        this.json = json;
        this.colours = !json && !noColor && process.wantsColours();
    }

    boolean isJson() {
        return json;
    }

    int width() {
        return process.width();
    }

    /** Prints a line of text; nothing with {@code --json}. */
    void line(String text) {
        if (!json) {
            finish();
            println(process.out, text);
        }
    }

    /** Prints a sentence, wrapped on a terminal; nothing with {@code --json}. */
    void text(String text) {
        wrapped(text).forEach(this::line);
    }

    private List<String> wrapped(String text) {
        return process.terminal ? Wrapped.lines(text, width()) : Collections.singletonList(Wrapped.plain(text));
    }

    /** Prints a table; nothing with {@code --json}. */
    void table(List<String> head, List<List<String>> rows) {
        Table.lines(head, rows).forEach(this::line);
    }

    /** Prints the one JSON document; nothing without {@code --json}. */
    void json(Object value) {
        if (json) {
            process.out.println(secrets.hide(JsonText.of(value)));
        }
    }

    /**
     * Prints one of several JSON documents, on a line of its own; nothing without {@code --json}.
     *
     * @param document valid JSON
     */
    void jsonLine(String document) {
        if (json) {
            process.out.println(secrets.hide(JsonText.oneLine(document)));
            process.out.flush();
        }
    }

    /** Whether standard output has failed, such as for a reader that left, or a full disk. */
    boolean isUnwritable() {
        return process.out.checkError();
    }

    /** Shows what is being done, on a terminal only; the next line replaces it. */
    void activity(String text) {
        if (process.movesTheCursor()) {
            progress(text, "");
        }
    }

    void asking(DnsRecord record) {
        activity("asking resolvers for " + record.getType() + " " + record.getName() + " ...");
    }

    /**
     * Shows progress on standard error: on a terminal one line that is rewritten, otherwise a line for each change of
     * {@code news}.
     *
     * @param detail what changes all the time
     */
    void progress(String news, String detail) {
        if (json) {
            return;
        }
        if (process.movesTheCursor()) {
            process.err.print("\r\u001b[K" + secrets.clean(fitting(news, detail)));
            process.err.flush();
            unfinished = true;
        } else if (!news.equals(lastNews)) {
            println(process.err, news + detail);
        }
        lastNews = news;
    }

    /** In one line, with room for the ^C of a terminal: a line that wraps cannot be rewritten. */
    private String fitting(String news, String detail) {
        int room = width() - "^C".length() - 1 - detail.length();
        return (news.length() <= room ? news : news.substring(0, Math.max(0, room - 3)) + "...") + detail;
    }

    /** Prints a line to standard error, also with {@code --json}. */
    void note(String text) {
        finish();
        wrapped(text).forEach(line -> println(process.err, line));
    }

    /**
     * Prints a failure: to standard error, or as the one JSON document.
     *
     * @param advice further lines for a person
     */
    void error(String message, Object details, String... advice) {
        if (json) {
            process.out.println(secrets.hide(JsonText.of(details)));
        } else {
            finish();
            String name = "flaremail: ";
            List<String> lines = wrapped(name + message);
            println(process.err, bad(name) + lines.get(0).substring(name.length()));
            lines.subList(1, lines.size()).forEach(line -> println(process.err, line));
            for (String line : advice) {
                wrapped(line).forEach(each -> println(process.err, each));
            }
        }
    }

    /** See {@link Secrets#cleanUnknown}. */
    String withoutLongWords(String text) {
        return secrets.cleanUnknown(text);
    }

    String good(String text) {
        return coloured("32m", text);
    }

    String bad(String text) {
        return coloured("31;1m", text);
    }

    String strong(String text) {
        return coloured("1m", text);
    }

    private String coloured(String colour, String text) {
        return colours ? escape + colour + text + escape + "0m" : text;
    }

    /** Prints a warning to standard error, also with {@code --json}. */
    void warning(String text) {
        note("flaremail: " + text);
    }

    private void println(PrintStream stream, String line) {
        stream.println(secrets.clean(line).replace(escape, "\u001b["));
    }

    /** Erases what {@link #activity} shows. */
    void finish() {
        if (unfinished) {
            process.err.print("\r\u001b[K");
            process.err.flush();
            unfinished = false;
        }
    }
}
