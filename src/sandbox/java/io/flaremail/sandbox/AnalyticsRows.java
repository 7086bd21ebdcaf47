package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The delivery events of a zone as analytics have them: a row of texts each, by dimension. Complaints have none. */
final class AnalyticsRows {
    private static final Pattern CONDITION = Pattern.compile("(\\w+?)(?:_(geq|leq|gt|lt|neq))?");
    private static final Pattern ORDER = Pattern.compile("(\\w+)_(ASC|DESC)");

    private static final Set<String> DIMENSIONS = Set.of(
            "datetime",
            "date",
            "datetimeMinute",
            "datetimeFiveMinutes",
            "datetimeFifteenMinutes",
            "datetimeHour",
            "from",
            "to",
            "envelopeTo",
            "sendingDomain",
            "subject",
            "messageId",
            "sessionId",
            "status",
            "eventType",
            "errorCause",
            "errorDetail",
            "arc",
            "dkim",
            "dmarc",
            "spf",
            "isSpam",
            "isNDR");

    private AnalyticsRows() {}

    static Map<String, String> of(SandboxEvent event) {
        Map<String, String> row = new TreeMap<>();
        Instant at = event.at();
        row.put("datetime", at.toString());
        row.put("date", at.toString().substring(0, 10));
        row.put("datetimeMinute", at.truncatedTo(ChronoUnit.MINUTES).toString());
        row.put("datetimeFiveMinutes", start(at, Duration.ofMinutes(5)));
        row.put("datetimeFifteenMinutes", start(at, Duration.ofMinutes(15)));
        row.put("datetimeHour", at.truncatedTo(ChronoUnit.HOURS).toString());
        row.put("from", "\"Sender\" <" + event.sender() + ">");
        row.put("to", event.recipient());
        row.put("envelopeTo", event.recipient());
        row.put("sendingDomain", event.senderDomain());
        row.put("subject", event.subject() == null ? "" : event.subject());
        row.put("messageId", event.messageId());
        row.put("sessionId", event.id());
        row.put("status", event.kind().equals("delivered") ? "delivered" : "deliveryFailed");
        row.put("eventType", event.kind());
        row.put("errorCause", event.detail().at("/bounce/reason").asText());
        row.put("errorDetail", event.detail().at("/delivery/smtpResponse").asText());
        List.of("arc", "dkim", "dmarc", "spf").forEach(check -> row.put(check, "pass"));
        List.of("isSpam", "isNDR").forEach(flag -> row.put(flag, "0"));
        return row;
    }

    private static String start(Instant at, Duration length) {
        long seconds = at.getEpochSecond();
        return Instant.ofEpochSecond(seconds - seconds % length.toSeconds()).toString();
    }

    /** @param filter such as <code>{datetime_geq: .., status: ..}</code> */
    static void requireFilter(JsonNode filter) {
        for (var each : filter.properties()) {
            Matcher form = CONDITION.matcher(each.getKey());
            if (!form.matches() || !DIMENSIONS.contains(form.group(1))) {
                throw new IllegalArgumentException("unknown filter " + each.getKey());
            }
        }
    }

    /** @param filter one that {@link #requireFilter} lets through */
    static boolean matches(Map<String, String> row, JsonNode filter) {
        return filter.properties().stream()
                .allMatch(each -> matches(row, each.getKey(), each.getValue().asText()));
    }

    private static boolean matches(Map<String, String> row, String condition, String wanted) {
        Matcher form = CONDITION.matcher(condition);
        form.matches();
        int order = compare(row.get(form.group(1)), wanted);
        return switch (form.group(2) == null ? "eq" : form.group(2)) {
            case "geq" -> order >= 0;
            case "leq" -> order <= 0;
            case "gt" -> order > 0;
            case "lt" -> order < 0;
            case "neq" -> order != 0;
            default -> order == 0;
        };
    }

    private static int compare(String actual, String wanted) {
        try {
            return Instant.parse(actual).compareTo(Instant.parse(wanted));
        } catch (DateTimeException e) {
            return actual.compareTo(wanted); // not times
        }
    }

    /** @param orderBy such as <code>[datetime_DESC]</code>; any order if it is missing */
    static Comparator<Map<String, String>> order(JsonNode orderBy) {
        Comparator<Map<String, String>> order = (a, b) -> 0;
        for (JsonNode each : orderBy.isArray() ? orderBy : Answer.array()) {
            Matcher form = ORDER.matcher(each.asText());
            if (!form.matches() || !DIMENSIONS.contains(form.group(1))) {
                throw new IllegalArgumentException("unknown order " + each.asText());
            }
            Comparator<Map<String, String>> next = (a, b) -> compare(a.get(form.group(1)), b.get(form.group(1)));
            order = order.thenComparing(form.group(2).equals("ASC") ? next : next.reversed());
        }
        return order;
    }

    static void requireDimensions(List<GraphQlQuery.Field> fields) {
        for (GraphQlQuery.Field field : fields) {
            if (!DIMENSIONS.contains(field.name())) {
                throw new IllegalArgumentException("unknown field " + field.name());
            }
        }
    }
}
