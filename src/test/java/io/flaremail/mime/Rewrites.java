package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that hold for every message. */
final class Rewrites {
    private Rewrites() {}

    private interface Reader {
        void assertAlike(byte[] original, byte[] rewritten, String about) throws Exception;
    }

    /** @return whether it was rewritten; false if it was valid already or refused */
    static boolean check(byte[] original, String about) throws Exception {
        return check(original, AsJakartaReads::assertAlike, about);
    }

    /** For messages that were damaged on purpose, where readers display some lines in different ways. */
    static boolean checkWhereClear(byte[] original, String about) throws Exception {
        return check(original, AsJakartaReads::assertAlikeWhereClear, about);
    }

    private static boolean check(byte[] original, Reader reader, String about) throws Exception {
        byte[] rewritten = checkOutput(original, about);
        if (rewritten != null && rewritten != original) {
            reader.assertAlike(original, rewritten, about);
            List<String> before = AsJakartaReads.withBlankLines(original);
            for (String value : AsJakartaReads.withBlankLines(rewritten)) {
                assertTrue(
                        before.contains(value) || text(original, 0).contains(value),
                        "a line of white space only in " + value + ", " + about);
            }
            assertWholeCharacters(text(original, 0), text(rewritten, 0), about);
        }
        return rewritten != null && rewritten != original;
    }

    /** Each new encoded-word can be decoded alone. RFC 2047 5. */
    private static void assertWholeCharacters(String original, String rewritten, String about) {
        var word = Pattern.compile("=\\?([A-Za-z0-9_-]+)\\?([BQ])\\?([!->@-~]*)\\?=")
                .matcher(rewritten);
        while (word.find()) {
            if (!original.contains(word.group()) && !hadRawOctets(original, word.group(1))) {
                String octets = word.group(2).equals("B")
                        ? text(Base64.getDecoder().decode(word.group(3)), 0)
                        : unescape(word.group(3));
                try {
                    Charset.forName(word.group(1)).newDecoder().decode(ByteBuffer.wrap(bytes(octets)));
                } catch (CharacterCodingException e) {
                    throw new AssertionError(word.group() + " splits a character, " + about, e);
                }
            }
        }
    }

    /** Whether an encoded-word with this label had raw octets already, so that its meaning was unclear. */
    private static boolean hadRawOctets(String original, String label) {
        return Pattern.compile("=\\?" + Pattern.quote(label) + "\\?[bBqQ]\\?[^?]*[\\x80-\\xff][^?]*\\?=")
                .matcher(original)
                .find();
    }

    private static String unescape(String q) {
        return Pattern.compile("=(..)")
                .matcher(q)
                .replaceAll(hex -> Matcher.quoteReplacement("" + (char) Integer.parseInt(hex.group(1), 16)));
    }

    /** @return null if the message was refused */
    static byte[] checkOutput(byte[] original, String about) {
        byte[] rewritten;
        try {
            rewritten = Utf8Rewriter.rewrite(original);
        } catch (UnencodableContentException e) {
            assertTrue(e.getMessage().chars().allMatch(c -> c >= 32 && c < 127), about);
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

    /** One header field rewritten, with ISO-8859-1 as its charset. */
    static String field(String text) {
        byte[] octets = bytes(text);
        byte[] rewritten =
                FieldRewriter.rewrite(new Header.Field(new Octets(octets, 0, octets.length)), TextCharset.LATIN_1);
        return new String(rewritten, StandardCharsets.UTF_8);
    }
}
