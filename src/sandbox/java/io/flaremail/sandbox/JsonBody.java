package io.flaremail.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A request's JSON object, read without any leniency: a sandbox that forgives hides mistakes. */
record JsonBody(JsonNode object) {
    private static final ObjectMapper STRICT = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // A message over the limit is to be refused as such, not as bad JSON.
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static JsonBody parse(byte[] body) {
        try {
            // A new decoder reports malformed input; new String(..) and Jackson's own reader would mend some of it.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonNode node = STRICT.readTree(text);
            if (!node.isObject()) {
                throw invalid("expected a JSON object");
            }
            return new JsonBody(node);
        } catch (CharacterCodingException e) {
            throw invalid("the body is not valid UTF-8");
        } catch (JsonProcessingException e) {
            throw invalid("not valid JSON: " + e.getOriginalMessage());
        }
    }

    static Refusal invalid(String reason) {
        return new Refusal(ApiError.INVALID_REQUEST_SCHEMA, reason);
    }

    /** Exactly these, no more and no less. */
    void requireFields(Set<String> names) {
        Set<String> actual = new TreeSet<>();
        object.fieldNames().forEachRemaining(actual::add);
        if (!actual.equals(names)) {
            throw invalid("expected exactly the fields " + new TreeSet<>(names) + ", got " + actual);
        }
    }

    /** The required ones, any of the optional ones, and no others. */
    void requireFields(Set<String> required, Set<String> optional) {
        Set<String> actual = new TreeSet<>();
        object.fieldNames().forEachRemaining(actual::add);
        Set<String> unknown = new TreeSet<>(actual);
        unknown.removeAll(required);
        unknown.removeAll(optional);
        if (!actual.containsAll(required) || !unknown.isEmpty()) {
            throw invalid("expected the fields " + new TreeSet<>(required) + ", and perhaps " + new TreeSet<>(optional)
                    + ", got " + actual);
        }
    }

    boolean has(String field) {
        return object.has(field);
    }

    /** A whole number in a range. */
    int number(String field, int otherwise, int least, int most) {
        JsonNode node = object.path(field);
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.canConvertToInt() || !node.isIntegralNumber() || node.intValue() < least || node.intValue() > most) {
            throw invalid(field + ": expected a whole number from " + least + " to " + most + ", got " + node);
        }
        return node.intValue();
    }

    boolean flag(String field, boolean otherwise) {
        if (has(field) && !object.get(field).isBoolean()) {
            throw invalid(field + ": expected true or false");
        }
        return object.path(field).asBoolean(otherwise);
    }

    /** Null when the field is absent. */
    String optionalText(String field) {
        return has(field) ? text(field) : null;
    }

    /** Null when the field is absent or null. */
    String nullableText(String field) {
        return object.path(field).isNull() ? null : optionalText(field);
    }

    static JsonBody of(String field, JsonNode node) {
        if (node == null || !node.isObject()) {
            throw invalid(field + ": expected an object");
        }
        return new JsonBody(node);
    }

    /** The objects in an array; none when the field is absent. */
    List<JsonBody> objects(String field) {
        if (has(field) && !object.get(field).isArray()) {
            throw invalid(field + ": expected an array of objects");
        }
        List<JsonBody> items = new ArrayList<>();
        object.path(field).forEach(item -> items.add(of(field, item)));
        return items;
    }

    String text(String field) {
        return text(field, object.get(field));
    }

    List<String> texts(String field) {
        if (!object.get(field).isArray()) {
            throw invalid(field + ": expected an array of strings");
        }
        List<String> texts = new ArrayList<>();
        object.get(field).forEach(item -> texts.add(text(field, item)));
        return List.copyOf(texts);
    }

    static String text(String field, JsonNode node) {
        if (!node.isTextual()) {
            throw invalid(field + ": expected a string");
        }
        return node.textValue();
    }

    /** The string's bytes. An escape such as {@code \ud800} alone spells a string that has none. */
    byte[] utf8(String field) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text(field)));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw invalid(field + ": half of a surrogate pair");
        }
    }
}
