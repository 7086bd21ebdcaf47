package io.flaremail.api;

import io.flaremail.http.HttpOutcome;
import io.flaremail.http.RequestBodyException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The outcome of one request to send: accepted, refused, unsent or unknown. Immutable.
 *
 * <p>Do not retry {@link Kind#UNKNOWN} automatically: the API has no idempotency key.
 *
 * <p>Tests: VerdictTest.
 */
public final class SendOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The four kinds of outcome. */
    public enum Kind {
        /** The API accepted the message; {@link #getResult()} lists recipients it did not accept. */
        ACCEPTED,
        /** The response means that the message was not sent. */
        REFUSED,
        /** The request did not reach the API completely, so the message was not sent. */
        UNSENT,
        /** The request was sent completely, but no response tells its outcome: it may have been accepted. */
        UNKNOWN
    }

    private final Kind kind;
    private final SendResult result;
    private final int status;
    private final String ray;
    private final ArrayList<ApiError> errors;
    private final Duration retryAfter;
    private final boolean retryable;
    private final transient IOException cause;
    private final int attempts;

    private SendOutcome(
            Kind kind,
            SendResult result,
            int status,
            String ray,
            List<ApiError> errors,
            Duration retryAfter,
            boolean retryable,
            IOException cause,
            int attempts) {
        this.kind = kind;
        this.result = result;
        this.status = status;
        this.ray = ray;
        this.errors = new ArrayList<>(errors);
        this.retryAfter = retryAfter;
        this.retryable = retryable;
        this.cause = cause;
        this.attempts = attempts;
    }

    static SendOutcome accepted(HttpOutcome reply, SendResult result) {
        return new SendOutcome(
                Kind.ACCEPTED, result, reply.status, reply.ray, Collections.emptyList(), null, false, null, 1);
    }

    static SendOutcome refused(HttpOutcome reply, List<ApiError> errors, Duration retryAfter, boolean retryable) {
        return new SendOutcome(Kind.REFUSED, null, reply.status, reply.ray, errors, retryAfter, retryable, null, 1);
    }

    static SendOutcome unknown(HttpOutcome reply, List<ApiError> errors) {
        return unknown(reply, errors, reply.failure);
    }

    static SendOutcome unknown(HttpOutcome reply, List<ApiError> errors, IOException cause) {
        return new SendOutcome(Kind.UNKNOWN, null, reply.status, reply.ray, errors, null, false, cause, 1);
    }

    static SendOutcome unsent(IOException cause, boolean retryable) {
        return new SendOutcome(Kind.UNSENT, null, 0, null, Collections.emptyList(), null, retryable, cause, 1);
    }

    /** A copy with this number of attempts. */
    SendOutcome after(int count) {
        return new SendOutcome(kind, result, status, ray, errors, retryAfter, retryable, cause, count);
    }

    /** The kind of outcome; never null. */
    public Kind getKind() {
        return kind;
    }

    /** The API's result; present exactly if the message was accepted. */
    public Optional<SendResult> getResult() {
        return Optional.ofNullable(result);
    }

    /** The HTTP status, or 0 if there was no response. */
    public int getStatus() {
        return status;
    }

    /** The {@code cf-ray} header field, with which Cloudflare's support finds the request. */
    public Optional<String> getRay() {
        return Optional.ofNullable(ray);
    }

    /** The errors in the API's response; never null, often empty. */
    public List<ApiError> getErrors() {
        return Collections.unmodifiableList(errors);
    }

    /** The wait before a retry that the API asks for; empty if it asks for none. */
    public Optional<Duration> getRetryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** True if the message was not sent <em>and</em> the same request may succeed later. */
    public boolean isRetryable() {
        return retryable;
    }

    /** The number of attempts; all but the last are known not to have sent the message. */
    public int getAttempts() {
        return attempts;
    }

    /** The I/O failure, if there was one. Empty after Java serialisation. */
    public Optional<IOException> getCause() {
        return Optional.ofNullable(cause);
    }

    /** The Error that caused the failure, such as an OutOfMemoryError, if there was one. */
    public Optional<Error> getError() {
        return Optional.ofNullable(cause)
                .map(Throwable::getCause)
                .filter(Error.class::isInstance)
                .map(Error.class::cast);
    }

    /** If the message cannot be written again for a retry, an earlier refusal by the API still counts. */
    static SendOutcome orRefused(SendOutcome outcome, AtomicReference<SendOutcome> refused) {
        if (outcome.getKind() == Kind.REFUSED) {
            refused.set(outcome);
        }
        boolean unwritable = outcome.getCause()
                .filter(RequestBodyException.class::isInstance)
                .isPresent();
        boolean unsent = outcome.getKind() == Kind.UNSENT && unwritable;
        return unsent && refused.get() != null ? refused.get() : outcome;
    }
}
