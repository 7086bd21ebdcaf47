package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that contain no entities, and their transfer encoding labels. */
class BodyRewriterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | one caf\u00e9            | quoted-printable | one caf=E9",
                "Content-Type: text/html\\r\\n          | a = b\u00e9 and so on    | quoted-printable | a =3D b=E9 and so on",
                "Content-Type: text/plain\\r\\n         | \u00e9\u00e8\u00ea\u00eb | base64           | 6ejq6w==",
                "Content-Type: application/pdf\\r\\n    | ordinary words \u00e9    | base64           | b3JkaW5hcnkgd29yZHMg6Q==",
                "Content-Type: application/pkcs7-mime\\r\\n | words and more \u00e9 | base64           | d29yZHMgYW5kIG1vcmUg6Q==",
            })
    void aLeafGetsTheEncodingThatSuitsIt(String header, String body, String encoding, String encoded) throws Exception {
        String start = "X: 1\r\n" + header.replace("\\r\\n", "\r\n");
        assertEquals(
                start + "Content-Transfer-Encoding: " + encoding + "\r\n\r\n" + encoded,
                Rewrites.rewrite(start + "\r\n" + body));
    }

    @Test
    void theFirstLabelIsReplacedAndOthersGo() throws Exception {
        assertEquals(
                "A: 1\r\nContent-Transfer-Encoding: quoted-printable\r\nB: 2\r\n\r\nwords and =E9\r\n",
                Rewrites.rewrite(
                        "A: 1\r\nCONTENT-transfer-encoding :\r\n (c) 8BIT\r\nB: 2\r\ncontent-Transfer-Encoding: base64\r\n\r\nwords and \u00e9\r\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "From me \u00e9          | =46rom me =E9",
                ".\\r\\nand so on \u00e9 | =2E\\r\\nand so on =E9",
                "..\\r\\nand then \u00e9 | ..\\r\\nand then =E9",
                "'end  \\r\\nand then \u00e9'  | 'end =20\\r\\nand then =E9'",
                "'end\\t\\r\\nand then \u00e9' | 'end=09\\r\\nand then =E9'",
                "--b and so on \u00e9    | =2D-b and so on =E9",
                "lone\\rcarriage \u00e9  | lone=0Dcarriage =E9",
                "lone\\nline feed \u00e9 | lone=0Aline feed =E9",
            })
    void quotedPrintableSurvivesWhatTransportsDo(String body, String encoded) throws Exception {
        String start = "A: 1\r\nContent-Transfer-Encoding: ";
        String message = start + "8bit\r\n\r\n" + unescape(body) + " x x x x x x\r\n";
        assertEquals(
                start + "quoted-printable\r\n\r\n" + unescape(encoded) + " x x x x x x\r\n", Rewrites.rewrite(message));
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
    }

    @ParameterizedTest
    @ValueSource(ints = {74, 75, 76, 77, 151, 2000})
    void noEncodedLineIsLongerThan76(int length) throws Exception {
        String body = "x".repeat(length) + "\u00e9\r\n" + "y ".repeat(length) + "\r\n";
        assertShort(Rewrites.rewrite("A: 1\r\n\r\n" + body));
        assertShort(Rewrites.rewrite("A: 1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + "x".repeat(60)
                + "\u00e9".repeat(length)));
        assertShort(Rewrites.rewrite("A: 1\r\nContent-Type: image/png\r\n\r\n" + body));
        assertShort(Rewrites.rewrite("Subject: " + "word \u00e9 ".repeat(length) + "\r\n\r\n"));
        assertShort(Rewrites.rewrite("Subject: " + "\u00e9".repeat(length) + "\r\n\r\n"));
        assertShort(Rewrites.rewrite(
                "Content-Disposition: attachment; filename=\"" + "\u00e9".repeat(length) + "\"\r\n\r\n"));
    }

    private static void assertShort(String message) {
        message.lines().forEach(line -> assertTrue(line.length() <= 76, line));
    }

    @Test
    void quotedPrintableWithRawOctetsIsMendedInPlace() throws Exception {
        String start = "Content-Transfer-Encoding: quoted-printable\r\n\r\nclean =3d line  \r\n";
        assertEquals(
                start + "=41=E9=\r\n=G=E9==E9 \t\r\n",
                Rewrites.rewrite(start + "=41\u00e9=\r\n=G\u00e9=\u00e9 \t\r\n"));
    }

    @Test
    void junkInBase64IsDropped() throws Exception {
        String start = "Content-Transfer-Encoding: base64\r\n\r\n";
        assertEquals(start + "Y2Fm6Q==\r\n", Rewrites.rewrite(start + "Y2\u00e9Fm6Q==\r\n\u00ff"));
    }

    @Test
    void uuencodeKeepsItsSixBits() throws Exception {
        String start = "Content-Transfer-Encoding: x-uuencode\r\n\r\n";
        assertEquals(
                start + "begin 644 caf)\r\n#`86)\r\n",
                Rewrites.rewrite(start + "begin 644 caf\u00e9\r\n#\u00e086)\r\n"));
    }

    /** In mbox files, such a line starts a new message. */
    @Test
    void noLineOfUuencodeBecomesTheBeginningOfAMessage() throws Exception {
        String start = "Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n";
        assertEquals(start + "From`86)\r\nFrom 86&\r\n", Rewrites.rewrite(start + "From 86\u00e9\r\nFrom 86&\r\n"));
    }

    /**
     * Readers that know the type decode it, and so does Jakarta Mail with mail.mime.allowencodedmessages. RFC 6532
     * 3.5.
     */
    @ParameterizedTest
    @ValueSource(strings = {"message/partial; id=1", "message/http"})
    void whatHasNoEntitiesInsideIsALeaf(String type) throws Exception {
        String start = "Content-Type: " + type + "\r\n";
        assertEquals(
                start + "Content-Transfer-Encoding: quoted-printable\r\n\r\nwords: and =E9\r\n",
                Rewrites.rewrite(start + "\r\nwords: and \u00e9\r\n"));
        String base64 = start + "Content-Transfer-Encoding: base64\r\n\r\nY2Fm%s6Q==\r\n";
        assertEquals(base64.formatted(""), Rewrites.rewrite(base64.formatted("\u00e9")));
    }
}
