package io.flaremail.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes JSON documents.
 *
 * <p>Tests: JsonTest, ModelTest.
 */
final class Json {
    /**
     * More values than any documented response has: a thousand suppressions have 20,000. Many empty values take a
     * multiple of their size in memory.
     */
    static final int MOST_TOKENS = 100_000;

    static final int DEEPEST = 100;

    static final int LONGEST_NUMBER = 100;

    /** Buffers are not pooled: thread-locals would tie a server's threads to a web application's classes. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /**
     * Reads one value and nothing after it.
     *
     * @return {@link JsonValue#NONE} for an empty document
     * @throws IOException if it is not JSON, or exceeds a limit
     */
    static JsonValue read(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            Reader reader = new Reader(parser);
            JsonToken first = reader.next();
            Object value = first == null ? null : reader.value(first, 0);
            if (reader.next() != null) {
                throw new IOException("more than one JSON value");
            }
            return JsonValue.of(value);
        }
    }

    /** Rejects a document that has too many values, or nests too deep for the stack. */
    private static final class Reader {
        private final JsonParser parser;
        private int tokens;

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        /** @return null at the end of the document */
        JsonToken next() throws IOException {
            if (++tokens > MOST_TOKENS) {
                throw new IOException("JSON with more than " + MOST_TOKENS + " values");
            }
            return parser.nextToken();
        }

        /** @param depth of the object or list that the value is in */
        Object value(JsonToken token, int depth) throws IOException {
            if (token.isStructStart() && depth == DEEPEST) {
                throw new IOException("JSON that nests deeper than " + DEEPEST + " levels");
            }
            switch (token.id()) {
                case JsonTokenId.ID_START_OBJECT:
                    return object(depth + 1);
                case JsonTokenId.ID_START_ARRAY:
                    return list(depth + 1);
                case JsonTokenId.ID_STRING:
                    return parser.getText();
                case JsonTokenId.ID_TRUE:
                    return true;
                case JsonTokenId.ID_FALSE:
                    return false;
                case JsonTokenId.ID_NULL:
                    return null;
                default:
                    return number();
            }
        }

        private Map<String, Object> object(int depth) throws IOException {
            Map<String, Object> object = new LinkedHashMap<>();
            while (next() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                object.put(name, value(next(), depth));
            }
            return object;
        }

        private List<Object> list(int depth) throws IOException {
            List<Object> list = new ArrayList<>();
            for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
                list.add(value(token, depth));
            }
            return list;
        }

        /** An Integer, a Long, a BigInteger, or a Double. */
        private Number number() throws IOException {
            if (parser.getTextLength() > LONGEST_NUMBER) {
                throw new IOException("JSON with a number of more than " + LONGEST_NUMBER + " digits");
            }
            return parser.getNumberValue();
        }
    }

    /** @param value maps, lists, and what {@link JsonGenerator#writeObject} knows; bytes become base64 */
    static byte[] write(Object value) {
        ByteArrayBuilder out = new ByteArrayBuilder();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            write(value, generator);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static void write(Object value, JsonGenerator to) throws IOException {
        if (value instanceof Map) {
            to.writeStartObject();
            for (Map.Entry<?, ?> field : ((Map<?, ?>) value).entrySet()) {
                to.writeFieldName((String) field.getKey());
                write(field.getValue(), to);
            }
            to.writeEndObject();
        } else if (value instanceof List) {
            to.writeStartArray();
            for (Object element : (List<?>) value) {
                write(element, to);
            }
            to.writeEndArray();
        } else {
            to.writeObject(value);
        }
    }
}
