package io.flaremail.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The cursor of the suppression list: the entry to continue after, and the filters that it was found with. */
final class SuppressionCursor {
    private static final String PREFIX = "after:";

    private SuppressionCursor() {}

    /** The field of {@code result_info} that has it. */
    static String field(Settings settings) {
        return settings.isStrict(SuppressionBehavior.CURSOR_NAME) ? "next_cursor" : settings.cursorField();
    }

    /** Null at the end of the list. */
    static String after(Suppressions.Page page, Query query) {
        if (page.last() == null) {
            return null;
        }
        byte[] text = (PREFIX + page.last() + " " + filters(query)).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private static Map<String, String> filters(Query query) {
        Map<String, String> filters = new TreeMap<>(query.values());
        filters.remove("cursor");
        filters.remove("per_page");
        return filters;
    }

    /** The id of the entry to continue after; empty at the beginning. */
    static String position(Query query, Settings settings) {
        if (query.text("cursor") == null) {
            return "";
        }
        String[] idAndFilters = decode(query.text("cursor")).split(" ", 2);
        if (idAndFilters.length < 2 || !idAndFilters[0].startsWith(PREFIX)) {
            throw JsonBody.invalid("cursor: not one that this list gave out");
        }
        boolean changed = !idAndFilters[1].equals(filters(query).toString());
        if (changed && settings.isStrict(SuppressionBehavior.CURSOR_FILTERS)) {
            throw JsonBody.invalid("cursor: given out for other filters");
        }
        return idAndFilters[0].substring(PREFIX.length());
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return ""; // refused like any other
        }
    }
}
