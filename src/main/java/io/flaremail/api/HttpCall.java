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
    /** How many bytes of the answer's body are read at most. */
    final int longestAnswer;

    /**
     * @param body null for none
     * @param responseTimeout for each read, and for the wait for a free connection; zero disables the timeout
     * @param deadline for connecting and writing; see {@link #answerDeadline}
     * @param longestAnswer how many bytes of the answer's body are read at most
     */
    HttpCall(
            String method,
            URI uri,
            String token,
            RequestBody body,
            Duration responseTimeout,
            Deadline deadline,
            int longestAnswer) {
        this.method = method;
        this.uri = uri;
        this.token = token;
        this.redaction = new Redaction(token);
        this.body = body;
        this.responseTimeout = responseTimeout;
        this.deadline = deadline;
        this.longestAnswer = longestAnswer;
    }

    /**
     * Until when to wait for the answer to a request that has just gone out. What changes something is waited for past
     * the deadline, for as long as an answer may take: to leave would turn a known outcome into an unknown one.
     */
    Deadline answerDeadline() {
        if (method.equals("GET")) {
            return deadline;
        }
        return deadline.orLater(responseTimeout.isZero() ? CloudflareEmail.DEFAULT_RESPONSE_TIMEOUT : responseTimeout);
    }

    @Override
    public String toString() {
        return method + " " + uri;
    }
}
