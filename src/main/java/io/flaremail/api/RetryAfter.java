package io.flaremail.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The {@code Retry-After} field of RFC 9110 section 10.2.3: seconds, or a date. */
final class RetryAfter {
    private static final long A_YEAR = Duration.ofDays(365).getSeconds();

    private RetryAfter() {}

    /**
     * @param value as received, or null
     * @return how long to wait from {@code now} on, never negative; empty when the field is absent or unreadable
     */
    static Optional<Duration> parse(String value, Instant now) {
        String text = value == null ? "" : value.trim();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(text), A_YEAR)));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isBefore(now) ? Duration.ZERO : Duration.between(now, date));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
