package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An HTTP response that is still to be written. Headers keep the last value given. */
record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCUMENTATION = "https://developers.cloudflare.com/email-service/";

    static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    static Answer json(int status, String body) {
        return of(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** The API's envelope around a result. */
    static Answer result(JsonNode result) {
        return result(result, null);
    }

    /** @param info where in a list the result lies; null leaves it out */
    static Answer result(JsonNode result, ObjectNode info) {
        ObjectNode envelope = envelope(true);
        envelope.set("result", result);
        if (info != null) {
            envelope.set("result_info", info);
        }
        return json(200, envelope.toString());
    }

    /** Of the sandbox's own API, to requests that only do something. */
    static Answer noContent() {
        return of(204, "application/json", new byte[0]);
    }

    static Answer nothing() {
        return result(JSON.nullNode());
    }

    /** An error; those about subdomains also say where to read on and what in the request is to blame. */
    static Answer error(ApiError error, String pointer, String... explanations) {
        ObjectNode envelope = envelope(false);
        ObjectNode item = envelope.withArray("errors")
                .addObject()
                .put("code", error.code())
                .put("message", error.message());
        if (error == ApiError.SCOPE_IMMUTABLE) {
            item.put("code", error.message());
        }
        if (error.code() / 1000 == 2) {
            item.put("documentation_url", DOCUMENTATION);
        }
        if (pointer != null) {
            item.putObject("source").put("pointer", pointer);
        }
        List.of(explanations).forEach(envelope.withArray("messages")::add);
        envelope.putNull("result");
        return json(error.status(), envelope.toString());
    }

    /** The API's envelope around an error; its {@code messages} are plain strings then. */
    static Answer error(int status, int code, String message, String... explanations) {
        ObjectNode envelope = envelope(false);
        envelope.withArray("errors").addObject().put("code", code).put("message", message);
        for (String explanation : explanations) {
            envelope.withArray("messages").add(explanation);
        }
        envelope.putNull("result");
        return json(status, envelope.toString());
    }

    private static ObjectNode envelope(boolean success) {
        ObjectNode envelope = JSON.createObjectNode().put("success", success);
        envelope.putArray("errors");
        envelope.putArray("messages");
        return envelope;
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The JSON in a text; empty if it is none. */
    static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A copy with its JSON body edited. */
    Answer withJson(Consumer<ObjectNode> edit) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(body);
            edit.accept(json);
            return new Answer(status, headers, json.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("The answer is not JSON", e);
        }
    }

    /** Whether the body is neither JSON nor text. */
    boolean isBinary() {
        String type = headers.getOrDefault("Content-Type", "");
        return !type.startsWith("application/json") && !type.startsWith("text/");
    }

    Answer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        more.forEach((name, value) -> {
            all.keySet().removeIf(name::equalsIgnoreCase);
            all.put(name, value);
        });
        return new Answer(status, all, body);
    }
}
