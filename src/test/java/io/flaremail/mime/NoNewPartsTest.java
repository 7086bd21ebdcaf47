package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line without its 8-bit octets must not become a delimiter: a part would appear that no earlier filter has seen. */
class NoNewPartsTest {
    private static final String HIDDEN = "Content-Type: text/html\r\n\r\n<script>\r\n";

    /** The encoding of the first part, what its content hides, and the boundary. */
    @ParameterizedTest(name = "{0}: {1} with {2}")
    @CsvSource({
        "base64,           --out\u00e9er,        outer",
        "base64,           -\u00e9-outer,        outer",
        "base64,           --outer\u00e9,        outer",
        "base64,           \u00e9--outer--,      outer",
        "x-uuencode,       \u00ad\u00adouter,     outer",
        "x-uuencode,       -\u00adouter,         outer",
        "x-uuencode,       --inn\u00bfer,        inn?er",
        "quoted-printable, \u00e9--outer,        outer",
        "quoted-printable, --out\u00e9er,        outer",
        "7bit,             --a\u00e9b,           a?b",
        "8bit,             \u00e9--outer,        outer",
    })
    void aBodyGetsNoDelimiter(String encoding, String line, String boundary) throws Exception {
        String message = "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary
                + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\nQUJD\r\n" + line + "\r\n" + HIDDEN + "--"
                + boundary + "--\r\n";
        assertSameDelimiters(message, boundary);
    }

    @ParameterizedTest
    @CsvSource({"--a\u00e9b, a?b", "--a\u00e9b--, a?b", "-\u00e9b, ?b", "--\u00e9, ?", "--a\u00e9b, a*b"})
    void neitherDoPreamblesAndEpilogues(String line, String boundary) throws Exception {
        String frame = "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n%s--" + boundary
                + "\r\n\r\nwords\r\n--" + boundary + "--\r\n%s";
        assertSameDelimiters(frame.formatted(line + "\r\n" + HIDDEN, ""), boundary);
        assertSameDelimiters(frame.formatted("", line + "\r\n" + HIDDEN), boundary);
    }

    @Test
    void amongDelimitersInALeafTheMessageStaysTheSame() throws Exception {
        String message = "Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n\r\n\u00e9\r\n--outer--\r\n";
        assertTrue(Rewrites.rewrite(message).endsWith("\r\n\r\n6Q==\r\n--outer--\r\n"), Rewrites.rewrite(message));
    }

    /** RFC 5322 3.2.2 forbids blank continuation lines, and some readers end the header there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: attachment;\r\n  filename=\"%s\"\r\n",
                "Content-Disposition: attachment;  \r\n   filename=\"%s\";  size=1\r\n",
                "Content-Type: text/plain;\r\n  name=\"%s\"\r\n",
                "Content-Type: text/plain;  name=\"%s\"\r\n",
                "Subject:   %s\r\n",
                "Subject: %s\r\n \r\n  word\r\n\t\r\n",
                "X-Any: word \r\n  \r\n %s\r\n \r\n \r\n",
                "Subject: word\r\n   %s\r\n  \tword\r\n",
                "To:  %s  <a@example.net>\r\n",
            })
    void noLineIsWhiteSpaceOnly(String field) throws Exception {
        for (String name : List.of("\u00e9", "\u00e9".repeat(70), "two  words \u00e9  ".repeat(9) + "x.pdf")) {
            String rewritten = Rewrites.rewrite(field.formatted(name) + "\r\nbody\r\n");
            String header = rewritten.substring(0, rewritten.indexOf("\r\n\r\n"));
            assertFalse(header.lines().anyMatch(String::isBlank), header);
        }
    }

    private static void assertSameDelimiters(String message, String boundary) throws Exception {
        String rewritten = Rewrites.rewrite(message);
        List<String> after = delimiters(rewritten, boundary);
        assertTrue(delimiters(message, boundary).containsAll(after), rewritten);
        assertEquals(List.of("--" + boundary, "--" + boundary + "--"), after, rewritten);
        Rewrites.check(message.getBytes(StandardCharsets.ISO_8859_1), message);
    }

    private static List<String> delimiters(String message, String boundary) {
        return message.lines().filter(line -> line.startsWith("--" + boundary)).toList();
    }
}
