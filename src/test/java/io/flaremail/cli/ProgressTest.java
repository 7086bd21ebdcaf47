package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Minutes of waiting: one line that is rewritten for a person, few lines in a log, none beside JSON. */
class ProgressTest {
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
