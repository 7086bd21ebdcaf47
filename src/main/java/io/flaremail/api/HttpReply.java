package io.flaremail.api;

import java.io.IOException;

/** What came of one exchange: an answer, or a failure that knows how much of the request may have arrived. */
final class HttpReply {
    final int status;
    final String ray;
    final String retryAfter;
    final byte[] body;
    final IOException failure;
    final RequestPhase phase;

    private HttpReply(int status, String ray, String retryAfter, byte[] body, IOException failure, RequestPhase phase) {
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
    static HttpReply answered(
            int status, String ray, String retryAfter, byte[] body, IOException failure, RequestPhase phase) {
        return new HttpReply(status, ray, retryAfter, body, failure, phase);
    }

    /** No answer at all. */
    static HttpReply failed(IOException failure, RequestPhase phase) {
        return new HttpReply(0, null, null, new byte[0], failure, phase);
    }

    boolean isAnswered() {
        return status != 0;
    }

    boolean mayHaveArrived() {
        return phase == RequestPhase.WHOLE;
    }

    /** The Error behind the failure, such as an OutOfMemoryError; null when there is none. */
    Error error() {
        return failure != null && failure.getCause() instanceof Error ? (Error) failure.getCause() : null;
    }
}
