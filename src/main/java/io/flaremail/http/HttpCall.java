package io.flaremail.http;

import java.net.URI;
import java.time.Duration;

/** One request to make. Immutable; never shows its token. */
public final class HttpCall {
    /** How long to await a response past the deadline if the response timeout is disabled. */
    private static final Duration LONGEST_ANSWER_WAIT = Duration.ofSeconds(60);

    public final String method;
    public final URI uri;
    public final String token;
    public final Redaction redaction;
    public final RequestBody body;
    public final Duration responseTimeout;
    public final Deadline deadline;
    /** The maximum number of bytes to read of the response body. */
    public final int longestAnswer;

    /**
     * @param body null for none
     * @param responseTimeout for each read, and for the wait for a free connection; zero disables the timeout
     * @param deadline for connecting and writing; see {@link #answerDeadline}
     * @param longestAnswer the maximum number of bytes to read of the response body
     */
    public HttpCall(
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
     * The deadline for the response to a request that has just been sent. For a request that changes something, it is
     * at least the response timeout from now: giving up would make a known outcome unknown.
     */
    public Deadline answerDeadline() {
        if (method.equals("GET")) {
            return deadline;
        }
        return deadline.orLater(responseTimeout.isZero() ? LONGEST_ANSWER_WAIT : responseTimeout);
    }

    @Override
    public String toString() {
        return method + " " + uri;
    }
}
