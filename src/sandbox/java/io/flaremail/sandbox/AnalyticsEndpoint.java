package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /graphql}, as far as looking up sent messages needs it: the data set {@code emailSendingAdaptive} with a filter by
 * time, one row for each event that is not a complaint.
 */
final class AnalyticsEndpoint {
    private static final Pattern DATA_SET =
            Pattern.compile("emailSendingAdaptive\\s*\\(([^)]*)\\)\\s*\\{([\\w\\s]*)\\}");
    private static final Pattern ARGUMENT = Pattern.compile("(\\w+)\\s*:\\s*(\\$\\w+|\"[^\"]*\"|\\d+)");
    private static final Pattern ZONE = Pattern.compile("zoneTag\\s*:\\s*(\\$\\w+|\"[^\"]*\")");

    private final Access access;
    private final Zones zones;
    private final DeliveryEvents events;

    AnalyticsEndpoint(Access access, Zones zones, DeliveryEvents events) {
        this.access = access;
        this.zones = zones;
        this.events = events;
    }

    void addTo(Router router) {
        router.add("POST", "/graphql", this::answer);
    }

    private Answer answer(Call call, Ledger ledger) {
        access.requireToken(call);
        JsonBody json = JsonBody.parse(call.body());
        String query = json.text("query");
        JsonNode variables = json.object().path("variables");
        Matcher dataSet = DATA_SET.matcher(query);
        Matcher zone = ZONE.matcher(query);
        if (!dataSet.find() || !zone.find()) {
            return failure("the sandbox has only zones(filter: {zoneTag: ..}) { emailSendingAdaptive(..) { .. } }");
        }
        Map<String, String> arguments = arguments(dataSet.group(1), variables);
        if (zones.byId(value(zone.group(1), variables)).isEmpty()) {
            return failure("zone " + value(zone.group(1), variables) + ": not authorized");
        }
        try {
            events.publish(ledger);
            Instant from = Instant.parse(arguments.getOrDefault("datetime_geq", "no datetime_geq"));
            Instant until = Instant.parse(arguments.getOrDefault("datetime_leq", "no datetime_leq"));
            int limit = Integer.parseInt(arguments.getOrDefault("limit", "no limit"));
            return rows(
                    ledger, from, until, limit, List.of(dataSet.group(2).trim().split("\\s+")));
        } catch (DateTimeException | NumberFormatException e) {
            return failure(e.getMessage());
        }
    }

    private static Map<String, String> arguments(String text, JsonNode variables) {
        Map<String, String> arguments = new TreeMap<>();
        Matcher each = ARGUMENT.matcher(text);
        while (each.find()) {
            arguments.put(each.group(1), value(each.group(2), variables));
        }
        return arguments;
    }

    private static String value(String text, JsonNode variables) {
        return text.startsWith("$") ? variables.path(text.substring(1)).asText() : text.replace("\"", "");
    }

    private Answer rows(Ledger ledger, Instant from, Instant until, int limit, List<String> fields) {
        List<ObjectNode> rows = new ArrayList<>();
        for (SandboxEvent event : ledger.events().published()) {
            boolean within = !event.at().isBefore(from) && !event.at().isAfter(until);
            if (within && rows.size() < limit && !event.kind().equals("complained")) {
                rows.add(row(event, fields));
            }
        }
        ObjectNode data = Answer.object();
        ArrayNode result =
                data.putObject("viewer").putArray("zones").addObject().putArray("emailSendingAdaptive");
        rows.forEach(result::add);
        ObjectNode answer = Answer.object();
        answer.set("data", data);
        answer.putNull("errors");
        return Answer.json(200, answer.toString());
    }

    private static ObjectNode row(SandboxEvent event, List<String> fields) {
        Map<String, String> all = new TreeMap<>();
        all.put("datetime", event.at().toString());
        all.put("from", "\"Sender\" <" + event.sender() + ">");
        all.put("to", event.recipient());
        all.put("envelopeTo", event.recipient());
        all.put("subject", event.subject() == null ? "" : event.subject());
        all.put("messageId", event.messageId());
        all.put("status", event.kind().equals("delivered") ? "delivered" : "deliveryFailed");
        all.put("eventType", event.kind());
        ObjectNode row = Answer.object();
        fields.forEach(field -> row.put(field, all.getOrDefault(field, "")));
        return row;
    }

    /** GraphQL reports errors with status 200. */
    private static Answer failure(String message) {
        ObjectNode answer = Answer.object().putNull("data");
        answer.putArray("errors").addObject().put("message", message);
        return Answer.json(200, answer.toString());
    }
}
