package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which changes make a message a different one for a retry: every change that a reader can see. */
class ContentDigestTest {
    private static final String NESTED = """
            Received: by relay.example.com; Mon, 1 Jan 2024 10:00:00 +0000
            Message-ID: <1.a@host>
            Date: Mon, 1 Jan 2024 10:00:00 +0000
            Resent-From: carol@example.com
            Resent-Date: Mon, 1 Jan 2024 10:00:00 +0000
            From: ada@example.com
            To: grace@example.org
            Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed;
             boundary="----=_Part_0_1.1"; x="a  b"

            ------=_Part_0_1.1
            Content-Type: multipart/alternative; boundary=inner_1

            --inner_1
            Content-Type: text/plain; charset=UTF-8

            Hello
            --inner_1
            Content-Type: text/html

            <p>Hello</p>
            --inner_1--
            ------=_Part_0_1.1
            Content-Type: message/rfc822

            Message-ID: <attached@host>
            Date: Tue, 2 Jan 2024 10:00:00 +0000
            Subject: attached
            Content-Type: multipart/mixed; boundary=deep1

            --deep1

            Deep text: boundary=other
            --deep1--
            ------=_Part_0_1.1--
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<1.a@host>                            | <2.b@other>",
                "Message-ID: <1.a@host>\\n             | ''",
                "Message-ID: <1.a@host>                | MESSAGE-ID:\\n <folded@host>",
                "Date: Mon, 1 Jan                      | Date: Tue, 2 Feb",
                "Resent-Date: Mon, 1 Jan               | Resent-Date: Tue, 2 Feb",
                "by relay.example.com                  | from elsewhere.example.com by\\n relay.example.com",
                "Received: by                          | Return-Path: <bounces@example.com>\\nX-Received: by",
                "----=_Part_0_1.1                      | ----=_Part_12_1159785389.1700000000000",
                "inner_1                               | ----another-boundary",
                "multipart/mixed;\\n boundary          | multipart/mixed; boundary",
                "deep1                                 | deep22",
            })
    void aMailLibraryMayMakeTheseAnew(String part, String instead) {
        assertEquals(digest(NESTED), digest(replaced(part, instead)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada@example.com                       | eve@example.com",
                "grace@example.org                     | grace@example.com",
                "=C3=BC                                | =C3=A4",
                "Resent-From: carol                    | Resent-From: dave",
                "Resent-From: carol@example.com\\n     | ''",
                "Subject: =                            | X-Priority: 1\\nSubject: =",
                "Hello\\n--inner                       | Hallo\\n--inner",
                "Hello\\n--inner                       | Hello\\n\\n--inner",
                "<p>Hello</p>                          | <b>Hello</b>",
                "text/html                             | text/plain",
                "charset=UTF-8                         | charset=ISO-8859-1",
                "multipart/alternative                 | multipart/mixed",
                "x=\"a  b\"                            | x=\"a b\"",
                "<attached@host>                       | <changed@host>",
                "Tue, 2 Jan                            | Wed, 3 Jan",
                "Subject: attached                     | Received: x\\nSubject: attached",
                "text: boundary=other                  | text: boundary=different",
                "Deep text                             | --deep\\n\\nDeep text",
                "Deep text                             | Content-Type: multipart/mixed; boundary=x\\nDeep text",
                "--inner_1--\\n                        | ''",
                "--inner_1--\\n                        | --inner_1--\\nepilogue\\n",
                "------=_Part_0_1.1--                  | ------=_Part_0_1.1--\\nepilogue",
                "--inner_1\\nContent-Type: text/plain  | preamble\\n--inner_1\\nContent-Type: text/plain",
                "--inner_1\\nContent-Type: text/html   | --inner_x\\nContent-Type: text/html",
                "--inner_1\\nContent-Type: text/html   | ------=_Part_0_1.1\\nContent-Type: text/html",
                "--inner_1--\\n                        | 1:--\\n",
                "--inner_1--\\n                        | --inner_1 --\\n",
                "Hello\\n--inner                       | HelLo\\n--inner",
                "MIME-Version: 1.0\\n                  | MIME-Version: 1.0\\n\\nDate: in the text\\n",
            })
    void aReaderMaySeeThese(String part, String instead) {
        assertNotEquals(digest(NESTED), digest(replaced(part, instead)));
    }

    /** Exhaustive: the digest changes with every octet, except those that do not count. */
    @Test
    void everyOtherOctetCounts() {
        String message = NESTED.replace("\n", "\r\n");
        String expected = digest(message);
        boolean inUncountedField = false;
        int counted = 0;
        for (String line : message.split("(?<=\n)")) {
            boolean top = counted < message.indexOf("\r\n\r\n");
            boolean uncounted = top && line.matches("(?s)(Received|Message-ID|Date|Resent-Date): .*");
            for (int i = 0; i < line.length() - 2 && !uncounted; i++) {
                int at = counted + i;
                String changed =
                        message.substring(0, at) + (message.charAt(at) == 'x' ? 'y' : 'x') + message.substring(at + 1);
                assertNotEquals(expected, digest(changed), () -> "octet " + at + " of: " + line);
            }
            counted += line.length();
        }
        assertEquals(message.length(), counted);
    }

    /** An ambiguous boundary is treated as text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/mixed; boundary=abc (comment)",
                "multipart/mixed; boundary=abc; boundary=abd",
                "multipart/mixed; boundary*=us-ascii''abc",
                "multipart/mixed; boundary*0=a; boundary*1=bc",
                "multipart/mixed; boundary=\"a\\\\bc\"",
                "multipart/mixed; boundary=\"abc \"",
                "multipart/mixed; name=\"; boundary=abc; \"",
                "text/plain; boundary=abc",
                "multipart/mixed; boundary=abc\\nContent-Transfer-Encoding: base64",
                "multipart/mixed; boundary=abc\\nContent-Type: text/plain",
            })
    void doubtfulBoundariesCount(String field) {
        String message = "Content-Type: " + field.replace("\\n", "\n") + "\n\n--abc\n\ntext\n--abc--\n";
        assertNotEquals(digest(message), digest(message.replace("abc", "xyz")));
    }

    /** A boundary that starts with the text of another one: readers disagree about the delimiter lines. */
    @Test
    void boundariesThatAreLikeEachOtherCount() {
        String message = "Content-Type: multipart/mixed; boundary=abc\n\n--abc\n"
                + "Content-Type: multipart/mixed; boundary=INNER\n\n--INNER\n\ntext\n--INNER--\n--abc--\n";
        assertNotEquals(digest(message.replace("INNER", "abc1")), digest(message.replace("INNER", "abc2")));
        assertEquals(digest(message.replace("INNER", "x1")), digest(message.replace("INNER", "x2")));
    }

    @Test
    void linesOfAnyLengthCountToTheirEnd() {
        String longLine = "Subject: s\n\n" + "x".repeat(3 * ContentDigest.LONGEST);
        assertNotEquals(digest(longLine + "a\n"), digest(longLine + "b\n"));
        assertNotEquals(digest(longLine + "\na\n"), digest(longLine + "a\n"));
        int middle = ContentDigest.LONGEST * 3 / 2;
        assertNotEquals(
                digest(longLine + "\n"),
                digest(longLine.substring(0, middle) + 'y' + longLine.substring(middle + 1) + "\n"));
        String longField = "X-Long: " + "x".repeat(2 * ContentDigest.LONGEST);
        assertNotEquals(digest(longField + "a\n\n"), digest(longField + "b\n\n"));
        String longId = "Message-ID: <" + "x".repeat(2 * ContentDigest.LONGEST);
        assertEquals(digest(longId + "a>\nTo: x\n\n"), digest(longId + "b>\nTo: x\n\n"));
        String longType = "Content-Type: multipart/mixed; boundary=abc; x=\"" + "x".repeat(2 * ContentDigest.LONGEST);
        assertNotEquals(digest(longType + "a\"\n\n--abc"), digest(longType + "b\"\n\n--abc"));
    }

    @Test
    void hostileNestingEnds() {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            message.append("Content-Type: multipart/mixed; boundary=b" + i + "x\n\n--b" + i + "x\n");
        }
        assertNotEquals(digest(message + "a"), digest(message + "b"));
    }

    @ParameterizedTest
    @CsvSource({"Message-ID: <1@x>, <1@x>", "message-id:<1@x> , <1@x>", "Message-ID:\\n <1@x>, <1@x>", "X: <1@x>, ''"})
    void theMessageIdIsFound(String field, String expected) {
        ContentDigest digest = new ContentDigest();
        byte[] bytes = bytes("To: x\n" + field.replace("\\n", "\n") + "\n\nMessage-ID: <text@x>\n");
        digest.write(bytes, 0, bytes.length);
        digest.finish();
        assertEquals(expected, digest.messageId());
    }

    /** The exact input of the digest, in which a mark before each line states its kind. */
    @Test
    void theDigestIsOfMarkedLines() throws Exception {
        String message = "Message-ID: <1@x>\nTo: a\nContent-Type: multipart/mixed;\n boundary=abc;  x=y\n\n"
                + "--abc\nX: y\n--abc \n\ntext\n--abcd\nContent-Type: x\n--abc--\nend\n";
        String marked = "LTo: a\nC0: multipart/mixed; boundary;; x=y\nL\n"
                + "D0:\nLX: y\nD0: \nL\nLtext\nD0:d\nLContent-Type: x\nD0:--\nLend\n";
        assertEquals(HexFormat.of().formatHex(expected(marked)), digest(message));
        assertEquals(
                HexFormat.of().formatHex(expected("TContent-Type: text/plain\nL\n")),
                digest("Content-Type: text/plain\n\n"));
        assertEquals(
                HexFormat.of().formatHex(expected("TContent-Type: text/plain\n")),
                digest("Content-Type: text/plain\n"));
    }

    private static byte[] expected(String marked) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(marked.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A multipart without a close delimiter ends with the part around it. Its boundary is text from there on. */
    @Test
    void unclosedPartsEnd() {
        String message = "Content-Type: multipart/mixed; boundary=out\n\n--out\n"
                + "Content-Type: multipart/mixed; boundary=IN\n\n--IN\n\ntext\n--out\n\n--IN\n--out--\n--out\n";
        assertNotEquals(digest(message.replace("IN", "in1")), digest(message.replace("IN", "in2")));
        String header =
                "Content-Type: multipart/mixed; boundary=out\n\n--out\nContent-Type: multipart/mixed; boundary=IN\n"
                        + "--out\n\n--IN\n--out--\n";
        assertNotEquals(digest(header.replace("IN", "in1")), digest(header.replace("IN", "in2")));
    }

    /** A delimiter line may end a part inside its header. */
    @Test
    void aHeaderThatADelimiterEndsCounts() {
        String message = "Content-Type: multipart/mixed; boundary=out\n\n--out\nContent-Type: text/TYPE\n--out--\n";
        assertNotEquals(digest(message.replace("TYPE", "html")), digest(message.replace("TYPE", "plain")));
    }

    @Test
    void itCountsWhichBoundaryItIs() {
        String message = "Content-Type: multipart/mixed; boundary=out\n\n--out\n"
                + "Content-Type: multipart/mixed; boundary=in\n\n--in\n\ntext\n--WHICH\n\ntext\n";
        assertNotEquals(digest(message.replace("WHICH", "in")), digest(message.replace("WHICH", "out")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x=\"y\"; ", "x=\"yy\"; ", "x=\"; boundary\"; ", "charset=utf-8; ", "a=1; bb=\"2\"; c=\"\"; "})
    void otherParametersDoNotHideTheBoundary(String others) {
        String message = "Content-Type: multipart/mixed; " + others + "boundary=IN\n\n--IN\n\ntext\n--IN--\n";
        assertEquals(digest(message.replace("IN", "in1")), digest(message.replace("IN", "another_2")));
    }

    /** After the close delimiter, the boundary is text. */
    @Test
    void closedPartsAreClosed() {
        String message = "Content-Type: multipart/mixed; boundary=IN\n\n--IN\n\ntext\n--IN--\n--IN\n";
        assertNotEquals(digest(message.replace("IN", "in1")), digest(message.replace("IN", "in2")));
    }

    /** In an ambiguous attached message, the boundaries count. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message/rfc822                                          | true",
                "Message/RFC822; name=x                                  | true",
                "message/global\\nContent-Transfer-Encoding: 8bit         | true",
                "message/rfc822\\nContent-Transfer-Encoding: base64       | false",
                "message/rfc822\\nContent-Type: text/plain                | false",
                "message/partial                                         | false",
                "text/plain                                              | false",
            })
    void attachedMessages(String type, boolean known) {
        String message = "Content-Type: " + type.replace("\\n", "\n")
                + "\n\nContent-Type: multipart/mixed; boundary=IN\n\n--IN\n\ntext\n--IN--\n";
        assertEquals(known, digest(message.replace("IN", "in1")).equals(digest(message.replace("IN", "in2"))));
    }

    @Test
    void theLastLineNeedsNoEnd() {
        for (String message : new String[] {"To: x\r\n\r\ntext", "To: x", "To: x\r\n\r\n" + "x".repeat(40_000)}) {
            byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
            ContentDigest digest = new ContentDigest();
            digest.write(bytes, 0, bytes.length);
            assertEquals(digest(message), digest.finish());
        }
    }

    /** The digest is the same for a message written as a whole, octet by octet, or through JSON. */
    @Test
    void piecesDoNotMatter() throws IOException {
        byte[] message = bytes(NESTED + "tab\t quote\" backslash\\ nul\0 del\u007f\n" + "x".repeat(40_000) + "\nend\n");
        String expected = digest(new String(message, StandardCharsets.ISO_8859_1));
        for (int size : new int[] {1, 2, 3, 7, 100, 100_000}) {
            ContentDigest direct = new ContentDigest();
            write(message, size, direct);
            assertEquals(expected, direct.finish());
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            JsonMimeStream encoder = new JsonMimeStream(json);
            write(message, size, encoder);
            encoder.finish();
            ContentDigest decoded = new ContentDigest();
            write(json.toByteArray(), size, new JsonMimeDecoder(decoded));
            assertEquals(expected, decoded.finish());
        }
    }

    @Test
    void lineEndsDoNotMatter() throws IOException {
        String message = "Subject: x\n\na\n\nb\n";
        ContentDigest bare = new ContentDigest();
        bare.write(message.getBytes(StandardCharsets.US_ASCII));
        ContentDigest canonical = new ContentDigest();
        canonical.write(message.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertEquals(canonical.finish(), bare.finish());
    }

    @Test
    void theDecoderIsTheEncodersInverse() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(300), 0, 0x250).forEach(text::appendCodePoint);
            byte[] message = LineEnds.canonical(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            JsonMimeStream encoder = new JsonMimeStream(json);
            encoder.write(message);
            encoder.finish();
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            write(json.toByteArray(), 1 + random.nextInt(50), new JsonMimeDecoder(decoded));
            assertArrayEquals(message, decoded.toByteArray());
        }
    }

    /** No two messages of the corpora have the same digest, unless their bodies are the same to the octet. */
    @Test
    void realMessagesAreToldApart() {
        Map<String, String> byDigest = new HashMap<>();
        for (Corpora.Sample sample : Corpora.messages()) {
            String text = new String(sample.bytes(), StandardCharsets.ISO_8859_1);
            String same = byDigest.putIfAbsent(digest(text), text);
            if (same != null) {
                assertEquals(body(same), body(text), sample.name());
            }
        }
        assertTrue(byDigest.size() > 150, byDigest.size() + " messages");
    }

    private static String body(String message) {
        return message.substring(Math.max(0, message.indexOf("\r\n\r\n")));
    }

    private static String replaced(String part, String instead) {
        String text = part.replace("\\n", "\n");
        assertTrue(NESTED.contains(text), part);
        return NESTED.replace(text, instead.replace("\\n", "\n"));
    }

    private static void write(byte[] bytes, int size, OutputStream out) throws IOException {
        for (int at = 0; at < bytes.length; at += size) {
            if (size == 1) {
                out.write(bytes[at]);
            } else {
                out.write(bytes, at, Math.min(size, bytes.length - at));
            }
        }
    }

    private static String digest(String message) {
        ContentDigest digest = new ContentDigest();
        byte[] bytes = bytes(message);
        digest.write(bytes, 0, bytes.length);
        return digest.finish();
    }

    private static byte[] bytes(String message) {
        return LineEnds.canonical(message.getBytes(StandardCharsets.ISO_8859_1));
    }
}
