package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Minutes of waiting: one line that is rewritten for a person, few lines in a log, none beside JSON. */
class ProgressTest {
    /** A line that wraps cannot be rewritten, not even by the ^C that the terminal adds. */
    @Test
    void aLongLineKeepsItsEnd() {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(seen, true, StandardCharsets.UTF_8);
        ProcessEnvironment narrow = new ProcessEnvironment(
                new ByteArrayInputStream(new byte[0]), err, err, name -> name.equals("COLUMNS") ? "40" : null, true);
        Page page = new Page(narrow, new Secrets(), false, true);
        page.progress("10000 of 11500, waiting for the limit", " (57 s)");
        page.progress("10000 of 11500, waiting for it", " (57 s)");
        assertEquals(
                "\r\u001b[K10000 of 11500, waiting for... (57 s)\r\u001b[K10000 of 11500, waiting for it (57 s)",
                seen.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"true,false,|K<a 0|K<a 1|K<b 2|K<", "false,false,a 0~b 2~", "false,true,''"})
    void newsIsToldOnce(boolean terminal, boolean json, String expected) {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(seen, true, StandardCharsets.UTF_8);
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Page page = new Page(
                new ProcessEnvironment(new ByteArrayInputStream(new byte[0]), out, err, name -> null, terminal),
                new Secrets(),
                json,
                true);
        page.progress("a", " 0");
        page.progress("a", " 1");
        page.progress("b", " 2");
        page.line("the end");
        String shown = seen.toString(StandardCharsets.UTF_8)
                .replace(System.lineSeparator(), "~")
                .replace("\r\u001b[K", "|K<");
        assertEquals(expected, shown);
    }
}
