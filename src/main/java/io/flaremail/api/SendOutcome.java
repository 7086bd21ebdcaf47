package io.flaremail.api;

import io.flaremail.http.HttpOutcome;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What became of one request to send: accepted, refused, unsent or, the third answer, unknown. Immutable.
 *
 * <p>Only {@link Kind#UNKNOWN} must never be repeated by a program: the API has no idempotency key.
 *
 * <p>Tests: VerdictTest.
 */
public final class SendOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The four answers. */
    public enum Kind {
        /** The API took the message; {@link #getResult()} lists recipients it did not accept. */
        ACCEPTED,
        /** The API answered, and its answer means that nothing was sent. */
        REFUSED,
        /** The request never reached the API whole, so nothing was sent. */
        UNSENT,
        /** The request was sent completely, but no answer tells its outcome: it may have been accepted. */
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

    /** The same, as the outcome of so many attempts. */
    SendOutcome after(int count) {
        return new SendOutcome(kind, result, status, ray, errors, retryAfter, retryable, cause, count);
    }

    /** Which of the four it is; never null. */
    public Kind getKind() {
        return kind;
    }

    /** The API's result; present exactly when accepted. */
    public Optional<SendResult> getResult() {
        return Optional.ofNullable(result);
    }

    /** The HTTP status, or 0 when no answer came. */
    public int getStatus() {
        return status;
    }

    /** The {@code cf-ray} field, by which support finds the request. */
    public Optional<String> getRay() {
        return Optional.ofNullable(ray);
    }

    /** What the API gave as reasons; never null, often empty. */
    public List<ApiError> getErrors() {
        return Collections.unmodifiableList(errors);
    }

    /** How long the API asks to wait before the next try. */
    public Optional<Duration> getRetryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether nothing was sent <em>and</em> the same request may succeed later. */
    public boolean isRetryable() {
        return retryable;
    }

    /** How many requests it took; all but the last are known to have sent nothing. */
    public int getAttempts() {
        return attempts;
    }

    /** The I/O failure behind it, if there was one. Empty in an outcome that was serialised and read back. */
    public Optional<IOException> getCause() {
        return Optional.ofNullable(cause);
    }

    /** The Error behind it, such as an OutOfMemoryError, if there was one. */
    public Optional<Error> getError() {
        return Optional.ofNullable(cause)
                .map(Throwable::getCause)
                .filter(Error.class::isInstance)
                .map(Error.class::cast);
    }
}
