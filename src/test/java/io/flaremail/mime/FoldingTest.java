package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.mime.Parameters.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields rewritten: lines of 76 characters, nothing divided that belongs together. {@code $} is a line end. */
class FoldingTest {
    private static final Pattern SECTION = Pattern.compile("name\\*(\\d+)\\*=([^;\r\n]*)");

    /** A file name of every length around the borders: it reads the same, and each line but the last is full. */
    @Test
    void parametersAreCutWhereTheLineIsFull() {
        for (int length = 1; length < 160; length++) {
            for (String filling :
                    new String[] {"x".repeat(length), "\u00e9".repeat(length), "x\u00e9".repeat(length)}) {
                String field = field("Content-Type: text/plain; name=\"" + filling + "\u00e9\"");
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
        assertEquals("Content-Disposition: " + expected, field("Content-Disposition: " + value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // text that touches goes along, and white space between encoded-words inside one
                "Subject: caf\u00e9                       | Subject: =?iso-8859-1?Q?caf=E9?=",
                "Subject:caf\u00e9                        | Subject: =?iso-8859-1?Q?caf=E9?=",
                "Subject: a caf\u00e9 b                   | Subject: a =?iso-8859-1?Q?caf=E9?= b",
                "Subject: \u00e9\u00e9 \u00e9\u00e9       | Subject: =?iso-8859-1?B?6ekg6ek=?=",
                "Subject: caf\u00e9 a  caf\u00e9          | Subject: =?iso-8859-1?Q?caf=E9?= a  =?iso-8859-1?Q?caf=E9?=",
                "Subject: =?utf-8?Q?a?= caf\u00e9         | Subject: =?utf-8?Q?a?= =?iso-8859-1?Q?_caf=E9?=",
                "Subject: caf\u00e9 =?utf-8?Q?a?=         | Subject: =?iso-8859-1?Q?caf=E9_?= =?utf-8?Q?a?=",
                "Subject: =?utf-8?Q?a\u00e9?=             | Subject: =?utf-8?Q?a=E9?=",
                "Subject: =?utf-8?b?YW\u00e9Fh?=          | Subject: =?utf-8?b?YWFh?=",
                "Subject: =?utf-8?B?YW\u00e9Fh?=          | Subject: =?utf-8?B?YWFh?=",
                "Subject: =?utf-8?B?YW\u00e9F?=           | Subject: =?iso-8859-1?Q?=3D=3Futf-8=3FB=3FYW=E9F=3F=3D?=",
                "Subject: =?utf-8?b?YW\u00e9F?=           | Subject: =?iso-8859-1?Q?=3D=3Futf-8=3Fb=3FYW=E9F=3F=3D?=",
                "To: caf\u00e9 <a@b.example>              | To: =?iso-8859-1?Q?caf=E9?= <a@b.example>",
                "To: \"caf\u00e9, x\" <a@b.example>       | To: =?iso-8859-1?Q?caf=E9=2C_x?= <a@b.example>",
                "To: caf\u00e9<a@b.example>               | To: =?iso-8859-1?Q?caf=E9?= <a@b.example>",
                "To: caf\u00e9@b.example                  | To: caf\u00e9@b.example",
                "To: a@b.example (caf\u00e9)              | To: a@b.example (=?iso-8859-1?Q?caf=E9?=)",
                "To: a@b.example (x (caf\u00e9) y)        | To: a@b.example (x ( =?iso-8859-1?Q?caf=E9?= ) y)",
                "To: a@b.example (x\\)caf\u00e9)          | To: a@b.example (=?iso-8859-1?Q?x=29caf=E9?=)",
                "To: caf\u00e9: a@b.example;              | To: =?iso-8859-1?Q?caf=E9?= : a@b.example;",
                "To: caf\u00e9\"x y\" <a@b.example>       | To: =?iso-8859-1?Q?caf=E9x_y?= <a@b.example>",
                "To: \"x y\"caf\u00e9 <a@b.example>       | To: =?iso-8859-1?Q?x_ycaf=E9?= <a@b.example>",
                "To: a@b.example,caf\u00e9 <c@d.example>  | To: a@b.example, =?iso-8859-1?Q?caf=E9?= <c@d.example>",
                "To: \u00e9:\u00e8 <a@b.example>;         | To: =?iso-8859-1?B?6Q==?= : =?iso-8859-1?B?6A==?= <a@b.example>;",
                "To: a@b.example (=?utf-8?Q?a?= \u00e9)   | To: a@b.example (=?utf-8?Q?a?= =?iso-8859-1?Q?_=E9?=)",
                "To: a@b.example (x\u00e9 )               | To: a@b.example (=?iso-8859-1?Q?x=E9?= )",
                "To: a@b.example (\\(x\u00e9)             | To: a@b.example (=?iso-8859-1?Q?=28x=E9?=)",
                "To: a@b.example (\\x\u00e9)              | To: a@b.example (=?iso-8859-1?Q?x=E9?=)",
                "To: \u00a2 \"a, b\u00e9\" <a@b.example>  | To: =?iso-8859-1?Q?=A2_a=2C_b=E9?= <a@b.example>",
                "Subject: C:\\dirs\\caf\u00e9             | Subject: =?iso-8859-1?Q?C=3A=5Cdirs=5Ccaf=E9?=",
                "Subject: caf\u00e9  =?utf-8?Q?a?=        | Subject: =?iso-8859-1?Q?caf=E9__?=  =?utf-8?Q?a?=",
                "Subject: =?utf-8?Q?a?= caf\u00e9 b       | Subject: =?utf-8?Q?a?= =?iso-8859-1?Q?_caf=E9?= b",
                "Subject: =?utf-8?B?YWJj\u0080?=          | Subject: =?utf-8?B?YWJj?=",
                "Subject: =?utf-8?Q?a\u0080?=             | Subject: =?utf-8?Q?a=80?=",
                "Subject: caf\u00e9!                      | Subject: =?iso-8859-1?Q?caf=E9!?=",
                "Subject: \u0080\u0080a                   | Subject: =?iso-8859-1?B?gIBh?=",
                "Received: by x (caf\u00e9); y            | Received: by x (=?iso-8859-1?Q?caf=E9?=); y",
                "Message-ID: <caf\u00e9@b.example>        | Message-ID: <caf\u00e9@b.example>",
            })
    void textIsEncoded(String text, String expected) {
        assertEquals(expected, field(text));
    }

    /** Where a word still fits it stays on its line; where it does not, the line is folded before it. */
    @Test
    void linesAreFoldedAtSeventySix() {
        for (int before = 1; before < 66; before++) {
            String field = field("Subject: " + "x".repeat(before) + " caf\u00e9 " + "y".repeat(20) + " z");
            String[] lines = field.split("\r\n");
            for (int i = 0; i < lines.length; i++) {
                assertTrue(lines[i].length() <= 76, lines[i]);
                if (i > 0) {
                    String first = lines[i].trim().split(" ")[0];
                    boolean encoded = first.startsWith("=?");
                    int needed = lines[i - 1].length() + 1 + (encoded ? 30 : first.length());
                    assertTrue(needed > 76, "folded too early: " + field);
                }
            }
        }
    }

    /** Each encoded-word of a long text is as long as it may be, and stands on a line of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", "xxxx\u00e9"})
    void encodedWordsAreFilled(String piece) {
        String field = field("Subject: " + piece.repeat(120));
        String[] lines = field.split("\r\n");
        assertTrue(lines.length > 2, field);
        for (int i = 0; i < lines.length; i++) {
            assertTrue(lines[i].length() <= 76, lines[i]);
            assertTrue(i == lines.length - 1 || lines[i].length() >= 72, "not full: " + lines[i]);
            assertTrue(lines[i].replaceFirst("^Subject:", "").matches(" =\\?iso-8859-1\\?[QB]\\?[^ ]*\\?="), lines[i]);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a$ b'              | 'a$ b'",
                "'a$ $ b'            | 'a $ b'",
                "'a$ $ \t$ b'        | 'a  \t$ b'",
                "'a$ '               | 'a '",
                "'a$ b$ '            | 'a$ b '",
                "'a$$ b'             | 'a$ b'",
            })
    void blankLinesGoToTheLineBefore(String field, String expected) {
        assertEquals(
                expected,
                FieldRewriter.withoutBlankLines(field.replace("$", "\r\n")).replace("\r\n", "$"));
    }

    /** A character more would not fit; exactly as many as fit are taken. */
    @Test
    void anEncodedWordIsFullWhenNoFurtherCharacterFits() {
        int frame = "=?iso-8859-1?Q??=".length();
        assertEquals(2, EncodedWord.fitting("\u00e9\u00e9\u00e9", 0, true, frame + 6, TextCharset.LATIN_1));
        assertEquals(1, EncodedWord.fitting("\u00e9\u00e9\u00e9", 0, true, frame + 5, TextCharset.LATIN_1));
        assertEquals(3, EncodedWord.fitting("\u00e9".repeat(9), 2, false, frame + 4, TextCharset.LATIN_1));
    }

    /** What a field is taken for when its name or value has nothing in it. */
    @Test
    void oddParametersAndNamesHaveTheirBorders() {
        Parameter nameless = parameter("*0*=x");
        assertEquals("", nameless.base);
        assertEquals(0, nameless.section);
        assertTrue(nameless.extended);
        assertEquals("", parameter("a=").value);
        assertEquals("", parameter("a= ").value);
        assertEquals("xA", parameter("a*=x%41").decoded());
        assertEquals("xA%4", parameter("a*=utf-8''x%41%4").decoded());
        assertEquals("xA", parameter("a*0*=utf-8''x%41").decoded());
        assertEquals("b'c'd", parameter("a*1*=b'c'd").decoded());
        assertEquals("a\\", StructuredText.unescape("a\\"));
        assertEquals("", name(":x"));
        assertEquals("", name("a b: x"));
        assertEquals("", name("a\u007f: x"));
        assertEquals("a~", name("a~: x"));
    }

    private static Parameter parameter(String text) {
        return Parameter.parse(text, text, 0, text.length());
    }

    private static String name(String field) {
        byte[] octets = field.getBytes(StandardCharsets.ISO_8859_1);
        return new Header.Field(new Octets(octets, 0, octets.length)).name;
    }

    private static String field(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] rewritten =
                FieldRewriter.rewrite(new Header.Field(new Octets(octets, 0, octets.length)), TextCharset.LATIN_1);
        return new String(rewritten, StandardCharsets.UTF_8);
    }
}
