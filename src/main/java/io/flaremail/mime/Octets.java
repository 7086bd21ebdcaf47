package io.flaremail.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A range of a message. Lines end with CRLF; a lone CR or LF ends one too, as it does for readers.
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

    /** The octets as characters of the same number, so that nothing is lost in either direction. */
    String text() {
        return new String(array, start, length(), StandardCharsets.ISO_8859_1);
    }

    /** Where the line at {@code from} ends, its line end excluded. */
    int lineEnd(int from) {
        int at = from;
        while (at < end && array[at] != '\r' && array[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Where the line after the one that ends at {@code lineEnd} begins. */
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

    /** The lines that begin with {@code ascii}. */
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
     * The octets with each 8-bit one replaced by {@code ?}: for text that no reader decodes. A line that changes begins with
     * {@code ?} rather than with two hyphens, so that it cannot become a delimiter.
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
