package io.flaremail.api;

import java.io.IOException;

/** What came of one exchange: an answer, or an I/O failure that knows whether the request may have been whole. */
final class HttpReply {
    final int status;
    final String ray;
    final String retryAfter;
    final byte[] body;
    final IOException failure;
    final boolean requestMayBeWhole;

    private HttpReply(
            int status, String ray, String retryAfter, byte[] body, IOException failure, boolean requestMayBeWhole) {
        this.status = status;
        this.ray = ray;
        this.retryAfter = retryAfter;
        this.body = body;
        this.failure = failure;
        this.requestMayBeWhole = requestMayBeWhole;
    }

    /**
     * An answer whose status line and headers arrived; perhaps a proxy's, before the request went out.
     *
     * @param body what of its body could be read
     * @param failure why the body could not be read to its end; null when it was
     */
    static HttpReply answered(
            int status, String ray, String retryAfter, byte[] body, IOException failure, boolean requestMayBeWhole) {
        return new HttpReply(status, ray, retryAfter, body, failure, requestMayBeWhole);
    }

    /** No answer at all. */
    static HttpReply failed(IOException failure, boolean requestMayBeWhole) {
        return new HttpReply(0, null, null, new byte[0], failure, requestMayBeWhole);
    }

    boolean isAnswered() {
        return status != 0;
    }
}
