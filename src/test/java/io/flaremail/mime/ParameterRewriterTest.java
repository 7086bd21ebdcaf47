package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content-Type and Content-Disposition: parameters are extended, divided and folded. RFC 2231. */
class ParameterRewriterTest {
    private static final Pattern SECTION = Pattern.compile("name\\*(\\d+)\\*=([^;\r\n]*)");

    /** File names of all lengths around the limits read the same, and each line except the last is full. */
    @Test
    void parametersAreCutWhereTheLineIsFull() {
        for (int length = 1; length < 160; length++) {
            for (String filling :
                    new String[] {"x".repeat(length), "\u00e9".repeat(length), "x\u00e9".repeat(length)}) {
                String field = Rewrites.field("Content-Type: text/plain; name=\"" + filling + "\u00e9\"");
                StringBuilder value = new StringBuilder();
                int sections = 0;
                for (Matcher section = SECTION.matcher(field); section.find(); sections++) {
                    assertEquals(sections, Integer.parseInt(section.group(1)));
                    assertFalse(section.group(2).matches(".*%.?"), "an escape is cut: " + field);
                    value.append(section.group(2));
                }
                assertEquals(
                        Math.max(1, sections), field.split(";", -1).length - 1, "one semicolon before each: " + field);
                String text = sections == 0 ? field.replaceFirst("(?s).*name\\*=", "") : value.toString();
                assertEquals(filling + "\u00e9", unescaped(text.replaceFirst("iso-8859-1''", "")));
                String[] lines = field.split("\r\n");
                for (int i = 0; i < lines.length; i++) {
                    assertTrue(lines[i].length() <= 76, lines[i]);
                    boolean last = i == lines.length - 1;
                    assertTrue(i == 0 || last || lines[i].length() >= 73, "not full: " + lines[i]);
                }
            }
        }
    }

    private static String unescaped(String text) {
        return Pattern.compile("%(..)").matcher(text).replaceAll(hex -> "" + (char) Integer.parseInt(hex.group(1), 16));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attachment; filename=\u00e9                      | attachment; filename*=iso-8859-1''%E9",
                "attachment; filename=\"a \\\"\u00e9\\\\\"        | attachment; filename*=iso-8859-1''a%20%22%E9%5C",
                "attachment; filename=\"a\u00e9                   | attachment; filename*=iso-8859-1''a%E9",
                "attachment; filename*=iso-8859-1''a%E9\u00e9     | attachment; filename*=iso-8859-1''a%E9%E9",
                "attachment; f=\u00e9; f*=x''a%E9                 | attachment; f=\u00e9; f*=x''a%E9",
                "attachment; f*0=a; f*1=\u00e9                    | attachment; f*0*=iso-8859-1''a; f*1*=%E9",
                "attachment; f*0=a; f*1=b; g=\u00e9               | attachment; f*0=a; f*1=b; g*=iso-8859-1''%E9",
                "attachment; f*0*=x''a; f*1=\u00e9                | attachment; f*0*=x''a; f*1*=%E9",
                "attachment; g=1; filename=\u00e9; h=2            | attachment; g=1; filename*=iso-8859-1''%E9; h=2",
                "attachment; f=x; f*0=\u00e9; f*1=b              | attachment; f=x; f*0*=iso-8859-1''%E9; f*1*=b",
                "attachment; f*=x''\u0080                         | attachment; f*=x''%80",
                "attachment; f=\"!#\u00e9\"                       | attachment; f*=iso-8859-1''!#%E9",
                "attachment; f=\"a;\u00e9\"                     | attachment; f*=iso-8859-1''a%3B%E9",
                "attachment; f=\"a\\\";\u00e9\"                 | attachment; f*=iso-8859-1''a%22%3B%E9",
                "attachment; f=\"a;b\"; g=\u00e9                  | attachment; f=\"a;b\"; g*=iso-8859-1''%E9",
                "attachment; f=\"a\\\";b\"; g=\u00e9             | attachment; f=\"a\\\";b\"; g*=iso-8859-1''%E9",
                "attachment; filename=\u00e9 (c; d=1)             | attachment; filename*=iso-8859-1''%E9 (c; d=1)",
            })
    void parametersAreExtended(String value, String expected) {
        assertEquals("Content-Disposition: " + expected, Rewrites.field("Content-Disposition: " + value));
    }

    /** Each continuation line starts with white space; otherwise it would be another field. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: attachment; filename=\"%s\"",
                "Content-Disposition: attachment;filename=\"%s\"",
                "Content-Disposition: attachment;\r\n filename=\"%s\"; size=1",
                "Content-Type: text/plain; name=%s; charset=us-ascii",
            })
    void continuationLinesBeginWithWhiteSpace(String field) throws Exception {
        String rewritten = Rewrites.rewrite(field.formatted("\u00e9".repeat(80)) + "\r\n\r\nwords\r\n");
        String[] lines = rewritten.substring(0, rewritten.indexOf("\r\n\r\n")).split("\r\n");
        assertTrue(lines.length > 2, rewritten);
        for (int i = 1; i < lines.length; i++) {
            assertTrue(lines[i].startsWith(" ") || lines[i].startsWith("\t"), lines[i]);
            assertTrue(lines[i].length() <= 100, lines[i]);
        }
    }

    /** They take less than a second. Comparing each section with all others took minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"; a*0=\u00e9", "; a%d*0=\u00e9"})
    void manySectionsCostNoMoreThanTheirLength(String section) {
        var field = new StringBuilder("Content-Disposition: attachment");
        for (int n = 0; n < 100_000; n++) {
            field.append(section.formatted(n));
        }
        byte[] message = Rewrites.bytes(field + "\r\n\r\n");
        byte[] rewritten = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Utf8Rewriter.rewrite(message));
        assertTrue(Utf8Check.isUtf8(rewritten, 0, rewritten.length));
    }
}
