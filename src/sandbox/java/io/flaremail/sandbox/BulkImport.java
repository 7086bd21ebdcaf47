package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Many suppressions in one request. A bad item spoils itself only. */
final class BulkImport {
    private static final int MOST = 1000;

    private final Suppressions suppressions;
    private final Instant now;
    private final ArrayNode outcomes = Answer.array();
    private final Set<String> seen = new HashSet<>();
    private int deduplicated;

    BulkImport(Suppressions suppressions, Instant now) {
        this.suppressions = suppressions;
        this.now = now;
    }

    ObjectNode of(JsonBody body) {
        body.requireFields(Set.of("items"));
        List<JsonBody> items = body.objects("items");
        if (items.isEmpty() || items.size() > MOST) {
            throw JsonBody.invalid("items: expected 1 to " + MOST + ", got " + items.size());
        }
        for (int i = 0; i < items.size(); i++) {
            add(i, items.get(i));
        }
        ObjectNode result = Answer.object()
                .put("total", items.size())
                .put("processed", count("processed"))
                .put("skipped", count("skipped"))
                .put("invalid", count("invalid"))
                .put("errors", count("error"))
                .put("deduplicated", deduplicated);
        result.set("items", outcomes);
        return result;
    }

    private void add(int index, JsonBody item) {
        ObjectNode outcome = Answer.object().put("index", index);
        if (item.object().path("email").isTextual()) {
            outcome.put("email", item.text("email"));
        }
        try {
            Scope scope = SuppressionEndpoints.scope(item);
            if (!seen.add(item.object().path("email").asText().toLowerCase(Locale.ROOT) + " in " + scope)) {
                deduplicated++;
                return;
            }
            Suppression entry = SuppressionEndpoints.add(item, suppressions, now);
            if (entry.readOnly() || !entry.reason().equals("manual")) {
                outcome.put("status", "skipped")
                        .put("error", entry.readOnly() ? "read-only" : "not managed by the customer");
            } else {
                outcome.put("status", "processed").put("id", entry.id());
            }
            outcome.set("scope", scope.json());
        } catch (Refusal refusal) {
            outcome.put("status", "invalid").put("error", refusal.getMessage());
        }
        outcomes.add(outcome);
    }

    private int count(String status) {
        int count = 0;
        for (var outcome : outcomes) {
            count += outcome.path("status").asText().equals(status) ? 1 : 0;
        }
        return count;
    }
}
