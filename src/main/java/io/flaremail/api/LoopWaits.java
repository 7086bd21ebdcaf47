package io.flaremail.api;

import java.time.Duration;

/**
 * How long an {@link EventLoop} waits between pulls. Immutable.
 *
 * <p>Tests: EventLoopTest.
 */
final class LoopWaits {
    private static final Duration LONGEST_AFTER_FAILURES = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private final Duration first;
    private final Duration longest;

    /** @param longest while the queue is empty */
    LoopWaits(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    LoopWaits first(Duration time) {
        return new LoopWaits(time, longest);
    }

    LoopWaits longest(Duration time) {
        return new LoopWaits(first, time);
    }

    /** While the queue is empty: 1 s, 2 s, 4 s, up to the longest wait. */
    Duration whileEmpty(Duration last) {
        return least(longest, last.isZero() ? first : last.multipliedBy(2));
    }

    /**
     * 1 s, 2 s, 4 s, up to a minute, or longer if the response asks for it.
     *
     * @param failures in a row, at least 1
     * @param failure the last one, or null
     */
    Duration afterFailures(int failures, CloudflareApiException failure) {
        Duration own = least(LONGEST_AFTER_FAILURES, first.multipliedBy(1L << Math.min(failures - 1, 10)));
        Duration asked =
                failure == null ? Duration.ZERO : failure.getRetryAfter().orElse(Duration.ZERO);
        Duration allowed = least(LONGEST_RETRY_AFTER, asked);
        return allowed.compareTo(own) > 0 ? allowed : own;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
