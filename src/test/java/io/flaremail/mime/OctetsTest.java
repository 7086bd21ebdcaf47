package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Ranges of octets, and text that is masked in them. {@code $} is a line end. */
class OctetsTest {
    @Test
    void aMaskedLineIsNoDelimiter() {
        assertEquals(
                "pr?amble$?-b?$--b$?",
                shown(octets("pr\u00e9amble$--b\u00e9$--b$\u00e9").masked()));
        byte[] around = "--\u00e9--\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("?-?", shown(new Octets(around, 3, 6).masked()));
        assertEquals("", shown(new Octets(around, 3, 3).masked()));
        assertEquals("--\u0000b$--", shown(octets("--\u0000b$--").masked()), "has no octet to mask");
    }

    @Test
    void aRangeEndsWhereItEnds() {
        byte[] hyphens = "x--\r".getBytes(StandardCharsets.ISO_8859_1);
        assertFalse(new Octets(hyphens, 0, 2).has("--", 1), "the second is beyond");
        assertTrue(new Octets(hyphens, 0, 3).has("--", 1));
        assertEquals(4, new Octets(hyphens, 0, 4).nextLine(3));
    }

    private static Octets octets(String text) {
        byte[] octets = text.replace("$", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return new Octets(octets, 0, octets.length);
    }

    private static String shown(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1).replace("\r\n", "$");
    }
}
