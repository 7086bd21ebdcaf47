package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw octets in header fields. {@code E} is the start of an encoded-word, {@code $} a line end. */
class FieldRewriterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Subject: plain caf\u00e9 plain     | Subject: plain EQ?caf=E9?= plain",
                "Subject: a\u00e9  b\u00e9 c        | Subject: EQ?a=E9__b=E9?= c",
                "Subject:\u00e9                     | Subject: EB?6Q==?=",
                "X-Any: (a\u00e9) \"b\u00e9b\"      | X-Any: EQ?=28a=E9=29_=22b=E9b=22?=",
                "Subject: =?utf-8?Q?x?= yes\u00e9   | Subject: =?utf-8?Q?x?= EQ?_yes=E9?=",
                "Subject: yes\u00e9 =?utf-8?Q?x?=   | Subject: EQ?yes=E9_?= =?utf-8?Q?x?=",
                "Subject: =?utf-8?Q?x\u00e9?=       | Subject: =?utf-8?Q?x=E9?=",
                "Subject: =?utf-8?B?e\u00e9A==?=    | Subject: =?utf-8?B?eA==?=",
                "Subject: \u00c1\u00f0\u00d2\u00cf  | Subject: EB?wfDSzw==?=",
                "From: J\u00e9r\u00f4me <a@b.c>     | From: EQ?J=E9r=F4me?= <a@b.c>",
                "From: \"R\u00e9my, \\\"x\\\"\" <a@b.c>, d@e.f | From: EQ?R=E9my=2C_=22x=22?= <a@b.c>, d@e.f",
                "To: \"Remy\u00e9\"<a@b.c>          | To: EQ?Remy=E9?= <a@b.c>",
                "To: a@b.c (Remy\u00e9 (x\\)\u00e9)) | To: a@b.c (EQ?Remy=E9?= ( EQ?x=29=E9?= ))",
                "Cc: Team A\u00e9: a@b.c, d@e.f;    | Cc: Team EQ?A=E9?= : a@b.c, d@e.f;",
                "Date: 1 Jan (caf\u00e9)            | Date: 1 Jan (EQ?caf=E9?=)",
                "Content-Type: text/plain; name=\"caf\u00e9.txt\"; x=y | Content-Type: text/plain; name*=iso-8859-1''caf%E9.txt; x=y",
                "Content-Type: text/plain; a=b; NAME=caf\u00e9 1.txt   | Content-Type: text/plain; a=b; name*=iso-8859-1''caf%E9%201.txt",
                "Content-Disposition: attachment; filename*=utf-8''%C3\u00a9 | Content-Disposition: attachment; filename*=utf-8''%C3%A9",
                "Content-Disposition: x; filename*0=\"a\"; filename*1=\u00e9 | Content-Disposition: x; filename*0*=iso-8859-1''a; filename*1*=%E9",
            })
    void onlyWhatOffendsIsEncoded(String original, String rewritten) throws Exception {
        String clean = "A:  1\r\n  2\r\nB: \u00c3\u00a9\r\n";
        String expected = clean + rewritten.replace("EQ?", "=?iso-8859-1?Q?").replace("EB?", "=?iso-8859-1?B?")
                + "\r\nC: 3\r\n\r\n";
        assertEquals(expected, Rewrites.rewrite(clean + original + "\r\nC: 3\r\n\r\n"));
    }

    /** Each octet becomes its ISO-8859-1 character, so no information is lost. RFC 6532. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: \u00e9@b.c",
                "From: J <a@\u00e9.c>, d@e.f",
                "To: \"\u00e9\"@b.c",
                "Cc: root\u00e9 , d@e.f",
                "To: x <a@\u00e9",
                "To: \u00c3\u00a9@b.c, \u00e9@b.c",
                "Final-Recipient: rfc822; \u00e9@b.c",
                "Message-ID: <\u00e9@x>",
                "References: <a@b> <\u00e9@x>",
                "no field at all \u00e9",
                "X-\u00c9: x",
                "\u00e9:",
                ": \u00e9",
                "Content-Disposition: \u00e9; a=b",
                "Content-Disposition: x; \u00c9; a=b",
                "Content-Disposition: x; filename=\u00e9; filename*=utf-8''%C3%A9",
            })
    void whereNoEncodingExistsRawUtf8StandsIn(String field) throws Exception {
        String message = "A: 1\r\n" + field + "\r\nB: 2\r\n\r\n";
        byte[] rewritten = Utf8Rewriter.rewrite(Rewrites.bytes(message));
        assertEquals(message, new String(rewritten, StandardCharsets.UTF_8));
    }

    @Test
    void textNextToAnAddressIsEncodedAsEver() throws Exception {
        byte[] rewritten = Utf8Rewriter.rewrite(
                Rewrites.bytes("From: R\u00e9my <\u00e9@b.c>, \u00e8@b.c (R\u00e9my)\r\nX-\u00c9: caf\u00e9\r\n\r\n"));
        assertEquals(
                "From: =?iso-8859-1?Q?R=E9my?= <\u00e9@b.c>, \u00e8@b.c (=?iso-8859-1?Q?R=E9my?=)\r\n"
                        + "X-\u00c9: =?iso-8859-1?Q?caf=E9?=\r\n\r\n",
                new String(rewritten, StandardCharsets.UTF_8));
    }

    /** The charset of the first text is the best guess for a header. Without any text it is ISO-8859-1. */
    @Test
    void theHeaderIsLabelledAsTheFirstText() throws Exception {
        String image = "--b\r\nContent-Type: image/png\r\n\r\nx\r\n";
        String text = "--b\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\nx\r\n";
        String start = "Content-Type: multipart/mixed; boundary=b\r\n";
        String with = start + "Subject: \u00e9\r\n\r\n" + image + text + "--b--\r\n";
        assertEquals(with.replace("\u00e9", "=?windows-1251?B?6Q==?="), Rewrites.rewrite(with));
        String without = start + "Subject: \u00e9\r\n\r\n" + image + "--b--\r\n";
        assertEquals(without.replace("\u00e9", "=?iso-8859-1?B?6Q==?="), Rewrites.rewrite(without));
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

    /** Raw octets in the header get the charset of the text if they are valid in it. */
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
}
