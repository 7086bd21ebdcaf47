package io.flaremail.api;

import io.flaremail.http.HttpOutcome;
import io.flaremail.http.NetworkFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An API call failed, the API could not be reached, or an intermediary answered instead.
 *
 * <p>Tests: ErrorTableTest.
 */
public final class CloudflareApiException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final ArrayList<ApiError> errors;
    private final String ray;
    private final Duration retryAfter;
    private final boolean retryable;
    private final boolean acceptanceUnknown;

    private CloudflareApiException(
            String message,
            int status,
            List<ApiError> errors,
            String ray,
            Duration retryAfter,
            boolean retryable,
            boolean acceptanceUnknown,
            Throwable cause) {
        super(message, cause);
        this.status = status;
        this.errors = new ArrayList<>(errors);
        this.ray = ray;
        this.retryAfter = retryAfter;
        this.retryable = retryable;
        this.acceptanceUnknown = acceptanceUnknown;
    }

    /**
     * The exception for any call other than a send.
     *
     * @param retryAfter the wait that the response asks for, or null
     * @param unknown whether the call may have been carried out
     */
    static CloudflareApiException of(
            HttpOutcome reply,
            Optional<ApiResponse> envelope,
            Duration retryAfter,
            boolean retryable,
            boolean unknown) {
        List<ApiError> errors = envelope.map(ApiResponse::errors).orElse(Collections.emptyList());
        String failure = reply.failure == null ? "" : ": " + NetworkFailure.reason(reply.failure);
        String what = !reply.isAnswered()
                ? unknown || reply.mayHaveArrived() ? "No answer from Cloudflare" : "Could not reach Cloudflare"
                : "Cloudflare answered HTTP " + reply.status + reasons(errors) + unexpected(reply, envelope);
        return new CloudflareApiException(
                what + failure + (unknown ? "; the change may have been made" : "") + trace(reply.ray),
                reply.status,
                errors,
                reply.ray,
                retryAfter,
                retryable,
                unknown,
                reply.failure);
    }

    /** The exception for responses that are valid by themselves, but inconsistent or ambiguous. */
    static CloudflareApiException strange(String message) {
        return new CloudflareApiException(message, 200, Collections.emptyList(), null, null, false, false, null);
    }

    /** The exception for a call that was interrupted while it waited. */
    static CloudflareApiException interrupted(String message) {
        return new CloudflareApiException(message, 0, Collections.emptyList(), null, null, true, false, null);
    }

    private static String unexpected(HttpOutcome reply, Optional<ApiResponse> envelope) {
        if (reply.failure != null) {
            return ", cut short";
        }
        return !envelope.isPresent()
                ? ", not an API response"
                : envelope.get().isSuccess() ? ", with an unexpected result" : "";
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
        String failure = outcome.getCause()
                .map(cause -> ": " + NetworkFailure.reason(cause))
                .orElse("");
        return new CloudflareApiException(
                what
                        + status
                        + reasons(outcome.getErrors())
                        + failure
                        + trace(outcome.getRay().orElse(null)),
                outcome.getStatus(),
                outcome.getErrors(),
                outcome.getRay().orElse(null),
                outcome.getRetryAfter().orElse(null),
                outcome.isRetryable(),
                unknown,
                outcome.getCause().orElse(null));
    }

    /** The exception for a send whose outcome could not be described. */
    static CloudflareApiException undescribed(SendOutcome outcome, Throwable cause) {
        boolean unknown = outcome.getKind() == SendOutcome.Kind.UNKNOWN;
        return new CloudflareApiException(
                unknown ? "The message may have been accepted" : "The message was not accepted",
                outcome.getStatus(),
                Collections.emptyList(),
                null,
                null,
                false,
                unknown,
                cause);
    }

    private static String reasons(List<ApiError> errors) {
        return errors.stream().map(error -> ", " + error).collect(Collectors.joining());
    }

    private static String trace(String ray) {
        return ray == null ? "" : " (ray " + ray + ")";
    }

    /** The HTTP status, or 0 if there was no response. */
    public int getStatus() {
        return status;
    }

    /** The errors in the API's response; never null, may be empty. */
    public List<ApiError> getErrors() {
        return Collections.unmodifiableList(errors);
    }

    /** True if the same call may succeed later. If it changes something, check {@link #isAcceptanceUnknown()} too. */
    public boolean isRetryable() {
        return retryable;
    }

    /** The wait that the response asks for: {@code Retry-After}, RFC 9110 section 10.2.3; empty if none. */
    public Optional<Duration> getRetryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** True if the call may have been carried out without a confirmation. */
    public boolean isAcceptanceUnknown() {
        return acceptanceUnknown;
    }

    /** The {@code cf-ray} header field, with which Cloudflare's support finds the request. */
    public Optional<String> getRay() {
        return Optional.ofNullable(ray);
    }
}
