package io.flaremail.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
    /**
     * More values than any documented answer has: a thousand suppressions have 20,000. A flood of empty ones would take
     * many times its size in memory.
     */
    private static final int MOST_TOKENS = 100_000;

    private static final int DEEPEST = 100;

    private static final int LONGEST_NUMBER = 100;

    /** Buffers are not pooled: thread-locals would tie a server's threads to a web application's classes. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private Json() {}

    /**
     * Reads one value and nothing after it.
     *
     * @return a missing node where there is none
     * @throws IOException when it is not JSON, or too much
     */
    static JsonNode read(byte[] json) throws IOException {
        try (JsonParser parser = new BoundedParser(MAPPER.getFactory().createParser(json))) {
            JsonNode value = MAPPER.readTree(parser);
            if (parser.nextToken() != null) {
                throw new IOException("more than one JSON value");
            }
            return value == null ? MissingNode.getInstance() : value;
        }
    }

    /** Stops a document that has too many values, or nests deeper than a reader's stack. */
    private static final class BoundedParser extends JsonParserDelegate {
        private int tokens;
        private int depth;

        BoundedParser(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            if (++tokens > MOST_TOKENS) {
                throw new IOException("JSON with more than " + MOST_TOKENS + " values");
            }
            JsonToken token = super.nextToken();
            if (token != null && token.isNumeric() && getTextLength() > LONGEST_NUMBER) {
                throw new IOException("JSON with a number of more than " + LONGEST_NUMBER + " digits");
            }
            depth += token == null ? 0 : token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth > DEEPEST) {
                throw new IOException("JSON that nests deeper than " + DEEPEST + " levels");
            }
            return token;
        }
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
