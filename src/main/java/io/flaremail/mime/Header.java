package io.flaremail.mime;

import java.util.ArrayList;
import java.util.List;

/** The header of an entity. It ends before the first empty line, or where the entity does. RFC 5322 2.1, 2.2.3. */
final class Header {
    final List<Field> fields = new ArrayList<>();
    /** Where a further field would go. */
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

    /** The first field of this name wins, as it does for readers; null if there is none. */
    Field first(String name) {
        for (Field field : fields) {
            if (field.is(name)) {
                return field;
            }
        }
        return null;
    }

    boolean hasForSome(String name) {
        return fields.stream().anyMatch(field -> field.isOnlyForSome(name));
    }

    String value(String name) {
        Field field = first(name);
        return field == null ? "" : field.value;
    }
}
