package io.flaremail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Encoded-words in iso-8859-1, whose characters are the octets: nothing is lost, whatever charset was meant. RFC 2047. */
final class EncodedWord {
    static final int LONGEST = 75;
    private static final String START = "=?iso-8859-1?";
    private static final int FRAME = START.length() + "Q?".length() + "?=".length();
    private static final Pattern SHAPE = Pattern.compile("=\\?[!->@-~]+\\?[bBqQ]\\?[^?]*\\?=");

    private EncodedWord() {}

    static boolean is(String word) {
        return word.startsWith("=?") && SHAPE.matcher(word).matches() && isDecodable(word);
    }

    /** Base64 that 8-bit octets have cut to pieces is shown as it is. */
    private static boolean isDecodable(String word) {
        int payload = word.indexOf('?', 2) + 3;
        long letters = word.chars().skip(payload).filter(c -> c < 0x80).count() - 2;
        return Ascii.isSevenBit(word)
                || word.charAt(payload - 2) != 'B' && word.charAt(payload - 2) != 'b'
                || letters % 4 == 0;
    }

    /** Makes an encoded-word with raw 8-bit octets in it decode as before: decoders of Q pass them, those of B skip them. */
    static String mend(String word) {
        int encoding = word.indexOf('?', 2) + 1;
        boolean q = Character.toLowerCase(word.charAt(encoding)) == 'q';
        StringBuilder mended = new StringBuilder();
        for (char c : word.toCharArray()) {
            mended.append(c < 0x80 ? String.valueOf(c) : q ? Ascii.hex('=', c) : "");
        }
        return mended.toString();
    }

    /** Mostly ASCII, which Q leaves legible. RFC 2047 4. */
    static boolean isReadableAsQ(String text) {
        return 2 * text.chars().filter(c -> c >= 0x80).count() <= text.length();
    }

    /** How many characters from {@code from} on fit an encoded-word of {@code limit}. */
    static int fitting(String text, int from, boolean asQ, int limit) {
        int room = limit - FRAME;
        if (!asQ) {
            return Math.min(text.length() - from, room / 4 * 3);
        }
        int end = from;
        for (int used = 0; end < text.length(); end++) {
            used += q(text.charAt(end)).length();
            if (used > room) {
                break;
            }
        }
        return end - from;
    }

    static String encode(String text, boolean asQ) {
        if (!asQ) {
            byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
            return START + "B?" + Base64.getEncoder().encodeToString(octets) + "?=";
        }
        StringBuilder word = new StringBuilder(START + "Q?");
        text.chars().forEach(c -> word.append(q((char) c)));
        return word.append("?=").toString();
    }

    /** The narrow alphabet, which is allowed in phrases too. RFC 2047 5 (3). */
    private static String q(char c) {
        if (c == ' ') {
            return "_";
        }
        return Ascii.isAlphanumeric(c) || "!*+-/".indexOf(c) >= 0 ? String.valueOf(c) : Ascii.hex('=', c);
    }
}
