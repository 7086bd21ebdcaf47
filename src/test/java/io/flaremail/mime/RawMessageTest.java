package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads and changes the header of a serialised message. */
class RawMessageTest {
    @ParameterizedTest
    @ValueSource(strings = {"A: 1\nB: 2\n\nx\n", "A: 1\rB: 2\r\rx\r", "A: 1\r\nB: 2\r\n\r\nx"})
    void everyLineEndBecomesCrlf(String text) throws Exception {
        assertEquals("A: 1\r\nB: 2\r\n\r\nx\r\n", utf8(message(text)));
    }

    @ParameterizedTest
    @CsvSource({"A, 1", "a, 1", "B, '2  3'", "C, ", "None, "})
    void theFirstFieldIsReadUnfolded(String name, String value) {
        assertEquals(
                Optional.ofNullable(value),
                message("A: 1\r\nA: 9\r\nB: 2\r\n  3\r\nC: \r\n\r\nNone: 5\r\n").field(name));
    }

    @Test
    void fieldsAreLeftOutWithTheirContinuationLines() throws Exception {
        RawMessage message = message("Bcc: a@b,\r\n c@d\r\nA: 1\r\nbcc: e@f\r\nX: 2\r\n\r\nBcc: stays\r\n");
        assertEquals("A: 1\r\nX: 2\r\n\r\nBcc: stays\r\n", utf8(message.without(List.of("Bcc"))));
        assertEquals("\r\nBcc: stays\r\n", utf8(message.without(List.of("Bcc", "A", "X"))));
    }

    /** Some readers skip white space in front of the first field. */
    @ParameterizedTest
    @ValueSource(strings = {" Bcc: a@b\r\nA: 1\r\n", "\u00ef\u00bb\u00bfBcc: a@b\r\nA: 1\r\n"})
    void aDisguisedFieldIsLeftOut(String text) throws Exception {
        RawMessage message = RawMessage.of(text.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("A: 1\r\n", utf8(message.without(List.of("Bcc"))));
    }

    @Test
    void aHeaderWithoutABodyHasAnEnd() throws Exception {
        assertEquals("A: 1\r\n", utf8(message("A: 1\r\nBcc: x").without(List.of("BCC"))));
    }

    @Test
    void aFieldIsPutAtTheTop() throws Exception {
        assertEquals("N: v\r\nA: 1\r\n\r\n", utf8(message("A: 1\r\n\r\n").with("N", "v")));
    }

    @Test
    void bytesOfAFieldStayTheSame() throws Exception {
        byte[] text = "Sender: J\u00fcrgen <a@b>\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        RawMessage message = RawMessage.of(text);
        byte[] copied =
                message.with("From", message.field("Sender").orElseThrow()).utf8();
        assertEquals(
                "From: J\u00fcrgen <a@b>\r\nSender: J\u00fcrgen <a@b>\r\n\r\n",
                new String(copied, StandardCharsets.UTF_8));
    }

    @Test
    void latin1IsRewrittenAndASignatureIsNotBroken() throws Exception {
        byte[] latin =
                "Content-Type: text/plain; charset=iso-8859-1\r\n\r\n\u00fc\r\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] original = latin.clone();
        String rewritten = new String(RawMessage.of(latin).utf8(), StandardCharsets.UTF_8);
        assertTrue(rewritten.contains("\nContent-Transfer-Encoding: "), rewritten);
        assertArrayEquals(original, latin);
        byte[] signed =
                ("DKIM-Signature: v=1\r\nContent-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n\r\n\u00fc\r\n--x--\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(
                UnencodableContentException.class, () -> RawMessage.of(signed).utf8());
    }

    private static RawMessage message(String text) {
        return RawMessage.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String utf8(RawMessage message) throws UnencodableContentException {
        return new String(message.utf8(), StandardCharsets.UTF_8);
    }
}
