package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The last check before a multipart is sent. It compares lines, because counts would let a lost line hide a new one.
 */
class EditsTest {
    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "'one\r\ntwo\r\n',           'one\r\n--b\r\n',           true",
        "'--b x\r\none\r\n',         'x\r\n--b\r\n',             true",
        "'--b x\r\n',                '--b\r\n',                  true",
        "'--b x\r\n--b\r\n',         '--b\r\n--b x\r\n',         true",
        "'--b\r\n',                  '--b\r\n--b\r\n',           true",
        "'--b x\r\n--b\r\none\r\n',  '--b\r\ntwo\r\n',           false",
        "'--b\r\none\r\n',           '--b\r\ntwo\r\n--a\r\n',    false",
        "'one --b\r\n',              'two --b\r\n',              false",
    })
    void aNewDelimiterIsSeen(String before, String after, boolean isNew) {
        byte[] message = Rewrites.bytes("--b\r\n" + before + "--b--\r\n");
        Octets whole = new Octets(message, 0, message.length);
        Edits edits = new Edits(message);
        edits.replace(whole.between(5, 5 + before.length()), Rewrites.bytes(after));
        assertEquals(isNew, edits.hasNewDelimiter(whole, "--b"), before);
    }

    @Test
    void sevenBitMeansShortLinesOfSevenBits() {
        assertTrue(sevenBit("x".repeat(998) + "$" + "x".repeat(998)));
        assertFalse(sevenBit("x".repeat(999)));
        assertTrue(sevenBit("x".repeat(998) + "\r" + "\n" + "x".repeat(997) + "\n"));
        assertFalse(sevenBit("a\u00e9"));
        assertFalse(sevenBit("a\u0000b"));
        assertTrue(sevenBit("\u0001\u007f"));
        Edits.SevenBitCheck pieces = new Edits.SevenBitCheck();
        byte[] half = "x".repeat(600).getBytes(StandardCharsets.US_ASCII);
        pieces.write(half, 1, 599);
        pieces.write(half, 201, 399);
        assertTrue(pieces.isSevenBit());
        pieces.write(half, 0, 1);
        assertFalse(pieces.isSevenBit(), "a line over two pieces");
    }

    private static boolean sevenBit(String text) {
        byte[] octets = text.replace("$", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        Edits.SevenBitCheck sevenBit = new Edits.SevenBitCheck();
        sevenBit.write(octets, 0, octets.length);
        return sevenBit.isSevenBit();
    }
}
