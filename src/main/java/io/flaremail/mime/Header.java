package io.flaremail.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * The header of an entity. It ends before the first empty line or, without one, with the entity. RFC 5322 2.1, 2.2.3.
 *
 * <p>Tests: HeaderTest, RawMessageTest, AmbiguousStructureTest.
 */
final class Header {
    final List<Field> fields = new ArrayList<>();
    /** The position where another field could be inserted. */
    final int end;

    Header(Octets entity) {
        int at = entity.start;
        int fieldStart = at;
        int fieldEnd = at;
        while (at < entity.end) {
            int lineEnd = entity.lineEnd(at);
            boolean continued = entity.array[at] == ' ' || entity.array[at] == '\t';
            if (!continued || lineEnd == at) {
                add(entity, fieldStart, fieldEnd);
                fieldStart = at;
            }
            if (lineEnd == at) {
                break;
            }
            fieldEnd = lineEnd;
            at = entity.nextLine(lineEnd);
        }
        if (fieldEnd > fieldStart) {
            add(entity, fieldStart, fieldEnd);
        }
        end = at;
    }

    private void add(Octets entity, int from, int to) {
        if (to > from) {
            fields.add(new Field(entity.between(from, to)));
        }
    }

    /** The first field with this name, which is the one that readers use; null if there is none. */
    Field first(String name) {
        for (Field field : fields) {
            if (field.is(name)) {
                return field;
            }
        }
        return null;
    }

    /** Whether only some readers see a field with this name. */
    boolean hasDisputed(String name) {
        return fields.stream().anyMatch(field -> field.isDisputed(name));
    }

    /** The value of the first field with this name; empty if there is none. */
    String value(String name) {
        Field field = first(name);
        return field == null ? "" : field.value;
    }

    /** A header field with its continuation lines, or a line in the header without a valid field name. */
    static final class Field {
        final Octets range;
        /** Empty if the name is invalid. Without a colon the whole line is the name, as in Jakarta Mail. */
        final String name;
        /** The text before the colon, valid or not; empty without a colon. */
        final String label;
        /** The text after the colon, line breaks included. */
        final String value;

        Field(Octets range) {
            this.range = range;
            String text = range.text();
            int colon = text.indexOf(':');
            String before = Ascii.trimEnd(colon < 0 ? text : text.substring(0, colon));
            this.name = !before.isEmpty() && before.chars().allMatch(c -> c > 32 && c < 127) ? before : "";
            this.label = text.substring(0, Math.max(colon, 0));
            this.value = text.substring(colon + 1);
        }

        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }

        /** Whether white space or control characters precede the name, which some readers skip and others do not. */
        boolean isDisputed(String other) {
            return name.isEmpty() && (label.isEmpty() ? value : label).trim().equalsIgnoreCase(other);
        }
    }
}
