package io.flaremail.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A request's query parameters, each named once. */
record Query(Map<String, String> values, String repeated) {

    static Query parse(String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        String repeated = null;
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            String value = nameAndValue.length < 2 ? "" : decode(nameAndValue[1]);
            if (values.put(decode(nameAndValue[0]), value) != null) {
                repeated = decode(nameAndValue[0]);
            }
        }
        return new Query(values, repeated);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a bad escape: no parameter is called so
        }
    }

    void requireOnly(Set<String> known) {
        if (repeated != null) {
            throw JsonBody.invalid("query parameter " + repeated + ": given more than once");
        }
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw JsonBody.invalid("query parameter " + name + ": expected one of " + new TreeSet<>(known));
            }
        }
    }

    /** Null when it was not given. */
    String text(String name) {
        return values.get(name);
    }

    int number(String name, int otherwise, int most) {
        String value = values.getOrDefault(name, "" + otherwise);
        if (!value.matches("[1-9]\\d{0,6}") || Integer.parseInt(value) > most) {
            throw JsonBody.invalid(name + ": expected 1 to " + most + ", got \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }

    String oneOf(String name, Set<String> allowed) {
        String value = values.get(name);
        if (value != null && !allowed.contains(value)) {
            throw JsonBody.invalid(name + ": expected one of " + new TreeSet<>(allowed) + ", got \"" + value + "\"");
        }
        return value;
    }
}
