package io.flaremail.mime;

import java.nio.charset.StandardCharsets;

/**
 * Character classes and conversions of text that holds one octet per character.
 *
 * <p>Tests: AsciiTest.
 */
final class Ascii {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Ascii() {}

    static boolean isSevenBit(CharSequence text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    static boolean isAlphanumeric(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    static boolean isHex(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f';
    }

    /** Lowers ASCII letters only, because lowering an 8-bit octet would turn it into another octet. */
    static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }

    /** The octet as an escape, for example {@code =E9} or {@code %E9}. */
    static String hex(char mark, int octet) {
        return new String(new char[] {mark, HEX[octet >> 4 & 15], HEX[octet & 15]});
    }

    /** The text without trailing white space. This takes linear time; a regular expression would not. */
    static String trimEnd(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    static boolean isBlank(String text) {
        return trimEnd(text).isEmpty();
    }
}
