package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /sandbox/requests}: the requests of the simulated API, the refused ones among them, and their answers. */
final class RequestEndpoints {
    private static final int MAX_LISTED = 1000;

    void addTo(Router router) {
        router.add("GET", "/requests", this::list, "limit");
        router.add("GET", "/requests/{ray}", this::one);
    }

    /** Newest first. */
    private Answer list(Call call, Ledger ledger) {
        Map<String, String> ids = ledger.messages().all().stream()
                .filter(message -> message.facts().ray() != null)
                .collect(Collectors.toMap(message -> message.facts().ray(), ReceivedMessage::id));
        List<Exchange> all = ledger.requests();
        int limit = call.query().number("limit", 100, MAX_LISTED);
        ObjectNode answer = Answer.object().put("total", all.size());
        ArrayNode list = answer.putArray("requests");
        for (int i = all.size() - 1; i >= 0 && list.size() < limit; i--) {
            list.add(summary(all.get(i), ids.get(all.get(i).ray())));
        }
        return Answer.json(200, answer.toString());
    }

    /** @param message the id of the message that it brought; null for none */
    private static ObjectNode summary(Exchange exchange, String message) {
        ObjectNode json = Answer.object()
                .put("ray", exchange.ray())
                .put("at", exchange.at().toString())
                .put("method", exchange.method())
                .put("path", exchange.path())
                .put("status", exchange.status());
        if (message != null) {
            json.put("message", message);
        }
        ArrayNode errors = json.putArray("errors");
        Optional<JsonNode> answer = exchange.isRefused() ? Answer.parsed(exchange.answer()) : Optional.empty();
        answer.ifPresent(body -> {
            body.path("errors")
                    .forEach(error -> errors.add(error.path("code").asText() + " "
                            + error.path("message").asText()));
            body.path("messages").forEach(reason -> errors.add(reason.asText()));
        });
        return json;
    }

    /** From the message that it brought if that is still kept: a database has the body there. */
    private Answer one(Call call, Ledger ledger) {
        String ray = call.variable("ray");
        Exchange exchange = ledger.messages().all().stream()
                .filter(message -> ray.equals(message.facts().ray()))
                .findFirst()
                .map(message -> message.request().exchange())
                .or(() -> ledger.request(ray))
                .orElseThrow(() -> new Refusal(ApiError.NOT_FOUND, "no request " + ray));
        return Answer.json(200, MessageJson.exchange(exchange).toString());
    }
}
