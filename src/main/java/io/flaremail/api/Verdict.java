package io.flaremail.api;

import io.flaremail.http.HttpOutcome;
import io.flaremail.http.Redaction;
import io.flaremail.http.RequestBodyException;
import io.flaremail.http.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides what the outcome of an exchange means; the only class that does. Pure and conservative: a request counts as
 * carried out only if the API confirms it, and as not carried out only if that is certain; otherwise it is unknown.
 *
 * <p>Tests: VerdictTest (sends), CallTableTest, ErrorTableTest (other calls).
 */
final class Verdict {
    /**
     * Statuses below 500 that do not tell whether the request was carried out, RFC 9110 section 15. 303 points to the
     * result of a completed POST; 304 is not a response to a POST. An intermediary may send 408, 460 or 499 after it
     * has forwarded the request.
     */
    private static final Set<Integer> INCONCLUSIVE = new HashSet<>(Arrays.asList(303, 304, 408, 460, 499));

    private static final int REQUEST_TIMEOUT = 408;

    private final HttpOutcome http;
    private final Optional<ApiResponse> response;
    private final Instant now;

    private Verdict(HttpOutcome http, Redaction redaction, Instant now) {
        this.http = http;
        this.response = http.failure == null ? ApiResponse.parse(http.body, redaction) : Optional.empty();
        this.now = now;
    }

    /** @param now when the response came: Retry-After may be a date */
    static Verdict of(HttpOutcome http, Redaction redaction, Instant now) {
        return new Verdict(http, redaction, now);
    }

    /**
     * The outcome of a send.
     *
     * <p>If the response cannot be read, the outcome is unknown, since the request has already been sent.
     */
    static SendOutcome ofSend(HttpOutcome http, String token) {
        try {
            return of(http, new Redaction(token), Instant.now()).sendOutcome();
        } catch (Throwable e) {
            return SendOutcome.unknown(http, Collections.emptyList(), unreadable(e));
        }
    }

    /** Describing an OutOfMemoryError may fail as well. */
    private static IOException unreadable(Throwable e) {
        try {
            return new IOException("unreadable answer: " + e, e);
        } catch (Error again) {
            return new IOException("unreadable answer", e);
        }
    }

    /** The outcome of a send. */
    SendOutcome sendOutcome() {
        if (!http.isAnswered()) {
            return http.mayHaveArrived()
                    ? SendOutcome.unknown(http, Collections.emptyList())
                    : SendOutcome.unsent(http.failure, isNetworkFailure());
        }
        if (isSuccess()) {
            // A success before the request was written completely cannot accept the whole message.
            return response.filter(any -> http.mayHaveArrived())
                    .flatMap(ApiResponse::sendResult)
                    .map(result -> SendOutcome.accepted(http, result))
                    .orElseGet(() -> SendOutcome.unknown(http, errors()));
        }
        if (http.mayHaveArrived() && !meansNotCarriedOut()) {
            return SendOutcome.unknown(http, errors());
        }
        return SendOutcome.refused(http, errors(), retryAfter().orElse(null), isRetryableSend());
    }

    /** A retry does not help if the message cannot be written, or memory is exhausted. */
    private boolean isNetworkFailure() {
        return !(http.failure instanceof RequestBodyException) && http.error() == null;
    }

    private boolean isRetryableSend() {
        return http.status == 429 || http.status == 503 || http.status == 500 && isAnyError("internal_server", "10002");
    }

    /** @throws CloudflareApiException unless the API reports success, with a result of this shape */
    ApiResponse requireSuccess(boolean changes, Predicate<ApiResponse> shape) throws CloudflareApiException {
        if (!isWhole() || !response.filter(ApiResponse::isSuccess).filter(shape).isPresent()) {
            throw exception(changes);
        }
        return response.get();
    }

    /** @throws CloudflareApiException unless there is a body, and it does not report a failure */
    byte[] requireBody() throws CloudflareApiException {
        boolean failed = response.filter(each -> !each.isSuccess()).isPresent();
        if (!isWhole() || failed || http.body.length == 0) {
            throw exception(false);
        }
        return http.body;
    }

    /**
     * Whether the request may be retried.
     *
     * @param changes whether the request changes something
     */
    boolean isRepeatable(boolean changes) {
        return isTransient() && !(changes && mayBeCarriedOut());
    }

    Optional<Duration> retryAfter() {
        return RetryAfter.parse(http.retryAfter, now);
    }

    private CloudflareApiException exception(boolean changes) {
        return CloudflareApiException.of(
                http, response, retryAfter().orElse(null), isTransient(), changes && mayBeCarriedOut());
    }

    /** Whether a retry may succeed. */
    private boolean isTransient() {
        boolean never = http.status == 501 || isAnyError("not_implemented", "10003");
        return http.failure != null
                || http.status == REQUEST_TIMEOUT
                || http.status == 429
                || http.status >= 500 && !never;
    }

    /** Whether a change may have been made. The API documents for a 500 only that no message was sent. */
    private boolean mayBeCarriedOut() {
        boolean refused = http.isAnswered() && http.status != 500 && meansNotCarriedOut();
        return http.mayHaveArrived() && !refused;
    }

    /**
     * Whether the response means that the request was not carried out. A response that also reports success, or has a
     * result, does not. An intermediary may send a 5xx after it has forwarded the request, even in the API's format; it
     * counts only with errors that are documented to occur before the request is carried out.
     */
    private boolean meansNotCarriedOut() {
        if (response.isPresent()
                && (response.get().isSuccess() || response.get().hasResult())) {
            return false;
        }
        if (hasSuccessfulStatus()) {
            return response.isPresent();
        }
        return http.status < 500
                ? response.isPresent() || !INCONCLUSIVE.contains(http.status)
                : response.isPresent() && isKnownServerError();
    }

    /** Whether there are errors, and all of them are documented as not carried out. */
    private boolean isKnownServerError() {
        return !errors().isEmpty() && errors().stream().allMatch(this::isKnownServerError);
    }

    private boolean isKnownServerError(ApiError error) {
        return http.status == 500 && (error.is("internal_server", "10002") || error.is("not_implemented", "10003"))
                || http.status == 503 && error.is("authentication.upstream", "10100");
    }

    private boolean isSuccess() {
        return hasSuccessfulStatus() && response.filter(ApiResponse::isSuccess).isPresent();
    }

    private boolean isWhole() {
        return http.failure == null && hasSuccessfulStatus();
    }

    private boolean hasSuccessfulStatus() {
        return http.status >= 200 && http.status < 300;
    }

    private List<ApiError> errors() {
        return response.map(ApiResponse::errors).orElse(Collections.emptyList());
    }

    private boolean isAnyError(String message, String code) {
        return errors().stream().anyMatch(error -> error.is(message, code));
    }
}
