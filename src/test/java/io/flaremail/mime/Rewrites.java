package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

/** What holds for every message, whatever is in it. */
final class Rewrites {
    private Rewrites() {}

    /** @return whether it was rewritten; false if it was valid already or refused */
    static boolean check(byte[] original, String about) throws Exception {
        byte[] rewritten = checkOutput(original, about);
        if (rewritten != null && rewritten != original) {
            AsJakartaReads.assertAlike(original, rewritten, about);
        }
        return rewritten != null && rewritten != original;
    }

    /** @return null if the message was refused */
    static byte[] checkOutput(byte[] original, String about) {
        byte[] rewritten;
        try {
            rewritten = Utf8Rewriter.rewrite(original);
        } catch (UnencodableContentException refused) {
            assertTrue(refused.getMessage().chars().allMatch(c -> c >= 32 && c < 127), about);
            return null;
        }
        assertTrue(Utf8Check.isUtf8(rewritten, 0, rewritten.length), about);
        assertEquals(Utf8Check.isUtf8(original, 0, original.length), rewritten == original, about);
        assertSame(rewritten, rewriteAgain(rewritten), about);
        return rewritten;
    }

    private static byte[] rewriteAgain(byte[] rewritten) {
        try {
            return Utf8Rewriter.rewrite(rewritten);
        } catch (UnencodableContentException e) {
            throw new AssertionError(e);
        }
    }

    static String rewrite(String latin1) throws UnencodableContentException {
        return new String(Utf8Rewriter.rewrite(bytes(latin1)), StandardCharsets.ISO_8859_1);
    }

    /** One character per octet. */
    static String text(byte[] octets, int from) {
        return new String(octets, from, octets.length - from, StandardCharsets.ISO_8859_1);
    }

    /** One octet per character. */
    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
