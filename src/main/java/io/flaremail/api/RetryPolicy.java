package io.flaremail.api;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * The one owner of retries: says whether a request is made again, and after how long. Pure but for its dice.
 *
 * <p>Only what is known not to have been sent is tried again: what never reached the API whole, and what it refused in
 * words that promise so (429, 503 with error 10100, and 500 with error 10002). An unknown outcome never is.
 */
final class RetryPolicy {
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(20);

    /** A sender that is told to wait longer is better told so than kept. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final int retries;
    private final DoubleSupplier dice;

    /**
     * @param retries how many times to try again, at least 0
     * @param dice numbers from 0 to 1, for the jitter
     */
    RetryPolicy(int retries, DoubleSupplier dice) {
        this.retries = retries;
        this.dice = dice;
    }

    /**
     * @param attempts how many have been made, at least 1
     * @param left until the deadline
     * @return how long to wait before the next one; empty to stop
     */
    Optional<Duration> next(SendOutcome outcome, int attempts, Duration left) {
        return next(outcome.isRetryable(), outcome.getRetryAfter(), attempts, left);
    }

    /** The same for any request. */
    Optional<Duration> next(boolean repeatable, Optional<Duration> retryAfter, int attempts, Duration left) {
        if (!repeatable || attempts > retries) {
            return Optional.empty();
        }
        Duration wait = retryAfter.orElseGet(() -> backoff(attempts));
        return wait.compareTo(LONGEST_WAIT) <= 0 && wait.compareTo(left) < 0 ? Optional.of(wait) : Optional.empty();
    }

    /** Exponential, with full jitter: somewhere between at once and the whole of it. */
    private Duration backoff(int attempts) {
        long whole = Math.min(LONGEST_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << Math.min(attempts - 1, 10));
        return Duration.ofMillis((long) (whole * dice.getAsDouble()));
    }
}
