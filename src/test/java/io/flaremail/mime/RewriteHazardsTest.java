package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small mistakes that would lose a line, an octet or a signature, each in one row. */
class RewriteHazardsTest {
    private static final String DEEP = "Content-Type: message/rfc822\r\n\r\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\n\\nb         | a\\r\\n\\r\\nb\\r\\n",
                "a\\r\\rb         | a\\r\\n\\r\\nb\\r\\n",
                "a\\r\\n\\r\\nb   | a\\r\\n\\r\\nb\\r\\n",
                "a\\r\\n\\nb      | a\\r\\n\\r\\nb\\r\\n",
                "a\\n\\rb         | a\\r\\n\\r\\nb\\r\\n",
                "\\n              | \\r\\n",
                "''               | ''",
            })
    void noEmptyLineIsLost(String written, String expected) throws Exception {
        byte[] bytes = unescaped(written).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        JsonMimeStream json = new JsonMimeStream(whole);
        json.write(bytes);
        json.finish();
        assertEquals(expected, whole.toString(StandardCharsets.US_ASCII));
        assertEquals(expected, byteByByte(bytes));
    }

    /** A buffer of 8 KB, filled one octet at a time up to and over its end. */
    @ParameterizedTest
    @ValueSource(ints = {8184, 8185, 8186, 8187, 8188, 8189, 8190, 8191, 8192, 8193, 16384, 16390})
    void singleOctetsFillTheBufferAndNoMore(int length) throws Exception {
        for (String last : new String[] {"x", "\n", "\"", "\u0001", "\u00e9"}) {
            String text = "x".repeat(length) + last;
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            JsonMimeStream json = new JsonMimeStream(whole);
            json.write(text.getBytes(StandardCharsets.UTF_8));
            json.finish();
            assertEquals(
                    whole.toString(StandardCharsets.UTF_8), byteByByte(text.getBytes(StandardCharsets.UTF_8)), last);
        }
    }

    private static String byteByByte(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonMimeStream json = new JsonMimeStream(out);
        for (byte b : bytes) {
            json.write(b);
        }
        json.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "c3a9, true",
        "c24180, false",
        "c241, false",
        "c2, false",
        "e282ac, true",
        "e28241, false",
        "e24182ac, false",
        "f09f9880, true",
        "f09f9841, false",
        "80, false",
        "c0af, false",
        "eda080, false",
        "f4908080, false",
        "4180, false",
    })
    void halfACharacterIsNotUtf8(String hex, boolean valid) {
        byte[] octets = new byte[hex.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        assertEquals(valid, Utf8Check.isUtf8(octets, 0, octets.length));
        JsonMimeStream json = new JsonMimeStream(new ByteArrayOutputStream());
        try {
            json.write(octets);
            json.finish();
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
        assertEquals(valid, json.isUtf8());
    }

    /** What is signed is not touched, wherever in it the octets are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pr\u00e9amble\r\n--b\r\n\r\nwords\r\n--b--\r\n",
                "--b\r\n\r\nwords\r\n--b--\r\n\u00e9pilogue\r\n",
                "--b\r\nX-Any: \u00e9\r\n\r\nwords\r\n--b--\r\n",
                "--b\r\n\r\nwords \u00e9\r\n--b--\r\n",
                "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: \u00e9\r\n\r\nwords\r\n--b--\r\n",
                "--c\r\n\r\nwords \u00e9\r\n--c--\r\n",
            })
    void aSealCoversPreamblesEpiloguesAndParts(String body) {
        for (String seal : new String[] {
            "Content-Type: multipart/signed; boundary=b\r\n\r\n",
            "Content-Type: multipart/encrypted; boundary=b\r\n\r\n",
            "DKIM-Signature: v=1\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
        }) {
            UnencodableContentException refusal =
                    assertThrows(UnencodableContentException.class, () -> Rewrites.rewrite(seal + body));
            assertTrue(refusal.getMessage().matches("(?s).*(signed|encrypted).*"), refusal.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"message", "multipart", "preamble", "epilogue"})
    void whatNestsTooDeepIsRefused(String where) throws Exception {
        assertFalse(Rewrites.rewrite(nested(where, 90)).isEmpty());
        UnencodableContentException refusal =
                assertThrows(UnencodableContentException.class, () -> Rewrites.rewrite(nested(where, 101)));
        assertTrue(refusal.getMessage().contains("nested more than 100 levels"), refusal.getMessage());
    }

    private static String nested(String where, int levels) {
        String part = "Content-Type: multipart/mixed; boundary=b\r\n\r\n%s--b\r\n\r\nwords%s\r\n--b--\r\n%s";
        return DEEP.repeat(levels)
                + switch (where) {
                    case "message" -> DEEP + "Subject: \u00e9\r\n\r\nwords \u00e9\r\n";
                    case "multipart" -> part.formatted("", " \u00e9", "");
                    case "preamble" -> part.formatted("pr\u00e9amble\r\n", "", "");
                    default -> part.formatted("", "", "\u00e9pilogue\r\n");
                };
    }

    /** Each continuation line of a parameter field begins with white space, or it would be a field of its own. */
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

    @Test
    void multipartsInMultipartsThatNestTooDeepAreRefused() throws Exception {
        assertTrue(Rewrites.rewrite(nestedMultiparts(100)).contains("words =E9"));
        UnencodableContentException refusal =
                assertThrows(UnencodableContentException.class, () -> Rewrites.rewrite(nestedMultiparts(101)));
        assertTrue(refusal.getMessage().contains("nested more than 100 levels"), refusal.getMessage());
    }

    private static String nestedMultiparts(int levels) {
        String message = "\r\nwords \u00e9\r\n";
        for (int level = 100; level < 100 + levels; level++) {
            message = "Content-Type: multipart/mixed; boundary=b%1$d\r\n\r\n--b%1$d\r\n%2$s\r\n--b%1$d--\r\n"
                    .formatted(level, message);
        }
        return message;
    }

    /** RFC 2047 5: each encoded-word can be decoded alone, wherever in it the characters begin. */
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

    /** The charset of the text labels what the header has raw, where its octets are text in it. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "iso-8859-2,   =?iso-8859-2?",
        "ISO-8859-15,  =?ISO-8859-15?",
        "windows-1252, =?windows-1252?",
        "koi8-r,       =?koi8-r?",
        "utf-8,        =?iso-8859-1?",
        "us-ascii,     =?iso-8859-1?",
        "utf-16,       =?iso-8859-1?",
        "x-unknown,    =?iso-8859-1?",
        "'',           =?iso-8859-1?",
    })
    void aHeaderIsLabelledAsItsText(String charset, String start) throws Exception {
        String label = charset.isEmpty() ? "" : "; charset=" + charset;
        String text = "Content-Type: text/plain" + label + "\r\n\r\nwords \u00e9\r\n";
        assertTrue(Rewrites.rewrite("Subject: caf\u00e9\r\n" + text).startsWith("Subject: " + start), charset);
        String multipart =
                "Subject: caf\u00e9\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + text + "--b--\r\n";
        assertTrue(Rewrites.rewrite(multipart).startsWith("Subject: " + start), charset);
    }

    @ParameterizedTest
    @CsvSource({"base64\u00e9, base64", "\u00e9base64, base64", "quoted-printable\u00e9, quoted-printable"})
    void aTransferEncodingIsReadWithoutItsJunk(String label, String encoding) throws Exception {
        String message = "Content-Transfer-Encoding: " + label + "\r\n\r\nQUJD\r\n";
        String rewritten = Rewrites.rewrite(message);
        assertTrue(rewritten.endsWith("\r\n\r\nQUJD\r\n"), rewritten);
        assertEquals(
                encoding,
                TransferEncoding.label(rewritten.substring(rewritten.indexOf(':') + 1, rewritten.indexOf("\r\n"))));
        Rewrites.check(Rewrites.bytes(message), label);
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    /** They take less than a second; looking at all of them for each took minutes. */
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
