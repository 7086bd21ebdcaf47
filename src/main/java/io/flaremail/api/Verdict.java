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
 * Decides what the outcome of an exchange means: the only class that does. Pure, and on the safe side: a request counts as
 * carried out only if the API says so, as not carried out only if it cannot have been; everything else is unknown.
 *
 * <p>Tests: VerdictTest (sends), CallTableTest, ErrorTableTest (other calls).
 */
final class Verdict {
    /**
     * Statuses below 500 that leave open whether the request was carried out, RFC 9110 section 15. 303 points to the
     * result of a POST that was done, 304 answers no POST. 408, and 460 and 499 of load balancers, may come from between
     * us and the API, after the request was passed on.
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
     * What became of a message, if the request was a send.
     *
     * <p>Whatever goes wrong while a response is read, the request was sent before: a failure of our own is unknown, too.
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

    /** What became of a message, if the request was a send. */
    SendOutcome sendOutcome() {
        if (!http.isAnswered()) {
            return http.mayHaveArrived()
                    ? SendOutcome.unknown(http, Collections.emptyList())
                    : SendOutcome.unsent(http.failure, isOfTheNetwork());
        }
        if (saysSuccess()) {
            // An acceptance before the whole request was written is not one of the whole message.
            return response.filter(any -> http.mayHaveArrived())
                    .flatMap(ApiResponse::sendResult)
                    .map(result -> SendOutcome.accepted(http, result))
                    .orElseGet(() -> SendOutcome.unknown(http, errors()));
        }
        if (http.mayHaveArrived() && !saysNothingWasDone()) {
            return SendOutcome.unknown(http, errors());
        }
        return SendOutcome.refused(http, errors(), retryAfter().orElse(null), isRetryableSend());
    }

    /** A retry does not help a message that cannot be written, nor a runtime that is out of memory. */
    private boolean isOfTheNetwork() {
        return !(http.failure instanceof RequestBodyException) && http.error() == null;
    }

    private boolean isRetryableSend() {
        return http.status == 429 || http.status == 503 || http.status == 500 && isAnyError("internal_server", "10002");
    }

    /** @throws CloudflareApiException unless the API says that the call succeeded, with a result of this shape */
    ApiResponse requireSuccess(boolean changes, Predicate<ApiResponse> shape) throws CloudflareApiException {
        if (!isWhole() || !response.filter(ApiResponse::isSuccess).filter(shape).isPresent()) {
            throw exception(changes);
        }
        return response.get();
    }

    /** @throws CloudflareApiException unless there is a body that is not the API's report of a failure */
    byte[] requireBody() throws CloudflareApiException {
        boolean failed = response.filter(each -> !each.isSuccess()).isPresent();
        if (!isWhole() || failed || http.body.length == 0) {
            throw exception(false);
        }
        return http.body;
    }

    /**
     * Whether the request may be made again at once.
     *
     * @param changes whether the request changes something
     */
    boolean isRepeatable(boolean changes) {
        return isTransient() && !(changes && mayBeDone());
    }

    Optional<Duration> retryAfter() {
        return RetryAfter.parse(http.retryAfter, now);
    }

    private CloudflareApiException exception(boolean changes) {
        return CloudflareApiException.of(
                http, response, retryAfter().orElse(null), isTransient(), changes && mayBeDone());
    }

    /** Whether what went wrong may be over when the request is made again. */
    private boolean isTransient() {
        boolean never = http.status == 501 || isAnyError("not_implemented", "10003");
        return http.failure != null
                || http.status == REQUEST_TIMEOUT
                || http.status == 429
                || http.status >= 500 && !never;
    }

    /** Whether a change may have been made. Of a 500 in the API's words it is only documented that no message is sent. */
    private boolean mayBeDone() {
        boolean refused = http.isAnswered() && http.status != 500 && saysNothingWasDone();
        return http.mayHaveArrived() && !refused;
    }

    /**
     * Whether the answer means that nothing was sent or changed. An answer that also says "success", or has a result, does
     * not mean that. A bare 5xx may come from between us and the API, after the request was passed on; so may one that
     * repeats the API's form, unless its error is documented to come before anything is done.
     */
    private boolean saysNothingWasDone() {
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

    /** The server errors documented as having done nothing: these, and nothing beside them. */
    private boolean isKnownServerError() {
        return !errors().isEmpty() && errors().stream().allMatch(this::isKnownServerError);
    }

    private boolean isKnownServerError(ApiError error) {
        return http.status == 500 && (error.is("internal_server", "10002") || error.is("not_implemented", "10003"))
                || http.status == 503 && error.is("authentication.upstream", "10100");
    }

    private boolean saysSuccess() {
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
