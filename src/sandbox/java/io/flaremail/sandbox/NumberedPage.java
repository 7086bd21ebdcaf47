package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** The page of a list that the query parameters {@code page} and {@code per_page} ask for. */
record NumberedPage<T>(int number, int perPage, List<T> all) {
    static <T> NumberedPage<T> of(List<T> all, Query query, int perPage, int mostPerPage) {
        return new NumberedPage<>(
                query.number("page", 1, 100_000), query.number("per_page", perPage, mostPerPage), all);
    }

    /** @param countsPages whether {@code result_info} has the number of pages */
    Answer answer(Function<T, JsonNode> json, boolean countsPages) {
        ArrayNode result = Answer.array();
        all.stream().skip((number - 1L) * perPage).limit(perPage).map(json).forEach(result::add);
        ObjectNode info = Answer.object()
                .put("page", number)
                .put("per_page", perPage)
                .put("count", result.size())
                .put("total_count", all.size());
        if (countsPages) {
            info.put("total_pages", (all.size() + perPage - 1) / perPage);
        }
        return Answer.result(result, info);
    }
}
