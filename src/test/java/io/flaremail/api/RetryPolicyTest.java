package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flaremail.http.HttpOutcome;
import io.flaremail.http.RequestBodyException;
import io.flaremail.http.RequestPhase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a request is made again, and after how long. */
class RetryPolicyTest {
    private static final int RETRIES = 2;
    private static final double DICE = 1;

    /** Times are milliseconds; an empty Retry-After is an absent one, and an empty wait means: stop. */
    @ParameterizedTest(name = "{0}, attempt {1}, {2} ms left, Retry-After {3}: wait {4}")
    @CsvSource({
        // outcome, attempts made, left, Retry-After, wait
        "retryable refusal,  1, 300000,        ,   500",
        "retryable refusal,  2, 300000,        ,  1000",
        "retryable refusal,  3, 300000,        ,      ",
        "unsent,             1, 300000,        ,   500",
        "unsent,             2, 300000,        ,  1000",
        "unsent,             3, 300000,        ,      ",
        "final refusal,      1, 300000,        ,      ",
        "final refusal,      1, 300000,    1000,      ",
        "unsent for good,    1, 300000,        ,      ",
        "unknown,            1, 300000,        ,      ",
        "accepted,           1, 300000,        ,      ",
        // the API says how long
        "retryable refusal,  1, 300000,       0,     0",
        "retryable refusal,  1, 300000,    7000,  7000",
        "retryable refusal,  2, 300000,    7000,  7000",
        "retryable refusal,  3, 300000,    7000,      ",
        "retryable refusal,  1, 300000,   60000, 60000",
        "retryable refusal,  1, 300000,   60001,      ",
        "retryable refusal,  1, 300000, 3600000,      ",
        // the wait must end before the deadline
        "retryable refusal,  1,    501,        ,   500",
        "retryable refusal,  1,    500,        ,      ",
        "retryable refusal,  1,      0,        ,      ",
        "retryable refusal,  1,      0,       0,      ",
        "retryable refusal,  1,      1,       0,     0",
        "retryable refusal,  1,   7000,    7000,      ",
        "retryable refusal,  1,   7001,    7000,  7000",
        "unsent,             1,      0,        ,      ",
    })
    void waitOrStop(String outcome, int attempts, long left, Long retryAfter, Long wait) {
        assertEquals(
                Optional.ofNullable(wait).map(Duration::ofMillis),
                next(
                        new RetryPolicy(RETRIES, () -> DICE),
                        outcome(outcome, retryAfter),
                        attempts,
                        Duration.ofMillis(left)));
    }

    @ParameterizedTest(name = "dice {0}, attempt {1}: {2} ms")
    @CsvSource({
        // dice, attempts made, wait
        "0,   1,     0",
        "0.5, 1,   250",
        "1,   1,   500",
        "0,   2,     0",
        "0.5, 2,   500",
        "1,   2,  1000",
        "1,   5,  8000",
        "1,   6, 16000",
        "0,   7,     0",
        "0.5, 7, 10000",
        "1,   7, 20000",
        "1,   8, 20000",
        "1,  63, 20000",
        "1,  64, 20000",
        "1,  65, 20000",
        "1, 2147483646, 20000",
    })
    void jitterIsFullAndBounded(double dice, int attempts, long wait) {
        assertEquals(
                Optional.of(Duration.ofMillis(wait)),
                next(
                        new RetryPolicy(Integer.MAX_VALUE, () -> dice),
                        outcome("unsent", null),
                        attempts,
                        Duration.ofDays(36500)));
    }

    @ParameterizedTest(name = "{0} retries, attempt {1}: again {2}")
    @CsvSource({"0, 1, false", "1, 1, true", "1, 2, false", "9, 9, true", "9, 10, false"})
    void soManyRetriesAndNoMore(int retries, int attempts, boolean again) {
        assertEquals(
                again,
                next(new RetryPolicy(retries, () -> DICE), outcome("unsent", null), attempts, Duration.ofDays(1))
                        .isPresent());
    }

    private static Optional<Duration> next(RetryPolicy policy, SendOutcome outcome, int attempts, Duration left) {
        return policy.next(outcome.isRetryable(), outcome.getRetryAfter(), attempts, left);
    }

    private static SendOutcome outcome(String name, Long retryAfterMillis) {
        Duration retryAfter = retryAfterMillis == null ? null : Duration.ofMillis(retryAfterMillis);
        HttpOutcome reply = HttpOutcome.answered(429, null, null, new byte[0], null, RequestPhase.WHOLE);
        return switch (name) {
            case "retryable refusal" -> SendOutcome.refused(reply, List.of(), retryAfter, true);
            case "final refusal" -> SendOutcome.refused(reply, List.of(), retryAfter, false);
            case "unsent" -> SendOutcome.unsent(new IOException("refused"), true);
            case "unsent for good" -> SendOutcome.unsent(new RequestBodyException("changed", null), false);
            case "unknown" -> SendOutcome.unknown(reply, List.of());
            case "accepted" ->
                SendOutcome.accepted(reply, new SendResult(null, List.of(), List.of(), List.of(), List.of()));
            default -> throw new IllegalArgumentException(name);
        };
    }
}
