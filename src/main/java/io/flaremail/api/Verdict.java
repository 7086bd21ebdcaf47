package io.flaremail.api;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads a reply to a send: pure, and on the safe side. A message counts as accepted only on the API's word, as unsent
 * only when it cannot have been sent; what is left is unknown.
 */
final class Verdict {
    private static final int REQUEST_TIMEOUT = 408;

    private Verdict() {}

    static SendOutcome of(HttpReply reply, Redaction redaction, Instant now) {
        if (!reply.isAnswered()) {
            return reply.requestMayBeWhole
                    ? SendOutcome.unknown(reply, Collections.emptyList())
                    : SendOutcome.unsent(reply.failure, !(reply.failure instanceof MimeTextException));
        }
        Optional<ApiEnvelope> envelope =
                reply.failure == null ? ApiEnvelope.parse(reply.body, redaction) : Optional.empty();
        List<ApiError> errors = envelope.map(ApiEnvelope::errors).orElse(Collections.emptyList());
        if (isAccepted(reply, envelope) && !reply.requestMayBeWhole) {
            return SendOutcome.unknown(reply, errors); // to what? not to the whole message
        }
        if (isAccepted(reply, envelope)) {
            return envelope.flatMap(ApiEnvelope::sendResult)
                    .map(result -> SendOutcome.accepted(reply, result))
                    .orElseGet(() -> SendOutcome.unknown(reply, errors));
        }
        if (reply.requestMayBeWhole && !saysNothingWasSent(reply, envelope)) {
            return SendOutcome.unknown(reply, errors);
        }
        return SendOutcome.refused(
                reply, errors, RetryAfter.parse(reply.retryAfter, now).orElse(null), isTransient(reply, errors));
    }

    private static boolean isAccepted(HttpReply reply, Optional<ApiEnvelope> envelope) {
        return isSuccessful(reply) && envelope.map(ApiEnvelope::isSuccess).orElse(false);
    }

    private static boolean isSuccessful(HttpReply reply) {
        return reply.status >= 200 && reply.status < 300;
    }

    /**
     * Whether the answer means that nothing was sent. Nobody's answer does that says "success" as well or comes with a
     * result. A bare 5xx may come from between us and the API, and a 408 from there after the request was passed on.
     */
    private static boolean saysNothingWasSent(HttpReply reply, Optional<ApiEnvelope> envelope) {
        if (envelope.isPresent()
                && (envelope.get().isSuccess() || envelope.get().hasResult())) {
            return false;
        }
        if (isSuccessful(reply)) {
            return envelope.isPresent();
        }
        return reply.status < 500
                ? reply.status != REQUEST_TIMEOUT || envelope.isPresent()
                : envelope.isPresent()
                        && isKnownServerError(reply.status, envelope.get().errors());
    }

    /** The server errors documented as having sent nothing: these, and nothing beside them. */
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
