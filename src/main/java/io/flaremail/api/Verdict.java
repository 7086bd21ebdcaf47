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
    private Verdict() {}

    static SendOutcome of(HttpReply reply, Instant now) {
        if (!reply.isAnswered()) {
            return reply.requestMayBeWhole
                    ? SendOutcome.unknown(reply, Collections.emptyList())
                    : SendOutcome.unsent(reply.failure, !(reply.failure instanceof MimeTextException));
        }
        Optional<ApiEnvelope> envelope = reply.failure == null ? ApiEnvelope.parse(reply.body) : Optional.empty();
        List<ApiError> errors = envelope.map(ApiEnvelope::errors).orElse(Collections.emptyList());
        if (reply.status >= 200 && reply.status < 300) {
            return success(reply, envelope, errors);
        }
        if (reply.status >= 500 && reply.requestMayBeWhole && !saysNothingWasSent(reply.status, envelope)) {
            return SendOutcome.unknown(reply, errors);
        }
        return SendOutcome.refused(
                reply, errors, RetryAfter.parse(reply.retryAfter, now).orElse(null), isTransient(reply.status, errors));
    }

    private static SendOutcome success(HttpReply reply, Optional<ApiEnvelope> envelope, List<ApiError> errors) {
        if (envelope.isPresent() && !envelope.get().isSuccess()) {
            return SendOutcome.refused(reply, errors, null, false);
        }
        return envelope.flatMap(ApiEnvelope::sendResult)
                .map(result -> SendOutcome.accepted(reply, result))
                .orElseGet(() -> SendOutcome.unknown(reply, errors));
    }

    /** Which server errors are documented as having sent nothing. A bare 5xx may come from between us and the API. */
    private static boolean saysNothingWasSent(int status, Optional<ApiEnvelope> envelope) {
        if (!envelope.isPresent() || envelope.get().isSuccess()) {
            return false;
        }
        List<ApiError> errors = envelope.get().errors();
        return status == 503
                || any(errors, "internal_server", "10002")
                || any(errors, "not_implemented", "10003")
                || any(errors, "authentication.upstream", "10100");
    }

    private static boolean isTransient(int status, List<ApiError> errors) {
        return status == 429 || status == 503 || status == 500 && any(errors, "internal_server", "10002");
    }

    private static boolean any(List<ApiError> errors, String messageSuffix, String code) {
        return errors.stream().anyMatch(error -> error.is(messageSuffix, code));
    }
}
