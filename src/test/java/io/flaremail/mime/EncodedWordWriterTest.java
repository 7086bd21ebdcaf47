package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text as encoded-words: in lines of 76 characters, without dividing a character. RFC 2047. */
class EncodedWordWriterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // adjacent text is encoded too, and so is white space between encoded-words
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
        assertEquals(expected, Rewrites.field(text));
    }

    /** A word that fits stays on its line; otherwise the line is folded before the word. */
    @Test
    void linesAreFoldedAtSeventySix() {
        for (int before = 1; before < 66; before++) {
            String field = Rewrites.field("Subject: " + "x".repeat(before) + " caf\u00e9 " + "y".repeat(20) + " z");
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

    /** Each encoded-word of a long text has the maximum length and a line of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", "xxxx\u00e9"})
    void encodedWordsAreFilled(String piece) {
        String field = Rewrites.field("Subject: " + piece.repeat(120));
        String[] lines = field.split("\r\n");
        assertTrue(lines.length > 2, field);
        for (int i = 0; i < lines.length; i++) {
            assertTrue(lines[i].length() <= 76, lines[i]);
            assertTrue(i == lines.length - 1 || lines[i].length() >= 72, "not full: " + lines[i]);
            assertTrue(lines[i].replaceFirst("^Subject:", "").matches(" =\\?iso-8859-1\\?[QB]\\?[^ ]*\\?="), lines[i]);
        }
    }

    /** An encoded-word takes exactly as many characters as fit. */
    @Test
    void anEncodedWordIsFullWhenNoFurtherCharacterFits() {
        int frame = "=?iso-8859-1?Q??=".length();
        assertEquals(2, EncodedWord.fitting("\u00e9\u00e9\u00e9", 0, true, frame + 6, TextCharset.LATIN_1));
        assertEquals(1, EncodedWord.fitting("\u00e9\u00e9\u00e9", 0, true, frame + 5, TextCharset.LATIN_1));
        assertEquals(3, EncodedWord.fitting("\u00e9".repeat(9), 2, false, frame + 4, TextCharset.LATIN_1));
    }

    /** Each encoded-word can be decoded alone, at every alignment of the characters. RFC 2047 5. */
    @ParameterizedTest
    @CsvSource({
        "shift_jis, \u0090\u00bf\u008b\u0081\u008f\u0091",
        "euc-jp,    \u00c0\u00c1\u00b5\u00e1\u008f\u00b0\u00a1",
        "gb18030,   \u00c4\u00e3\u0081\u0030\u0081\u0030",
        "euc-kr,    \u00c7\u00d1\u00b1\u00db",
        "big5,      \u00a4\u00a4\u00a4\u00e5",
    })
    void noCharacterIsDivided(String charset, String characters) throws Exception {
        for (String before : new String[] {"", "a", "ab", "abc"}) {
            String message = "Subject: " + before + characters.repeat(40) + "\r\nContent-Type: text/plain; charset="
                    + charset + "\r\n\r\nwords\r\n";
            assertTrue(Rewrites.check(Rewrites.bytes(message), message));
            String subject = Rewrites.rewrite(message).split("\r\nContent-Type")[0];
            assertTrue(subject.lines().count() > 3, subject);
            assertTrue(
                    subject.lines().allMatch(line -> line.contains("=?" + charset + "?") && line.length() <= 76),
                    subject);
        }
    }
}
