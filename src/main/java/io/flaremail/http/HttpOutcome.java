package io.flaremail.http;

import java.io.IOException;

/** What came of one exchange: an answer, or a failure that knows how much of the request may have arrived. */
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
     * An answer whose status line and headers arrived; perhaps a proxy's, before the request went out.
     *
     * @param body what of its body could be read
     * @param failure why the body could not be read to its end; null when it was
     */
    public static HttpOutcome answered(
            int status, String ray, String retryAfter, byte[] body, IOException failure, RequestPhase phase) {
        return new HttpOutcome(status, ray, retryAfter, null, body, failure, phase);
    }

    /** The same with the value of the response's {@code Date} field, which may be null. */
    HttpOutcome dated(String value) {
        return new HttpOutcome(status, ray, retryAfter, value, body, failure, phase);
    }

    /** No answer at all. */
    public static HttpOutcome failed(IOException failure, RequestPhase phase) {
        return new HttpOutcome(0, null, null, null, new byte[0], failure, phase);
    }

    public boolean isAnswered() {
        return status != 0;
    }

    public boolean mayHaveArrived() {
        return phase == RequestPhase.WHOLE;
    }

    /** The Error behind the failure, such as an OutOfMemoryError; null when there is none. */
    public Error error() {
        return failure != null && failure.getCause() instanceof Error ? (Error) failure.getCause() : null;
    }
}
