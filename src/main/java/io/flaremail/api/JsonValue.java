package io.flaremail.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a JSON document. Fields are read leniently: a field that is absent, null or of another type is empty.
 * Immutable.
 *
 * <p>Tests: JsonTest, ModelTest.
 */
final class JsonValue {
    /** The value of an absent field or an empty document; the same as null. */
    static final JsonValue NONE = new JsonValue(null);

    /** A {@code Map<String, Object>}, List, String, Number, Boolean or null; not modified any more. */
    private final Object value;

    private JsonValue(Object value) {
        this.value = value;
    }

    /** @param value maps, lists, strings, numbers, booleans and nulls that are not changed any more */
    static JsonValue of(Object value) {
        return value == null ? NONE : new JsonValue(value);
    }

    /** Whether it is null, or there is no value at all. */
    boolean isNone() {
        return value == null;
    }

    /** Whether it is exactly this string, Integer or Boolean. */
    boolean is(Object expected) {
        return expected.equals(value);
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isList() {
        return value instanceof List;
    }

    /** The value of a field; {@link #NONE} if it is absent, or this value is not an object. */
    JsonValue get(String name) {
        return isObject() ? of(((Map<?, ?>) value).get(name)) : NONE;
    }

    /** The elements of a list or the values of an object; empty for any other value. */
    List<JsonValue> elements() {
        Collection<?> values =
                isList() ? (List<?>) value : isObject() ? ((Map<?, ?>) value).values() : Collections.emptyList();
        List<JsonValue> elements = new ArrayList<>(values.size());
        values.forEach(each -> elements.add(of(each)));
        return elements;
    }

    /** The objects in a list, without its other elements; empty for any other value. */
    List<JsonValue> objects() {
        List<JsonValue> objects = isList() ? elements() : new ArrayList<>();
        objects.removeIf(each -> !each.isObject());
        return objects;
    }

    /** This value, if it is a string. */
    Optional<String> string() {
        return value instanceof String ? Optional.of((String) value) : Optional.empty();
    }

    /** A string, or a number as text: codes and ids have been seen as either. */
    Optional<String> text(String name) {
        Object field = get(name).value;
        return field instanceof String || field instanceof Number ? Optional.of(field.toString()) : Optional.empty();
    }

    Optional<Boolean> flag(String name) {
        Object field = get(name).value;
        return field instanceof Boolean ? Optional.of((Boolean) field) : Optional.empty();
    }

    /** A number within the range of a long, truncated to an integer. */
    Optional<Long> number(String name) {
        Object field = get(name).value;
        boolean whole = field instanceof Integer || field instanceof Long;
        boolean inRange =
                field instanceof Double && (Double) field >= Long.MIN_VALUE && (Double) field <= Long.MAX_VALUE;
        return whole || inRange ? Optional.of(((Number) field).longValue()) : Optional.empty();
    }

    Optional<Instant> instant(String name) {
        try {
            return text(name).map(date -> OffsetDateTime.parse(date).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The fields of an object; not to be modified. Empty for any other value. */
    @SuppressWarnings("unchecked")
    Map<String, Object> fields() {
        return isObject() ? (Map<String, Object>) value : Collections.emptyMap();
    }

    /** This object, with these fields as defaults. */
    JsonValue orElse(Map<String, Object> defaults) {
        Map<Object, Object> all = new LinkedHashMap<>(defaults);
        all.putAll((Map<?, ?>) value);
        return of(all);
    }
}
