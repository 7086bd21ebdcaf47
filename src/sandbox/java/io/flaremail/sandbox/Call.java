package io.flaremail.sandbox;

import java.util.List;
import java.util.Map;

/**
 * A request on its way to an endpoint.
 *
 * @param ray the {@code cf-ray} of the answer
 */
record Call(
        String method,
        Path path,
        Path template,
        Query query,
        Map<String, List<String>> headers,
        byte[] body,
        String ray) {

    Call at(Path route) {
        return new Call(method, path, route, query, headers, body, ray);
    }

    Call with(byte[] body) {
        return new Call(method, path, template, query, headers, body, ray);
    }

    String variable(String name) {
        return template.variable(name, path);
    }

    /** The first value of this header, null when there is none. */
    String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }
}
