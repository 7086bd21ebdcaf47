package io.flaremail.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** What came of an administrative call: pure, and like {@link Verdict} on the safe side. */
final class ApiAnswer {
    private static final int REQUEST_TIMEOUT = 408;

    private final boolean changes;
    private final HttpReply reply;
    private final Optional<ApiEnvelope> envelope;
    private final Optional<Duration> retryAfter;

    /** @param now when it came, since it may ask to wait until an hour of the day */
    ApiAnswer(String method, HttpReply reply, Redaction redaction, Instant now) {
        this.changes = !method.equals("GET");
        this.reply = reply;
        this.envelope = reply.failure == null ? ApiEnvelope.parse(reply.body, redaction) : Optional.empty();
        this.retryAfter = RetryAfter.parse(reply.retryAfter, now);
    }

    /** @throws CloudflareApiException unless the API says that it succeeded, with a result of this shape */
    ApiEnvelope requireSuccess(Predicate<ApiEnvelope> shape) throws CloudflareApiException {
        if (!isWhole() || !envelope.filter(ApiEnvelope::isSuccess).filter(shape).isPresent()) {
            throw exception();
        }
        return envelope.get();
    }

    /** Whether an answer came to its end, with a status that means success. */
    boolean isWhole() {
        return reply.failure == null && isSuccessful();
    }

    /** Whether the API says, whatever the status, that it failed. */
    boolean isFailure() {
        return envelope.filter(each -> !each.isSuccess()).isPresent();
    }

    byte[] body() {
        return reply.body;
    }

    /** Whether the request may be made again at once: it may do no harm, and may do good. */
    boolean isRepeatable() {
        return changes ? isKnownUndone() && isPassing() : isPassing();
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    CloudflareApiException exception() {
        return CloudflareApiException.of(
                reply, envelope, retryAfter.orElse(null), isPassing(), changes && !isKnownUndone());
    }

    private boolean isSuccessful() {
        return reply.status >= 200 && reply.status < 300;
    }

    /** Whether what went wrong may be over when the request is made again. */
    private boolean isPassing() {
        boolean never = isError("not_implemented", "10003") || reply.status == 501;
        return reply.failure != null
                || reply.status == REQUEST_TIMEOUT
                || reply.status == 429
                || reply.status >= 500 && !never;
    }

    /**
     * Whether nothing can have been changed: the request never went out whole, or was refused as a send is refused. Of a
     * 500 in the API's words it is only documented that no message is sent.
     */
    private boolean isKnownUndone() {
        return !reply.mayHaveArrived()
                || reply.isAnswered() && reply.status != 500 && Verdict.saysNothingWasDone(reply, envelope);
    }

    private boolean isError(String message, String code) {
        return envelope.isPresent() && envelope.get().errors().stream().anyMatch(error -> error.is(message, code));
    }
}
