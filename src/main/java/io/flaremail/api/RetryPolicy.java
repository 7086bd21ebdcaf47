package io.flaremail.api;

import io.flaremail.http.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * The one owner of retries: says whether a request is made again, and after how long, and does so.
 *
 * <p>Only what is known not to have been sent is tried again: what never reached the API whole, and what it refused in
 * words that promise so (429, 503 with error 10100, and 500 with error 10002). An unknown outcome never is.
 *
 * <p>Tests: RetryPolicyTest, RetryTableTest.
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
     * Makes attempts until one need not, or must not, be made again.
     *
     * @param attempt makes the first, second, ... one
     * @return what came of the last one
     */
    <T> T repeat(
            IntFunction<T> attempt,
            Predicate<T> repeatable,
            Function<T, Optional<Duration>> retryAfter,
            Deadline deadline) {
        for (int attempts = 1; ; attempts++) {
            T outcome = attempt.apply(attempts);
            Optional<Duration> wait =
                    next(repeatable.test(outcome), retryAfter.apply(outcome), attempts, deadline.leftToBegin());
            if (!wait.isPresent() || !Pause.sleep(wait.get())) {
                return outcome;
            }
        }
    }

    /**
     * Pure, but for its dice.
     *
     * @param retryAfter how long the peer asks to wait
     * @param attempts how many have been made, at least 1
     * @param left until the last moment to begin another one
     * @return how long to wait before the next one; empty to stop
     */
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
