package io.flaremail.mime;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is to be replaced in a message, by position and in whole lines; everything between stays as it is. */
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

    /** A later edit of the same range supersedes the earlier one. */
    void replace(Octets range, byte[] replacement) {
        byStart.put(range.start, new Edit(range.end, replacement));
    }

    byte[] apply() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + message.length / 2);
        splice(byStart, 0, message.length, out::write);
        return out.toByteArray();
    }

    boolean touch(Octets range) {
        return !within(range).isEmpty();
    }

    /** Whether {@code range} is 7bit once the edits inside it are made. */
    boolean leaveSevenBit(Octets range) {
        SevenBit sevenBit = new SevenBit();
        splice(within(range), range.start, range.end, sevenBit);
        return sevenBit.holds();
    }

    /** Whether an edit inside {@code range} makes a line that begins with {@code delimiter} and was not there before. */
    boolean addDelimiter(Octets range, String delimiter) {
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

    /** Whether {@code lines} are some of {@code all}, in the same order: one that is lost must not make up for a new one. */
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

    interface Sink {
        void write(byte[] octets, int offset, int length);
    }
}
