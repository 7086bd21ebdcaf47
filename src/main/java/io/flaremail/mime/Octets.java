package io.flaremail.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A range of octets of a message. Lines end with CRLF or, as for most readers, with a single CR or LF.
 *
 * <p>Tests: OctetsTest, NoNewPartsTest.
 */
final class Octets {
    final byte[] array;
    final int start;
    final int end;

    Octets(byte[] array, int start, int end) {
        this.array = array;
        this.start = start;
        this.end = end;
    }

    Octets between(int from, int to) {
        return new Octets(array, from, Math.max(from, to));
    }

    int length() {
        return end - start;
    }

    boolean isUtf8() {
        return Utf8Check.isUtf8(array, start, end);
    }

    /** The octets as text with one character per octet (ISO-8859-1), which is reversible. */
    String text() {
        return new String(array, start, length(), StandardCharsets.ISO_8859_1);
    }

    /** The end of the line at {@code from}, without its line break. */
    int lineEnd(int from) {
        int at = from;
        while (at < end && array[at] != '\r' && array[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The start of the line after the one that ends at {@code lineEnd}. */
    int nextLine(int lineEnd) {
        boolean crlf = lineEnd + 1 < end && array[lineEnd] == '\r' && array[lineEnd + 1] == '\n';
        return Math.min(end, lineEnd + (crlf ? 2 : 1));
    }

    boolean has(String ascii, int at) {
        if (end - at < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if ((array[at + i] & 0xff) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The lines that start with {@code ascii}. */
    List<String> linesWith(String ascii) {
        List<String> lines = new ArrayList<>();
        for (int at = start; at < end; ) {
            int lineEnd = lineEnd(at);
            if (has(ascii, at)) {
                lines.add(between(at, lineEnd).text());
            }
            at = nextLine(lineEnd);
        }
        return lines;
    }

    /**
     * A copy with {@code ?} instead of each 8-bit octet, for text that readers ignore. If a line with such octets
     * starts with two hyphens, {@code ?} replaces the first of them, so that the line cannot become a delimiter.
     */
    byte[] masked() {
        byte[] masked = Arrays.copyOfRange(array, start, end);
        for (int at = start; at < end; at = nextLine(lineEnd(at))) {
            boolean changes = false;
            for (int i = at; i < lineEnd(at); i++) {
                changes |= array[i] < 0;
                masked[i - start] = array[i] < 0 ? (byte) '?' : array[i];
            }
            if (changes && has("--", at)) {
                masked[at - start] = '?';
            }
        }
        return masked;
    }
}
