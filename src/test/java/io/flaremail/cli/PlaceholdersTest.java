package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Placeholders as Spring resolves them. */
class PlaceholdersTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TOKEN", "t1", "MAIL_SENDER", "a@example.com", "BOTH", "environment", "WHICH", "TOKEN");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain $ text {x}         | plain $ text {x}         | []
            ${TOKEN}                 | t1                       | []
            <${TOKEN}> and ${TOKEN}  | <t1> and t1              | []
            ${other.key}             | from the file            | []
            ${BOTH}                  | environment              | []
            ${mail.sender}           | a@example.com            | []
            ${mail.sen-der}          | a@example.com            | []
            ${NONE:default}          | default                  | []
            ${NONE:}                 | ''                       | []
            ${NONE:https://x:1/}     | https://x:1/             | []
            ${TOKEN:default}         | t1                       | []
            ${NONE:${TOKEN}}         | t1                       | []
            ${${WHICH}}              | t1                       | []
            ${indirect}              | t1                       | []
            ${NONE} ${TOKEN}         | ${NONE} t1               | [NONE]
            ${NONE:${ALSO}}          | ${ALSO}                  | [ALSO]
            ${loop}                  | ${loop}                  | [loop]
            ${loop.one}              | ${loop.one}              | [loop.one]
            ${open                   | ${open                   | []
            """)
    void values(String text, String resolved, String unresolved) {
        Properties file = new Properties();
        file.setProperty("other.key", "from the file");
        file.setProperty("BOTH", "the file");
        file.setProperty("indirect", "${TOKEN}");
        file.setProperty("loop", "${loop}");
        file.setProperty("loop.one", "${loop.two}");
        file.setProperty("loop.two", "${loop.one}");
        Placeholders placeholders = new Placeholders(file, ENVIRONMENT::get);
        assertEquals(resolved, placeholders.resolve(text));
        assertEquals(unresolved, placeholders.unresolved(text).toString());
    }

    /** As deep as a file can make it, without a StackOverflowError. */
    @ParameterizedTest
    @CsvSource({"50, x", "51,", "100000,"})
    void deepNesting(int depth, String resolved) {
        String text = "${NONE:".repeat(depth) + "x" + "}".repeat(depth);
        assertEquals(
                resolved == null ? text : resolved, new Placeholders(new Properties(), name -> null).resolve(text));
    }
}
