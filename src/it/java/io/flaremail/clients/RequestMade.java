package io.flaremail.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flaremail.sandbox.Exchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One request of a client, without what differs from run to run: ids and cursors have their name instead, and the query's
 * parameters are in the alphabet's order.
 *
 * @param body null where there is none
 */
record RequestMade(String method, String path, JsonNode body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static RequestMade of(Exchange exchange) {
        try {
            JsonNode body = exchange.body().length == 0 ? null : steady(JSON.readTree(exchange.body()));
            return new RequestMade(exchange.method(), steady(exchange.path()), body);
        } catch (IOException notJson) {
            throw new AssertionError(exchange.text(), notJson);
        }
    }

    /** Those that run.mjs wrote down. */
    static List<RequestMade> in(Path file) throws IOException {
        List<RequestMade> requests = new ArrayList<>();
        for (JsonNode each : JSON.readTree(file.toFile())) {
            JsonNode body = each.get("body");
            requests.add(new RequestMade(
                    each.get("method").asText(),
                    steady(each.get("path").asText()),
                    body.isNull() ? null : steady(body)));
        }
        return requests;
    }

    boolean goesTo(String... endings) {
        String bare = path.replaceFirst("\\?.*", "");
        return Arrays.stream(endings).anyMatch(bare::endsWith);
    }

    private static JsonNode steady(JsonNode body) {
        for (String id : new String[] {"queue_id", "lease_id"}) {
            body.findParents(id).forEach(parent -> ((ObjectNode) parent).put(id, "{" + id + "}"));
        }
        return body;
    }

    private static String steady(String path) {
        String named = path.replaceAll(
                        "/(account|zone|subdomain|suppression|queue|subscription)s/(?!bulk)[0-9a-f-]{32,36}",
                        "/$1s/{$1}")
                .replaceAll("cursor=[^&]+", "cursor={cursor}");
        int query = named.indexOf('?');
        return query < 0
                ? named
                : Arrays.stream(named.substring(query + 1).split("&"))
                        .sorted()
                        .collect(Collectors.joining("&", named.substring(0, query + 1), ""));
    }

    @Override
    public String toString() {
        return method + " " + path + (body == null ? "" : " " + body);
    }
}
