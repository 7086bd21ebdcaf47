package io.flaremail.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The API did not do what it was asked, could not be reached, or something in between answered in its stead.
 */
public final class CloudflareApiException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final ArrayList<ApiError> errors;
    private final String ray;

    private CloudflareApiException(String message, int status, List<ApiError> errors, String ray, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.errors = new ArrayList<>(errors);
        this.ray = ray;
    }

    /** @throws CloudflareApiException unless the reply is an answer of the API that says it succeeded */
    static ApiEnvelope requireSuccess(HttpReply reply, Redaction redaction) throws CloudflareApiException {
        if (!reply.isAnswered()) {
            String reason = reply.failure.getMessage() == null ? reply.failure.toString() : reply.failure.getMessage();
            throw new CloudflareApiException(
                    "Could not reach Cloudflare: " + reason, 0, Collections.emptyList(), null, reply.failure);
        }
        Optional<ApiEnvelope> envelope = ApiEnvelope.parse(reply.body, redaction);
        boolean succeeded = reply.status >= 200
                && reply.status < 300
                && envelope.map(ApiEnvelope::isSuccess).orElse(false);
        if (!succeeded) {
            throw refused(reply, envelope);
        }
        return envelope.get();
    }

    private static CloudflareApiException refused(HttpReply reply, Optional<ApiEnvelope> envelope) {
        List<ApiError> errors = envelope.map(ApiEnvelope::errors).orElse(Collections.emptyList());
        String reasons = envelope.isPresent()
                ? errors.stream().map(error -> ", " + error).collect(Collectors.joining())
                : ", not an answer of the API";
        String trace = reply.ray == null ? "" : " (ray " + reply.ray + ")";
        return new CloudflareApiException(
                "Cloudflare answered HTTP " + reply.status + reasons + trace,
                reply.status,
                errors,
                reply.ray,
                reply.failure);
    }

    /** The HTTP status, or 0 when no answer came. */
    public int getStatus() {
        return status;
    }

    /** What the API gave as reasons; never null. */
    public List<ApiError> getErrors() {
        return Collections.unmodifiableList(errors);
    }

    /** Whether the same call may succeed later; it was not carried out, or only reads. */
    public boolean isRetryable() {
        return status == 0 || status == 429 || status == 503;
    }

    /** The {@code cf-ray} field, by which support finds the request. */
    public Optional<String> getRay() {
        return Optional.ofNullable(ray);
    }
}
