package io.flaremail.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that can be put forward, so that quotas reset and suppressions expire at once. */
final class AdjustableClock implements InstantSource {
    private final InstantSource base;
    private Duration ahead = Duration.ZERO;

    AdjustableClock(InstantSource base) {
        this.base = base;
    }

    @Override
    public synchronized Instant instant() {
        return base.instant().plus(ahead);
    }

    synchronized void advance(Duration time) {
        ahead = ahead.plus(time);
    }

    synchronized Duration ahead() {
        return ahead;
    }

    synchronized void reset() {
        ahead = Duration.ZERO;
    }
}
