package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoding of text, and escaping of raw octets in quoted-printable. RFC 2045 6.7. {@code $} is a line end. */
class QuotedPrintableTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caf\u00e9               | caf=E9",
                "a=b                     | a=3Db",
                "~!                      | ~!",
                "a b                     | a b",
                "'a '                    | a=20",
                "'a $b'                  | a=20$b",
                "'a\t$b'                 | a=09$b",
                "From me                 | =46rom me",
                "Fromage                 | Fromage",
                "--b                     | =2D-b",
                "-b                      | -b",
                ".$..$.a                 | =2E$..$.a",
                "a\rb                    | a=0Db",
                "a$$b$                   | a$$b$",
                "\u007f                  | =7F",
            })
    void encodes(String text, String expected) {
        assertEquals(expected, encoded(text));
    }

    /** A line has at most 76 characters, including the equals sign of a soft line break. */
    @Test
    void linesAreFilledAndNotLonger() {
        String x = "x";
        assertEquals(x.repeat(76), encoded(x.repeat(76)));
        assertEquals(x.repeat(75) + "=$xx", encoded(x.repeat(77)));
        assertEquals(x.repeat(76) + "$y", encoded(x.repeat(76) + "$y"));
        assertEquals(x.repeat(73) + "=E9", encoded(x.repeat(73) + "\u00e9"));
        assertEquals(x.repeat(74) + "=$=E9", encoded(x.repeat(74) + "\u00e9"));
        assertEquals(x.repeat(72) + "=E9x", encoded(x.repeat(72) + "\u00e9x"));
        assertEquals(x.repeat(72) + "=E9=$xx", encoded(x.repeat(72) + "\u00e9xx"));
        assertEquals(x.repeat(73) + "=$=E9x", encoded(x.repeat(73) + "\u00e9x"));
        assertEquals(x.repeat(75) + "=$=2D-b", encoded(x.repeat(75) + "--b"));
    }

    @Test
    void isChosenWhereItIsNotLongerThanBase64() {
        assertTrue(QuotedPrintable.isShort(octets("xxxxx\u00e9")));
        assertFalse(QuotedPrintable.isShort(octets("xxxx\u00e9")));
        assertTrue(QuotedPrintable.isShort(octets("\t \r\n ~")));
        assertFalse(QuotedPrintable.isShort(octets("xxxx=")));
        assertFalse(QuotedPrintable.isShort(octets("xxxx\u007f")));
        byte[] around = "\u00e9\u00e9\u00e9xxxxxx\u00e9\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(QuotedPrintable.isShort(new Octets(around, 3, 9)), "of a range only");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\u00e9                       | =E9",
                "a=e9\u00e9                   | a=e9=E9",
                "a=E\u00e9                    | a=E=E9",
                "a=\u00e9                     | a==E9",
                "'\u00e9 \t'                  | '=E9 \t'",
                "\u00e9=$b                    | =E9=$b",
                "'\u00e9= $b'                 | '=E9= $b'",
                "plain  =3D$\u00e9            | plain  =3D$=E9",
                "--\u00e9                     | =2D-=E9",
                "-\u00e9                      | -=E9",
                ".\u00e9                      | .=E9",
                "From \u00e9                  | From =E9",
                "\u0080                       | =80",
                "''                           | ''",
            })
    void escapesRawOctets(String text, String expected) {
        assertEquals(expected, escaped(text));
    }

    /** Only lines that change are divided, never inside an escape, and no hazard follows a soft line break. */
    @Test
    void escapedLinesAreFilledAndNotLonger() {
        String x = "x";
        assertEquals(x.repeat(100), escaped(x.repeat(100)), "has no raw octet");
        assertEquals("=E9" + x.repeat(73), escaped("\u00e9" + x.repeat(73)));
        assertEquals("=E9" + x.repeat(72) + "=$xx", escaped("\u00e9" + x.repeat(74)));
        assertEquals("=E9" + x.repeat(72) + "=$=41x", escaped("\u00e9" + x.repeat(72) + "=41x"));
        assertEquals("=E9" + x.repeat(69) + "=41=$xx", escaped("\u00e9" + x.repeat(69) + "=41xx"));
        assertEquals("=E9" + x.repeat(70) + "=41", escaped("\u00e9" + x.repeat(70) + "=41"));
        assertEquals("=E9" + x.repeat(72) + "=$=2Eyy", escaped("\u00e9" + x.repeat(72) + ".yy"));
        assertEquals("=E9" + x.repeat(72) + "=$=2Dyy", escaped("\u00e9" + x.repeat(72) + "-yy"));
        assertEquals("=E9" + x.repeat(72) + "=$=46yy", escaped("\u00e9" + x.repeat(72) + "Fyy"));
        assertEquals("=E9" + x.repeat(72) + "=$Gyy", escaped("\u00e9" + x.repeat(72) + "Gyy"));
        assertEquals("=E9" + x.repeat(71) + "x=$", escaped("\u00e9" + x.repeat(72) + "=$"));
        assertEquals(x.repeat(71) + "=$=E9= \t$", escaped(x.repeat(71) + "\u00e9= \t$"), "its end stays together");
        assertEquals(x.repeat(70) + "=E9= \t$", escaped(x.repeat(70) + "\u00e9= \t$"));
        assertEquals(x.repeat(72) + "=$=E9 \t$", escaped(x.repeat(72) + "\u00e9 \t$"));
        assertEquals(x.repeat(72) + "=$=E9\t $", escaped(x.repeat(72) + "\u00e9\t $"));
        assertEquals("=E9" + x.repeat(71) + "=$=41", escaped("\u00e9" + x.repeat(71) + "=41"));
        assertEquals("=E9" + x.repeat(71) + "=$=4F", escaped("\u00e9" + x.repeat(71) + "=4F"));
        assertEquals("=E9" + x.repeat(68) + "=0G=$=4F", escaped("\u00e9" + x.repeat(68) + "=0G=4F"));
    }

    private static String encoded(String text) {
        return shown(QuotedPrintable.encode(octets(text)));
    }

    private static String escaped(String text) {
        return shown(QuotedPrintable.escapeRawOctets(octets(text)));
    }

    private static String shown(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1).replace("\r\n", "$");
    }

    private static Octets octets(String text) {
        byte[] octets = text.replace("$", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return new Octets(octets, 0, octets.length);
    }

    /** Decoders read lower-case hexadecimal digits, so a soft break must not divide such an escape. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xx"})
    void anEscapeInLowerCaseIsNotDivided(String before) throws Exception {
        String line = before + "=e9".repeat(40) + "\u00e9";
        String rewritten = Rewrites.rewrite("Content-Transfer-Encoding: quoted-printable\r\n\r\n" + line + "\r\n");
        String body = rewritten.substring(rewritten.indexOf("\r\n\r\n") + 4);
        assertEquals(
                before + "=e9".repeat(40) + "=E9", body.replace("=\r\n", "").trim());
        for (String each : body.split("\r\n")) {
            assertTrue(each.length() <= 76 && each.replaceFirst("=$", "").matches("x*(=[0-9A-Fa-f]{2})+"), each);
        }
    }
}
