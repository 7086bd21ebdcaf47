package io.flaremail.api;

import java.net.URI;
import java.time.Duration;

/** One request to make: immutable, and silent about its token. */
final class HttpCall {
    final String method;
    final URI uri;
    final String token;
    final Redaction redaction;
    final RequestBody body;
    final Duration responseTimeout;
    final Deadline deadline;

    /**
     * @param body null for none
     * @param responseTimeout for each read, and for the wait for a free connection; zero waits for ever
     * @param deadline for the whole exchange
     */
    HttpCall(String method, URI uri, String token, RequestBody body, Duration responseTimeout, Deadline deadline) {
        this.method = method;
        this.uri = uri;
        this.token = token;
        this.redaction = new Redaction(token);
        this.body = body;
        this.responseTimeout = responseTimeout;
        this.deadline = deadline;
    }

    @Override
    public String toString() {
        return method + " " + uri;
    }
}
