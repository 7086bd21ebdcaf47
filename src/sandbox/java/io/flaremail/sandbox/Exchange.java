package io.flaremail.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP request that the sandbox saw, and its answer.
 *
 * @param path as it was on the wire, percent signs and query included
 * @param headers every value of each header; keys are found in any case
 * @param body the bytes that arrived
 * @param complete whether the body was read to its end; not so when the client went away or a fault left it unread
 * @param status the status decided on, though a delay or a lost connection may keep the client from seeing it; 0 when the connection was broken instead
 * @param answer the body decided on, if it is JSON or text of at most 64 KB; otherwise empty
 * @param ray the {@code cf-ray} of the answer
 * @param at when the answer was decided on, by the sandbox's clock
 */
public record Exchange(
        String method,
        String path,
        Map<String, List<String>> headers,
        byte[] body,
        boolean complete,
        int status,
        String answer,
        String ray,
        Instant at) {

    /** Whether it was answered with an error, or not at all. */
    boolean isRefused() {
        return status == 0 || status >= 400;
    }

    /** The first value of this header, null when there is none. */
    public String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    /** As {@link #headers}, but {@code Authorization}, whose value is hidden. */
    Map<String, List<String>> headersWithoutToken() {
        Map<String, List<String>> shown = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        shown.putAll(headers);
        shown.computeIfPresent("Authorization", (name, values) -> List.of("Bearer (hidden)"));
        shown.computeIfPresent("X-Auth-Key", (name, values) -> List.of("(hidden)"));
        return shown;
    }

    /** The body read as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Without headers, one of which has the token. */
    @Override
    public String toString() {
        return method + " " + path + ": " + body.length + " bytes, answered " + status;
    }
}
