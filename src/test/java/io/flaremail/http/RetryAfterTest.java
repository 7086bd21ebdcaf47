package io.flaremail.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the Retry-After field of RFC 9110. */
class RetryAfterTest {
    @ParameterizedTest
    @CsvSource({
        "120, 120",
        "' 0 ', 0",
        "999999999, 31536000",
        "99999999999999, 31536000",
        "'Monday, 23-Nov-26 10:00:30 GMT', 30",
        "'Mon, 23 Nov 2026 10:00:30 GMT', 30",
        "'Mon, 23 Nov 2026 09:00:00 GMT', 0",
    })
    void retryAfterIsSecondsOrADate(String value, long seconds) {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), RetryAfter.parse(value, now));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1.5", "Mon, 99 Nov 2026 10:00:30 GMT"})
    void anUnreadableRetryAfterIsNone(String value) {
        assertEquals(Optional.empty(), RetryAfter.parse(value, Instant.EPOCH));
    }

    @Test
    void noRetryAfterIsNone() {
        assertEquals(Optional.empty(), RetryAfter.parse(null, Instant.EPOCH));
    }
}
