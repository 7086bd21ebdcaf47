package io.flaremail.http;

import java.io.IOException;

/** The outcome of one exchange: a response or a failure, and how much of the request may have arrived. */
public final class HttpOutcome {
    public final int status;
    public final String ray;
    public final String retryAfter;
    public final String date;
    public final byte[] body;
    public final IOException failure;
    public final RequestPhase phase;

    private HttpOutcome(
            int status,
            String ray,
            String retryAfter,
            String date,
            byte[] body,
            IOException failure,
            RequestPhase phase) {
        this.date = date;
        this.status = status;
        this.ray = ray;
        this.retryAfter = retryAfter;
        this.body = body;
        this.failure = failure;
        this.phase = phase;
    }

    /**
     * A response whose status line and headers arrived; it may be a proxy's, before the request was sent.
     *
     * @param body the body; empty if it could not be read completely
     * @param failure why the body could not be read completely, or null
     */
    public static HttpOutcome answered(
            int status, String ray, String retryAfter, byte[] body, IOException failure, RequestPhase phase) {
        return new HttpOutcome(status, ray, retryAfter, null, body, failure, phase);
    }

    /** A copy with the value of the response's {@code Date} field, which may be null. */
    HttpOutcome dated(String value) {
        return new HttpOutcome(status, ray, retryAfter, value, body, failure, phase);
    }

    /** No response. */
    public static HttpOutcome failed(IOException failure, RequestPhase phase) {
        return new HttpOutcome(0, null, null, null, new byte[0], failure, phase);
    }

    public boolean isAnswered() {
        return status != 0;
    }

    public boolean mayHaveArrived() {
        return phase == RequestPhase.WHOLE;
    }

    /** The Error that caused the failure, such as an OutOfMemoryError; null if there is none. */
    public Error error() {
        return failure != null && failure.getCause() instanceof Error ? (Error) failure.getCause() : null;
    }
}
