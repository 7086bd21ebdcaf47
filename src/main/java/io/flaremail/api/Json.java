package io.flaremail.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one JSON mapper, and how optional fields are read: absent, null and of another type are all empty. */
final class Json {
    /** Buffers are pooled outside thread-locals, which would tie a server's threads to a web application's classes. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    static JsonNode read(byte[] json) throws IOException {
        return MAPPER.readTree(json);
    }

    static byte[] write(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A text, or a number as text: codes and ids have been seen as either. */
    static Optional<String> text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isTextual() || value.isNumber() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** The objects in a list; nothing else that may be in it, and none of what is no list. */
    static List<JsonNode> objects(JsonNode list) {
        List<JsonNode> objects = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(each -> objects.add(each));
            objects.removeIf(each -> !each.isObject());
        }
        return objects;
    }

    static Optional<Boolean> flag(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    static Optional<Long> number(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.canConvertToLong() ? Optional.of(value.longValue()) : Optional.empty();
    }

    static Optional<Instant> instant(JsonNode object, String name) {
        try {
            return text(object, name).map(value -> OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
