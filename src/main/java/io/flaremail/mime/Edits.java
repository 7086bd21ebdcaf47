package io.flaremail.mime;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Replacements to make in a message. Each one covers a range of whole lines; all other octets stay the same.
 *
 * <p>Tests: EditsTest, NoNewPartsTest.
 */
final class Edits {
    private static final class Edit {
        final int end;
        final byte[] replacement;

        Edit(int end, byte[] replacement) {
            this.end = end;
            this.replacement = replacement;
        }
    }

    private final byte[] message;
    private final TreeMap<Integer, Edit> byStart = new TreeMap<>();

    Edits(byte[] message) {
        this.message = message;
    }

    /** A second edit of the same range replaces the first. */
    void replace(Octets range, byte[] replacement) {
        byStart.put(range.start, new Edit(range.end, replacement));
    }

    byte[] apply() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + message.length / 2);
        splice(byStart, 0, message.length, out::write);
        return out.toByteArray();
    }

    /** Whether there is an edit inside {@code range}. */
    boolean isEdited(Octets range) {
        return !within(range).isEmpty();
    }

    /** Whether {@code range} is 7bit after its edits. */
    boolean isSevenBitAfterwards(Octets range) {
        SevenBitCheck check = new SevenBitCheck();
        splice(within(range), range.start, range.end, check);
        return check.isSevenBit();
    }

    /** Whether an edit inside {@code range} introduces a line that starts with {@code delimiter}. */
    boolean hasNewDelimiter(Octets range, String delimiter) {
        for (Map.Entry<Integer, Edit> each : within(range).entrySet()) {
            byte[] replacement = each.getValue().replacement;
            List<String> before =
                    range.between(each.getKey(), each.getValue().end).linesWith(delimiter);
            if (!isPartOf(before, new Octets(replacement, 0, replacement.length).linesWith(delimiter))) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code lines} is a subsequence of {@code all}. Comparing counts would let a lost line hide a new one. */
    private static boolean isPartOf(List<String> all, List<String> lines) {
        Iterator<String> rest = all.iterator();
        for (String line : lines) {
            boolean found = false;
            while (!found && rest.hasNext()) {
                found = rest.next().equals(line);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private SortedMap<Integer, Edit> within(Octets range) {
        return byStart.subMap(range.start, range.end);
    }

    private void splice(SortedMap<Integer, Edit> some, int from, int to, Sink sink) {
        int[] at = {from};
        some.forEach((start, edit) -> {
            sink.write(message, at[0], start - at[0]);
            sink.write(edit.replacement, 0, edit.replacement.length);
            at[0] = edit.end;
        });
        sink.write(message, at[0], to - at[0]);
    }

    private interface Sink {
        void write(byte[] octets, int offset, int length);
    }

    /** Checks octets piece by piece for what {@code 7bit} requires: ASCII without NUL, in short lines. RFC 2045 2.7. */
    static final class SevenBitCheck implements Sink {
        private static final int LONGEST_LINE = 998;

        private boolean sevenBit = true;
        private int column;

        @Override
        public void write(byte[] octets, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                column = octets[i] == '\n' ? 0 : octets[i] == '\r' ? column : column + 1;
                sevenBit &= octets[i] > 0 && column <= LONGEST_LINE;
            }
        }

        boolean isSevenBit() {
            return sevenBit;
        }
    }
}
