package io.flaremail.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How many messages may be sent in an hour or a day, both in UTC. */
record Quota(ChronoUnit unit, long value) {

    Instant windowStart(Instant now) {
        return now.truncatedTo(unit);
    }

    Instant resetsAt(Instant now) {
        return windowStart(now).plus(1, unit);
    }

    String unitName() {
        return unit == ChronoUnit.HOURS ? "hour" : "day";
    }
}
