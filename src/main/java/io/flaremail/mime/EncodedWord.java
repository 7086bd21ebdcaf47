package io.flaremail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Recognises and writes encoded-words. Each one contains whole characters only. RFC 2047.
 *
 * <p>Tests: EncodedWordWriterTest.
 */
final class EncodedWord {
    static final int LONGEST = 75;
    private static final int LONGEST_CHARACTER = 13;
    private static final Pattern SHAPE = Pattern.compile("=\\?[!->@-~]+\\?[bBqQ]\\?[^?]*\\?=");

    private EncodedWord() {}

    static boolean is(String word) {
        return word.startsWith("=?") && SHAPE.matcher(word).matches() && isDecodable(word);
    }

    /** Readers display base64 undecoded if 8-bit octets leave it incomplete. */
    private static boolean isDecodable(String word) {
        int payload = word.indexOf('?', 2) + 3;
        long letters = word.chars().skip(payload).filter(c -> c < 0x80).count() - 2;
        return Ascii.isSevenBit(word)
                || word.charAt(payload - 2) != 'B' && word.charAt(payload - 2) != 'b'
                || letters % 4 == 0;
    }

    /**
     * An encoded-word that decodes to the same text: Q decoders pass raw 8-bit octets through, B decoders skip them.
     */
    static String withoutRawOctets(String word) {
        int encoding = word.indexOf('?', 2) + 1;
        boolean q = Character.toLowerCase(word.charAt(encoding)) == 'q';
        StringBuilder ascii = new StringBuilder();
        for (char c : word.toCharArray()) {
            ascii.append(c < 0x80 ? String.valueOf(c) : q ? Ascii.hex('=', c) : "");
        }
        return ascii.toString();
    }

    /** Whether the text is mostly ASCII, which Q leaves legible. For other text, B is usually shorter. RFC 2047 4. */
    static boolean isReadableAsQ(String text) {
        return 2 * text.chars().filter(c -> c >= 0x80).count() <= text.length();
    }

    /** The length that is sufficient for an encoded-word with any single character. */
    static int shortest(TextCharset charset) {
        return frame(charset) + LONGEST_CHARACTER;
    }

    private static int frame(TextCharset charset) {
        return "=?".length() + charset.name.length() + "?Q?".length() + "?=".length();
    }

    /**
     * The number of octets after {@code from} that fit into an encoded-word of {@code limit}; at least one character.
     */
    static int fitting(String text, int from, boolean asQ, int limit, TextCharset charset) {
        int room = limit - frame(charset);
        int end = from;
        for (int used = 0; end < text.length(); ) {
            int next = end + charset.characterLength(text, end);
            for (int at = end; at < next; at++) {
                used += asQ ? q(text.charAt(at)).length() : 1;
            }
            if (used > (asQ ? room : room / 4 * 3) && end > from) {
                break;
            }
            end = next;
        }
        return end - from;
    }

    static String encode(String text, boolean asQ, TextCharset charset) {
        String start = "=?" + charset.name + "?";
        if (!asQ) {
            byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
            return start + "B?" + Base64.getEncoder().encodeToString(octets) + "?=";
        }
        StringBuilder word = new StringBuilder(start + "Q?");
        text.chars().forEach(c -> word.append(q((char) c)));
        return word.append("?=").toString();
    }

    /** Uses the restricted alphabet, which is valid in phrases too. RFC 2047 5 (3). */
    private static String q(char c) {
        if (c == ' ') {
            return "_";
        }
        return Ascii.isAlphanumeric(c) || "!*+-/".indexOf(c) >= 0 ? String.valueOf(c) : Ascii.hex('=', c);
    }
}
