package io.flaremail.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;

/**
 * The {@code Retry-After} field of RFC 9110 section 10.2.3: seconds, or an HTTP date.
 *
 * <p>Tests: RetryAfterTest.
 */
public final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(365);

    private RetryAfter() {}

    /**
     * @param value as received, or null
     * @return how long to wait from {@code now} on, never negative; empty if the field is absent or malformed
     */
    public static Optional<Duration> parse(String value, Instant now) {
        String text = value == null ? "" : value.trim();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(atMost(Duration.ofSeconds(Long.parseLong(text))));
        }
        if (text.matches("\\d+")) {
            return Optional.of(LONGEST);
        }
        return Optional.ofNullable(DateUtils.parseStandardDate(text)).map(date -> until(date, now));
    }

    private static Duration until(Instant date, Instant now) {
        return date.isBefore(now) ? Duration.ZERO : atMost(Duration.between(now, date));
    }

    private static Duration atMost(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
