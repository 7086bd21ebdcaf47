package io.flaremail.samples.outbox;

import java.time.Duration;

/**
 * When to retry, and when to give up.
 *
 * @param first the wait after the first failure; it doubles with each further one
 * @param longest the longest wait, unless the service asks for a longer one, at most a day
 * @param attempts the number of attempts after which a message is given up
 */
public record Backoff(Duration first, Duration longest, int attempts) {
    /** From ten seconds to an hour, for about three days. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(10), Duration.ofHours(1), 80);

    private static final Duration MOST_ASKED = Duration.ofDays(1);

    Duration after(Attempt attempt, int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, 20));
        Duration own = doubled.compareTo(longest) < 0 ? doubled : longest;
        Duration asked = attempt.retryAfter().orElse(own);
        Duration allowed = asked.compareTo(MOST_ASKED) < 0 ? asked : MOST_ASKED;
        return allowed.compareTo(own) > 0 ? allowed : own;
    }
}
