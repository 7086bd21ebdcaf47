package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A multipart is divided as its readers divide it, or refused. Encoding it as a whole would lose its parts. */
class AmbiguousStructureTest {
    private static final String PART = "--abc\r\nContent-Type: text/plain\r\n\r\nwords and \u00e9\r\n";

    private static final String REWRITTEN = "--abc\r\nContent-Type: text/plain\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\nwords and =E9\r\n";

    /** The value of Content-Type. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed; boundary=abc",
                "multipart/mixed; boundary=abc (comment)",
                "multipart/mixed; boundary=abc (a (nested) comment; boundary=x)",
                "multipart/mixed; (comment; boundary=x) boundary=abc",
                "multipart/mixed (comment); boundary=\"abc\" (comment)",
                "multipart/mixed; boundary=abc; boundary=abc",
                "multipart/mixed; boundary=abc; name=\"boundary=x\"",
                "multipart/mixed; boundary*0=a; boundary*1=bc",
                "multipart / mixed; boundary=abc",
                "MULTIPART/Mixed; BOUNDARY=abc",
            })
    void theBoundaryIsFound(String type) throws Exception {
        String start = "Content-Type: " + type + "\r\n\r\n";
        assertEquals(start + REWRITTEN + "--abc--\r\n", Rewrites.rewrite(start + PART + "--abc--\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/mixed; boundary=elsewhere             | its parts cannot be found",
                "multipart/mixed; boundary=abc; boundary=x       | readers may disagree about its boundary",
                "multipart/mixed; boundary=x; boundary=abc       | readers may disagree about its boundary",
                "multipart/mixed; boundary=abc d                 | readers may disagree about its boundary",
                "multipart/mixed; boundary=abc (open             | readers may disagree about its boundary",
                "multipart/mixed; boundary=\"abc \"              | readers may disagree about its boundary",
                "multipart/mixed; boundary=\"\"                  | readers may disagree about its boundary",
                "multipart/mixed; boundary=x; boundary*0=abc     | readers may disagree about its boundary",
                "multipart/mixed; boundary*0=a; boundary*2=bc    | readers may disagree about its boundary",
                "multipart; boundary=abc                         | readers may disagree about its type",
                "multipart/; boundary=abc                        | readers may disagree about its type",
                "\"multipart/mixed\"; boundary=abc                | readers may disagree about its type",
                "\u00e9multipart/mixed; boundary=abc             | readers may disagree about its type",
                "multipart/mix\u00e9d; boundary=abc              | readers may disagree about its type",
                "\"message/rfc822\"                              | readers may disagree about its type",
            })
    void whatReadersTakeApartDifferentlyIsRefused(String type, String why) {
        assertRefused("Content-Type: " + type + "\r\n\r\n" + PART + "--abc--\r\n", why);
    }

    /** Some readers take the first of several fields, others the last. */
    @ParameterizedTest(name = "{0}, then {1}")
    @CsvSource({
        "text/plain, multipart/mixed; boundary=abc",
        "multipart/mixed; boundary=abc, text/plain",
        "multipart/mixed; boundary=abc, multipart/mixed; boundary=x",
        "text/plain, message/rfc822",
    })
    void contradictoryTypesAreRefused(String first, String last) {
        assertRefused(
                "Content-Type: " + first + "\r\nContent-Type: " + last + "\r\n\r\n" + PART + "--abc--\r\n",
                "readers may disagree about its type");
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @CsvSource({
        "text/plain, text/html",
        "text/plain; charset=iso-8859-1, text/plain",
    })
    void contradictoryTypesOfTextAreNot(String first, String last) throws Exception {
        String start = "Content-Type: " + first + "\r\nContent-Type: " + last + "\r\n";
        assertEquals(
                start + "Content-Transfer-Encoding: quoted-printable\r\n\r\nwords and =E9\r\n",
                Rewrites.rewrite(start + "\r\nwords and \u00e9\r\n"));
    }

    /** Jakarta Mail skips characters before the name of a field; other readers skip the field. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "` Content-Type: multipart/mixed; boundary=abc`         | readers may disagree about its type",
                "`\tcontent-type : multipart/mixed; boundary=abc`       | readers may disagree about its type",
                "`A: 1\r\n\u0001Content-Type: message/rfc822`           | readers may disagree about its type",
                "` Content-Transfer-Encoding: base64`                   | readers may disagree about its encoding",
                "`A: 1\r\n\u0002Content-Transfer-Encoding: x-uuencode`  | readers may disagree about its encoding",
            })
    void aFieldThatOnlySomeReadersSeeIsRefused(String field, String why) throws Exception {
        assertRefused(field + "\r\n\r\n" + PART + "--abc--\r\n", why);
        String clean = field + "\r\nSubject: \u00e9\r\n\r\nx\r\n";
        assertEquals(clean.replace("\u00e9", "=?iso-8859-1?B?6Q==?="), Rewrites.rewrite(clean));
    }

    @Test
    void aTypeThatIsThereTwiceIsFine() throws Exception {
        String start =
                "Content-Type: multipart/mixed; boundary=abc\r\nCONTENT-TYPE: multipart/mixed; boundary=abc\r\n\r\n";
        assertEquals(start + REWRITTEN + "--abc--\r\n", Rewrites.rewrite(start + PART + "--abc--\r\n"));
    }

    /** Readers must agree about a field that is rewritten. Fields that stay the same do not matter. */
    @Test
    void aTypeThatIsWrittenAnewHasOneReading() throws Exception {
        String twice = "boundary=x; boundary=y";
        String body = "\r\n\r\n--x\r\n\r\na\r\n--x--\r\n";
        assertRefused("Content-Type: multipart/mixed; n=\u00e9; " + twice + body, "");
        String clean = "Subject: \u00e9\r\nContent-Type: multipart/mixed; " + twice + body;
        assertEquals(clean.replace("\u00e9", "=?iso-8859-1?B?6Q==?="), Rewrites.rewrite(clean));
    }

    /** Parts that are UTF-8 are not inspected. */
    @Test
    void whatNeedsNoRewriteIsNotRefused() throws Exception {
        String message = "Content-Type: multipart/mixed; boundary=x; boundary=y\r\n\r\n"
                + PART.replace("\u00e9", "\u00c3\u00a9") + "--abc--\r\n";
        assertEquals(message, Rewrites.rewrite(message));
    }

    /** The body; the boundary is abc. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--abc--9998302\r\n%s--abc--\r\n",
                "--abc--9998302\r\n--abcd\r\n--abc --\r\n%s--abc--\r\n",
                "preamble\r\n\r\n%s--abc-- \t\r\nepilogue\r\n",
                "%s",
            })
    void aPreambleMayHoldWhatOnlyLooksLikeADelimiter(String body) throws Exception {
        String start = "Content-Type: multipart/mixed; boundary=abc\r\n\r\n";
        assertEquals(start + body.formatted(REWRITTEN), Rewrites.rewrite(start + body.formatted(PART)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--abc--\\r\\n%s--abc--\\r\\n           | it ends before its first part begins",
                "%s--abc--9998302\\r\\n--abc--\\r\\n    | a line in it looks like its end to some readers only",
                "%s--abc                              | a delimiter is cut short at its end",
                "words and \u00e9                         | its parts cannot be found",
            })
    void aBodyThatReadersTakeApartDifferentlyIsRefused(String body, String why) {
        String text = body.replace("\\r", "\r").replace("\\n", "\n").replace("%s", PART);
        assertRefused("Content-Type: multipart/mixed; boundary=abc\r\n\r\n" + text, why);
    }

    /** Some readers take the inner delimiter for the close delimiter of the outer multipart. */
    @Test
    void nestedBoundariesThatBeginAlikeAreRefused() {
        assertRefused(
                "Content-Type: multipart/mixed; boundary=abc\r\n\r\n--abc\r\n"
                        + "Content-Type: multipart/mixed; boundary=\"abc--1\"\r\n\r\n--abc--1\r\n\r\nwords and \u00e9\r\n"
                        + "--abc--1--\r\n--abc--\r\n",
                "a line in it looks like its end to some readers only");
    }

    private static void assertRefused(String message, String why) {
        UnencodableContentException refusal =
                assertThrows(UnencodableContentException.class, () -> Rewrites.rewrite(message));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }
}
