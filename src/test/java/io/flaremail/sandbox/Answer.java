package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP response that is still to be written. Headers keep the last value given. */
record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    static Answer json(int status, String body) {
        return of(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** The API's envelope around a result. */
    static Answer result(ObjectNode result) {
        ObjectNode envelope = envelope(true);
        envelope.set("result", result);
        return json(200, envelope.toString());
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

    static ObjectNode object() {
        return JSON.createObjectNode();
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
