package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multiparts, attached messages and reports, and what stays as it is. */
class Utf8RewriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "Subject: x\r\n\r\nbody\r\n",
                "Subject: \u00e9\u20ac\r\n\r\n\ud83d\ude00\r\n",
                "a\0b",
                "x: y\r\n\r\n--"
            })
    void whatIsUtf8AlreadyIsReturnedItself(String message) throws Exception {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        assertSame(bytes, Utf8Rewriter.rewrite(bytes));
    }

    @Test
    void aContainerIs7bitOnlyIfAllOfItIs() throws Exception {
        String clean =
                "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: 8bit\r\n\r\n--b\r\n\r\nwords and \u00e9\r\n";
        assertTrue(Rewrites.rewrite(clean + "--b--\r\n").contains("Content-Transfer-Encoding: 7bit\r\n"));
        String mixed = Rewrites.rewrite(clean + "--b\r\n\r\n\u00c3\u00a9\r\n--b--\r\n");
        assertTrue(mixed.contains("Content-Transfer-Encoding: 8bit\r\n"), mixed);
        assertTrue(mixed.endsWith("--b\r\n\r\n\u00c3\u00a9\r\n--b--\r\n"), mixed);
    }

    @Test
    void everythingAroundTheOffendingPartStays() throws Exception {
        String before =
                "Subject:  odd\r\n  folding\r\nContent-Type: Multipart/Mixed;\r\n boundary*0=\"b (\";\r\n boundary*1*=%78)\r\n\r\npreamble\r\n--b (x) \t\r\n";
        String after = "\r\n--b (xy)\r\n--b (x)\r\n\r\n--b (x)\r\nA: 1\r\n--b (x)--  \r\nepilogue\r\n--b (x)\r\n";
        assertEquals(
                before + "Content-Transfer-Encoding: quoted-printable\r\n\r\nwords and =E9"
                        + after.replace("--b (xy)", "=2D-b (xy)"),
                Rewrites.rewrite(before + "\r\nwords and \u00e9" + after));
    }

    @Test
    void aBoundaryMayBeFolded() throws Exception {
        String message = "Content-Type: multipart/mixed; boundary=\"simple\r\n boundary\"\r\n\r\n--simple boundary\r\n"
                + "%swords and %s\r\n--simple boundary--\r\n";
        assertEquals(
                message.formatted("Content-Transfer-Encoding: quoted-printable\r\n\r\n", "=E9"),
                Rewrites.rewrite(message.formatted("\r\n", "\u00e9")));
    }

    @Test
    void nobodyReadsPreambleAndEpilogue() throws Exception {
        String message =
                "Content-Type: multipart/mixed\r\n\r\n-----\r\npr\u00e9\r\n--b\r\n\r\nx\r\n--b--\r\n\u00e9pilogue\r\n";
        assertEquals(message.replace('\u00e9', '?'), Rewrites.rewrite(message));
    }

    @Test
    void aMessageInsideAMessageIsRewrittenInside() throws Exception {
        String start =
                "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nContent-Type: message/global\r\n\r\n";
        assertEquals(
                start
                        + "Subject: =?iso-8859-1?B?6Q==?=\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nwords and =E9\r\n--b--\r\n",
                Rewrites.rewrite(start + "Subject: \u00e9\r\n\r\nwords and \u00e9\r\n--b--\r\n"));
    }

    @Test
    void aReportsFieldsAreMendedLikeAHeader() throws Exception {
        String message =
                "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nDiagnostic-Code: smtp; 550 refus%s\r\n";
        assertEquals(
                message.formatted("=?iso-8859-1?B?6Q==?=")
                        .replace("refus=?", "=?")
                        .replace("B?6Q==", "Q?refus=E9"),
                Rewrites.rewrite(message.formatted("\u00e9")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "Quoted-Printable", "x-unknown", "8 bit"})
    void theLabelOfACompositeTypeIsIgnored(String encoding) throws Exception {
        String multipart = "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: " + encoding
                + "\r\n\r\n--b\r\n%swords and %s\r\n--b--\r\n";
        String message = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: " + encoding
                + "\r\n\r\nX: 1\r\n%swords and %s";
        for (String composite : new String[] {multipart, message}) {
            assertEquals(
                    composite.formatted("Content-Transfer-Encoding: quoted-printable\r\n\r\n", "=E9"),
                    Rewrites.rewrite(composite.formatted("\r\n", "\u00e9")));
        }
    }

    /** Its body is a header that describes external content, so an encoding would hide it. RFC 2046 5.2.3. */
    @Test
    void theFieldsOfAnExternalBodyAreMendedInPlace() throws Exception {
        String message = "Content-Type: message/external-body; access-type=local-file; name=x\r\n\r\n"
                + "Content-Type: image/png\r\nContent-Description: caf%s\r\n\r\n";
        assertEquals(
                message.formatted("").replace("caf", "=?iso-8859-1?Q?caf=E9?="),
                Rewrites.rewrite(message.formatted("\u00e9")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "<", "\"", "\\", " ", ";", "=?", "--b\r\n", "a=b;", "x*0=y;", "\r\n ", "\u00e9 ", "%", "("})
    void whatRepeatsCostsNoMoreThanItsLength(String piece) {
        for (String start :
                new String[] {"From: ", "Subject: ", "Content-Type: multipart/mixed; boundary=b;", "A: 1\r\n\r\n", ""
                }) {
            Rewrites.checkOutput(
                    Rewrites.bytes(start + piece.repeat(100_000 / piece.length()) + "\u00e9\r\n\r\n\u00e9"),
                    start + piece);
        }
        assertFalse(piece.isEmpty());
    }
}
