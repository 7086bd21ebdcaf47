package io.flaremail.api;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a reply to a send: pure, and on the safe side. A message counts as accepted only on the API's word, as unsent
 * only when it cannot have been sent; what is left is unknown.
 */
final class Verdict {
    /**
     * Statuses below 500 that leave open whether the request was carried out, RFC 9110 section 15. 303 points to the
     * result of a POST that was done, 304 answers no POST. 408, and 460 and 499 of load balancers, may come from between
     * us and the API, after the request was passed on.
     */
    private static final Set<Integer> INCONCLUSIVE = new HashSet<>(Arrays.asList(303, 304, 408, 460, 499));

    private Verdict() {}

    static SendOutcome of(HttpReply reply, Redaction redaction, Instant now) {
        if (!reply.isAnswered()) {
            return reply.mayHaveArrived()
                    ? SendOutcome.unknown(reply, Collections.emptyList())
                    : SendOutcome.unsent(reply.failure, isOfTheNetwork(reply));
        }
        Optional<ApiEnvelope> envelope =
                reply.failure == null ? ApiEnvelope.parse(reply.body, redaction) : Optional.empty();
        List<ApiError> errors = envelope.map(ApiEnvelope::errors).orElse(Collections.emptyList());
        if (isAccepted(reply, envelope) && !reply.mayHaveArrived()) {
            return SendOutcome.unknown(reply, errors); // to what? not to the whole message
        }
        if (isAccepted(reply, envelope)) {
            return envelope.flatMap(ApiEnvelope::sendResult)
                    .map(result -> SendOutcome.accepted(reply, result))
                    .orElseGet(() -> SendOutcome.unknown(reply, errors));
        }
        if (reply.mayHaveArrived() && !saysNothingWasDone(reply, envelope)) {
            return SendOutcome.unknown(reply, errors);
        }
        return SendOutcome.refused(
                reply, errors, RetryAfter.parse(reply.retryAfter, now).orElse(null), isTransient(reply, errors));
    }

    /** Another try does not help a message that cannot be written, nor a runtime that is out of memory. */
    private static boolean isOfTheNetwork(HttpReply reply) {
        return !(reply.failure instanceof MimeTextException) && reply.error() == null;
    }

    private static boolean isAccepted(HttpReply reply, Optional<ApiEnvelope> envelope) {
        return isSuccessful(reply) && envelope.map(ApiEnvelope::isSuccess).orElse(false);
    }

    private static boolean isSuccessful(HttpReply reply) {
        return reply.status >= 200 && reply.status < 300;
    }

    /**
     * Whether the answer means that nothing was sent or changed. Nobody's answer does that says "success" as well or comes
     * with a result. A bare 5xx may come from between us and the API, after the request was passed on; so may one that
     * repeats the API's form, unless its error is documented to come before anything is done.
     */
    static boolean saysNothingWasDone(HttpReply reply, Optional<ApiEnvelope> envelope) {
        if (envelope.isPresent()
                && (envelope.get().isSuccess() || envelope.get().hasResult())) {
            return false;
        }
        if (isSuccessful(reply)) {
            return envelope.isPresent();
        }
        return reply.status < 500
                ? !isInconclusive(reply.status) || envelope.isPresent()
                : envelope.isPresent()
                        && isKnownServerError(reply.status, envelope.get().errors());
    }

    /** Whether this status below 500 alone does not say that the request was not carried out. */
    private static boolean isInconclusive(int status) {
        return INCONCLUSIVE.contains(status);
    }

    /** The server errors documented as having done nothing: these, and nothing beside them. */
    private static boolean isKnownServerError(int status, List<ApiError> errors) {
        return !errors.isEmpty() && errors.stream().allMatch(error -> isKnownServerError(status, error));
    }

    private static boolean isKnownServerError(int status, ApiError error) {
        return status == 500 && (error.is("internal_server", "10002") || error.is("not_implemented", "10003"))
                || status == 503 && error.is("authentication.upstream", "10100");
    }

    private static boolean isTransient(HttpReply reply, List<ApiError> errors) {
        return reply.status == 429
                || reply.status == 503
                || reply.status == 500 && errors.stream().anyMatch(error -> error.is("internal_server", "10002"));
    }
}
