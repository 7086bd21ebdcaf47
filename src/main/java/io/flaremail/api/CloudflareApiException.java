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
    private final boolean retryable;
    private final boolean acceptanceUnknown;

    private CloudflareApiException(
            String message,
            int status,
            List<ApiError> errors,
            String ray,
            boolean retryable,
            boolean acceptanceUnknown,
            Throwable cause) {
        super(message, cause);
        this.status = status;
        this.errors = new ArrayList<>(errors);
        this.ray = ray;
        this.retryable = retryable;
        this.acceptanceUnknown = acceptanceUnknown;
    }

    /** @throws CloudflareApiException unless the reply is an answer of the API that says it succeeded */
    static ApiEnvelope requireSuccess(HttpReply reply, Redaction redaction) throws CloudflareApiException {
        Optional<ApiEnvelope> envelope = ApiEnvelope.parse(reply.body, redaction);
        requireAnswer(reply, envelope);
        if (!envelope.map(ApiEnvelope::isSuccess).orElse(false)) {
            throw refused(reply, envelope);
        }
        return envelope.get();
    }

    /** @throws CloudflareApiException unless there is an answer, whole, with a status that means success */
    static void requireAnswer(HttpReply reply, Redaction redaction) throws CloudflareApiException {
        requireAnswer(reply, ApiEnvelope.parse(reply.body, redaction));
    }

    private static void requireAnswer(HttpReply reply, Optional<ApiEnvelope> envelope) throws CloudflareApiException {
        if (!reply.isAnswered()) {
            throw unreached(reply.failure, reply.requestMayBeWhole);
        }
        if (reply.status < 200 || reply.status >= 300 || reply.failure != null) {
            throw refused(reply, envelope);
        }
    }

    /** The exception for a send that was not accepted. */
    static CloudflareApiException of(SendOutcome outcome) {
        boolean unknown = outcome.getKind() == SendOutcome.Kind.UNKNOWN;
        String what = unknown
                ? "No usable answer from Cloudflare after the message went out; it may have been accepted"
                : outcome.getStatus() == 0
                        ? "Could not reach Cloudflare, nothing was sent"
                        : "Cloudflare refused the message";
        String status = outcome.getStatus() == 0 ? "" : ": HTTP " + outcome.getStatus();
        String failure = outcome.getCause().map(cause -> ": " + reason(cause)).orElse("");
        return new CloudflareApiException(
                what
                        + status
                        + reasons(outcome.getErrors())
                        + failure
                        + trace(outcome.getRay().orElse(null)),
                outcome.getStatus(),
                outcome.getErrors(),
                outcome.getRay().orElse(null),
                outcome.isRetryable(),
                unknown,
                outcome.getCause().orElse(null));
    }

    private static CloudflareApiException unreached(IOException failure, boolean requestMayBeWhole) {
        return new CloudflareApiException(
                "Could not reach Cloudflare: " + reason(failure),
                0,
                Collections.emptyList(),
                null,
                true,
                requestMayBeWhole,
                failure);
    }

    private static CloudflareApiException refused(HttpReply reply, Optional<ApiEnvelope> envelope) {
        List<ApiError> errors = envelope.map(ApiEnvelope::errors).orElse(Collections.emptyList());
        String reasons = envelope.isPresent() ? reasons(errors) : ", not an answer of the API";
        boolean later = reply.status == 429 || reply.status >= 500;
        return new CloudflareApiException(
                "Cloudflare answered HTTP " + reply.status + reasons + trace(reply.ray),
                reply.status,
                errors,
                reply.ray,
                later,
                reply.status >= 500,
                reply.failure);
    }

    private static String reasons(List<ApiError> errors) {
        return errors.stream().map(error -> ", " + error).collect(Collectors.joining());
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static String trace(String ray) {
        return ray == null ? "" : " (ray " + ray + ")";
    }

    /** The HTTP status, or 0 when no answer came. */
    public int getStatus() {
        return status;
    }

    /** What the API gave as reasons; never null. */
    public List<ApiError> getErrors() {
        return Collections.unmodifiableList(errors);
    }

    /** Whether the same call may succeed later. Of a call that changes something, ask the next question, too. */
    public boolean isRetryable() {
        return retryable;
    }

    /** Whether the call may have been carried out although no answer says so. */
    public boolean isAcceptanceUnknown() {
        return acceptanceUnknown;
    }

    /** The {@code cf-ray} field, by which support finds the request. */
    public Optional<String> getRay() {
        return Optional.ofNullable(ray);
    }
}
