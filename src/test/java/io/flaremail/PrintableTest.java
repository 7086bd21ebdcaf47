package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flaremail.text.Printable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of others in messages and logs: one line, bounded, and no token that was put in the wrong place. */
class PrintableTest {
    private static final String LONGEST_SHOWN = "0123456789abcdefghijklmnopqrstuvwx";
    private static final String TOKEN = LONGEST_SHOWN + "y";

    @Test
    void whatIsAsLongAsATokenIsNotShown() {
        assertEquals('"' + LONGEST_SHOWN + '"', Printable.unlessSecret(LONGEST_SHOWN));
        assertEquals("a value of 35 characters", Printable.unlessSecret(TOKEN));
        assertEquals("a value of 37 characters", Printable.unlessSecret("a " + TOKEN));
    }

    @Test
    void whatHasTheFormOfATokenIsNotShown() {
        assertEquals("\"30s\"", Printable.unlessTokenLike("30s"));
        assertEquals("a value of 35 characters", Printable.unlessTokenLike(TOKEN));
        assertEquals("a value of 37 characters", Printable.unlessTokenLike("a " + TOKEN));
    }

    @ParameterizedTest
    @CsvSource({"319, false", "320, false", "321, true"})
    void aLineIsBounded(int length, boolean cut) {
        String expected = cut ? "x".repeat(320) + "..." : "x".repeat(length);
        assertEquals(expected, Printable.line("x".repeat(length)));
        assertEquals('"' + expected + '"', Printable.quoted("x".repeat(length)));
    }

    @Test
    void whatCannotBeSeenIsEscaped() {
        assertEquals("a\\r\\n\\u0009b\\u2028\\u2029\\u202e\\u0000", Printable.line("a\r\n\tb\u2028\u2029\u202e\u0000"));
        assertEquals("m\u00fcnchen \u4e2d", Printable.line("m\u00fcnchen \u4e2d"));
    }

    /** A token in the wrong place may have something around it. */
    @Test
    void aTokenIsNotShownWhateverIsAroundIt() {
        String token = "abcdefghijklmnopqrstuvwxyz0123456789ABCD";
        for (String text : new String[] {token, "Bearer " + token, token + ",", "token=" + token, '"' + token + '"'}) {
            assertEquals("a value of " + text.length() + " characters", Printable.unlessTokenLike(text));
        }
        assertEquals("\"a-host.example.org\"", Printable.unlessTokenLike("a-host.example.org"));
    }
}
