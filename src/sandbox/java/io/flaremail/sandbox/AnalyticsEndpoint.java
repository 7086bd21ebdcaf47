package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /graphql}, as far as the documentation of Email Sending has examples: the data sets {@code emailSendingAdaptive} and
 * {@code emailSendingAdaptiveGroups} of one zone.
 */
final class AnalyticsEndpoint {
    private static final String EVENTS = "emailSendingAdaptive";
    private static final String GROUPS = "emailSendingAdaptiveGroups";

    private final Access access;
    private final Zones zones;

    AnalyticsEndpoint(Access access, Zones zones) {
        this.access = access;
        this.zones = zones;
    }

    void addTo(Router router) {
        router.add("POST", "/graphql", this::answer);
    }

    private Answer answer(Call call, Ledger ledger) {
        access.requireToken(call);
        JsonBody json = JsonBody.parse(call.body());
        GraphQlQuery query = new GraphQlQuery(json.text("query"), json.object().path("variables"));
        try {
            String tag = query.field("zones").arguments().at("/filter/zoneTag").asText();
            Zone zone =
                    zones.byId(tag).orElseThrow(() -> new IllegalArgumentException("zone " + tag + ": not authorized"));
            GraphQlQuery.Field dataSet = query.field(query.has(GROUPS) ? GROUPS : EVENTS);
            List<Map<String, String>> rows = rows(dataSet, zone, ledger);
            return answer(dataSet, dataSet.name().equals(GROUPS) ? groups(dataSet, rows) : list(dataSet, rows));
        } catch (IllegalArgumentException e) {
            return failure(e.getMessage());
        }
    }

    private List<Map<String, String>> rows(GraphQlQuery.Field dataSet, Zone zone, Ledger ledger) {
        JsonNode filter = dataSet.arguments().path("filter");
        AnalyticsRows.requireFilter(filter);
        boolean timed =
                filter.properties().stream().anyMatch(each -> each.getKey().startsWith("date"));
        if (!timed) {
            throw new IllegalArgumentException("filter: expected a time, such as datetime_geq");
        }
        return ledger.events().published().stream()
                .filter(event -> !event.kind().equals("complained"))
                .filter(event -> zones.around(event.senderDomain()).equals(zone))
                .map(AnalyticsRows::of)
                .filter(row -> AnalyticsRows.matches(row, filter))
                .sorted(AnalyticsRows.order(dataSet.arguments().path("orderBy")))
                .toList();
    }

    private static int limit(GraphQlQuery.Field dataSet) {
        try {
            return Integer.parseInt(dataSet.arguments().path("limit").asText());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("limit: expected a number", e);
        }
    }

    private static ArrayNode list(GraphQlQuery.Field dataSet, List<Map<String, String>> rows) {
        AnalyticsRows.requireDimensions(dataSet.selection());
        ArrayNode list = Answer.array();
        rows.stream().limit(limit(dataSet)).forEach(row -> list.add(selected(dataSet.selection(), row)));
        return list;
    }

    /** In the order of each group's first row. */
    private static ArrayNode groups(GraphQlQuery.Field dataSet, List<Map<String, String>> rows) {
        Map<ObjectNode, Integer> counts = new LinkedHashMap<>();
        List<GraphQlQuery.Field> dimensions = dataSet.selection().stream()
                .filter(field -> field.name().equals("dimensions"))
                .flatMap(field -> field.selection().stream())
                .toList();
        AnalyticsRows.requireDimensions(dimensions);
        rows.forEach(row -> counts.merge(selected(dimensions, row), 1, Integer::sum));
        ArrayNode groups = Answer.array();
        counts.entrySet().stream().limit(limit(dataSet)).forEach(group -> {
            ObjectNode one = groups.addObject().put("count", group.getValue());
            one.set("dimensions", group.getKey());
        });
        return groups;
    }

    private static ObjectNode selected(List<GraphQlQuery.Field> fields, Map<String, String> row) {
        ObjectNode selected = Answer.object();
        for (GraphQlQuery.Field field : fields) {
            String value = row.get(field.name());
            if (field.name().startsWith("is")) {
                selected.put(field.alias(), Integer.parseInt(value));
            } else {
                selected.put(field.alias(), value);
            }
        }
        return selected;
    }

    private static Answer answer(GraphQlQuery.Field dataSet, ArrayNode rows) {
        ObjectNode answer = Answer.object();
        answer.putObject("data")
                .putObject("viewer")
                .putArray("zones")
                .addObject()
                .set(dataSet.alias(), rows);
        answer.putNull("errors");
        return Answer.json(200, answer.toString());
    }

    /** GraphQL reports errors with status 200. */
    private static Answer failure(String message) {
        ObjectNode answer = Answer.object().putNull("data");
        answer.putArray("errors").addObject().put("message", message);
        return Answer.json(200, answer.toString());
    }
}
