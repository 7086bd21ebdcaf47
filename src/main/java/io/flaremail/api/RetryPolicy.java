package io.flaremail.api;

import io.flaremail.http.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Decides whether and when a request is retried, and retries it.
 *
 * <p>A send is retried only if it is known not to have been carried out: the request did not reach the API completely,
 * or the API refused it with a documented error (429, 503 with error 10100, or 500 with error 10002). An unknown
 * outcome is never retried.
 *
 * <p>Tests: RetryPolicyTest, RetryTableTest.
 */
final class RetryPolicy {
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(20);

    /** A longer wait is reported to the caller instead. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final int retries;
    private final DoubleSupplier random;

    /**
     * @param retries how many times to try again, at least 0
     * @param random numbers from 0 to 1, for the jitter
     */
    RetryPolicy(int retries, DoubleSupplier random) {
        this.retries = retries;
        this.random = random;
    }

    /**
     * Repeats an attempt until its outcome is not repeatable, or no retry is left.
     *
     * @param attempt makes the attempt with this number, from 1
     * @return the outcome of the last attempt
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
     * Pure, except for the jitter.
     *
     * @param retryAfter the wait that the peer asks for
     * @param attempts the number of attempts so far, at least 1
     * @param left the time left to begin another attempt
     * @return the wait before the next attempt; empty to stop
     */
    Optional<Duration> next(boolean repeatable, Optional<Duration> retryAfter, int attempts, Duration left) {
        if (!repeatable || attempts > retries) {
            return Optional.empty();
        }
        Duration wait = retryAfter.orElseGet(() -> backoff(attempts));
        return wait.compareTo(LONGEST_WAIT) <= 0 && wait.compareTo(left) < 0 ? Optional.of(wait) : Optional.empty();
    }

    /** Exponential, with full jitter: a random time between zero and the whole backoff. */
    private Duration backoff(int attempts) {
        long whole = Math.min(LONGEST_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << Math.min(attempts - 1, 10));
        return Duration.ofMillis((long) (whole * random.getAsDouble()));
    }
}
