package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comments, quoted strings and quoted pairs. */
class StructuredTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain           | text/plain",
                "text (c)/plain       | text    /plain",
                "(c) text             | text",
                "a (b (c) d) e        | a           e",
                "a) b                 | a) b",
                "a (b                 | a",
                "(open                | ''",
                "(a)(b)c              | c",
            })
    void aCommentIsWhiteSpace(String text, String without) {
        assertEquals(without, StructuredText.withoutComments(text));
    }

    /** Comments inside quoted strings and unclosed comments stay. Stars are the spaces that replace comments. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a (b) c                 | a *** c",
                "a (b (c) d) e           | a ********* e",
                "\"a (b) c\" (d)         | \"a (b) c\" ***",
                "\"a \\\" (b) c\" (d)    | \"a \\\" (b) c\" ***",
                "a (b \\) c) d           | a ******** d",
                "a (b                    | a (b",
                "a (b (c) d              | a (b (c) d",
                "(a)(b)                  | ******",
                "a\\(b)                  | a\\***",
            })
    void blankCommentsKeepPositions(String text, String blanked) {
        assertEquals(blanked.replace('*', ' '), StructuredText.blankComments(text));
    }

    @Test
    void aBackslashAtTheEndStays() {
        assertEquals("a\\", StructuredText.unescape("a\\"));
    }
}
