package io.flaremail.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * A path below the endpoint, built segment by segment, so that an id cannot change the path around it.
 *
 * <p>Tests: ApiPathTest.
 */
final class ApiPath {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private final String text;

    private ApiPath(String text) {
        this.text = text;
    }

    static ApiPath of(URI endpoint) {
        String text = endpoint.toString();
        return new ApiPath(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /**
     * @throws IllegalArgumentException for an empty segment, and for "." and "..", which RFC 3986 section 5.2.4 removes
     */
    ApiPath segment(String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("not a path segment: \"" + segment + "\"");
        }
        return new ApiPath(text + '/' + escape(segment));
    }

    /**
     * Adds a segment passed by the caller.
     *
     * @param name the parameter's name, for exceptions
     */
    ApiPath argument(String name, String value) {
        try {
            return segment(Objects.requireNonNull(value, name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static String escape(String part) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : part.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(octet) >= 0) {
                escaped.append((char) octet);
            } else {
                escaped.append(String.format("%%%02X", octet & 0xFF));
            }
        }
        return escaped.toString();
    }

    /** Adds a query parameter, unless its value is empty. */
    ApiPath query(String name, Optional<?> value) {
        if (!value.isPresent()) {
            return this;
        }
        String separator = text.indexOf('?') < 0 ? "?" : "&";
        return new ApiPath(
                text + separator + escape(name) + '=' + escape(value.get().toString()));
    }

    URI uri() {
        return URI.create(text);
    }
}
