package io.flaremail.http;

import java.net.URI;
import java.time.Duration;

/** One request to make: immutable, and silent about its token. */
public final class HttpCall {
    /** How long an answer is waited for past the deadline where the response timeout is disabled. */
    private static final Duration LONGEST_ANSWER_WAIT = Duration.ofSeconds(60);

    public final String method;
    public final URI uri;
    public final String token;
    public final Redaction redaction;
    public final RequestBody body;
    public final Duration responseTimeout;
    public final Deadline deadline;
    /** How many bytes of the answer's body are read at most. */
    public final int longestAnswer;

    /**
     * @param body null for none
     * @param responseTimeout for each read, and for the wait for a free connection; zero disables the timeout
     * @param deadline for connecting and writing; see {@link #answerDeadline}
     * @param longestAnswer how many bytes of the answer's body are read at most
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
     * Until when to wait for the answer to a request that has just gone out. What changes something is waited for past
     * the deadline, for as long as an answer may take: to leave would turn a known outcome into an unknown one.
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
