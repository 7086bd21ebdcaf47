package io.flaremail.api;

import java.time.Duration;

/**
 * How long an {@link EventLoop} waits between pulls. Immutable.
 *
 * <p>Tests: EventLoopTest.
 */
final class LoopWaits {
    private static final int MOST_DOUBLED = 60;
    private static final int EVENT_DELAY = 10;
    private static final int MOST_EVENT_DELAY = 300;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private final Duration first;
    private final Duration longest;

    /** @param longest while the queue is empty, or the handler fails */
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
     * 1 s, 2 s, 4 s, up to a minute after requests that failed, or longer if the response asks for it; up to the longest wait
     * after events that failed, since each of them has a longer delay of its own, and others may succeed.
     *
     * @param failures in a row, at least 1
     * @param request the last one, if it failed; null if it was the handler
     */
    Duration afterFailures(int failures, CloudflareApiException request) {
        Duration own = doubled(failures);
        if (request == null) {
            return least(longest, own);
        }
        Duration asked = least(LONGEST_RETRY_AFTER, request.getRetryAfter().orElse(Duration.ZERO));
        return asked.compareTo(own) > 0 ? asked : own;
    }

    /**
     * How long an event that failed stays away: 10 s, 20 s, 40 s, up to 5 minutes. Longer than the loop waits, so that the next
     * pulls have other events, even if a group of them always fails.
     *
     * @param times it has failed, at least 1
     */
    Duration ofEvent(int times) {
        return first.multipliedBy(Math.min(EVENT_DELAY * (1L << Math.min(times - 1, 10)), MOST_EVENT_DELAY));
    }

    private Duration doubled(int times) {
        return first.multipliedBy(Math.min(1L << Math.min(times - 1, 10), MOST_DOUBLED));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
