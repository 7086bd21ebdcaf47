package io.flaremail.api;

import java.time.Duration;

/** An instant after which nobody waits any more; immutable. Counts monotonic time, so that setting a clock does no harm. */
public final class Deadline {
    /** Never. */
    public static final Deadline NONE = new Deadline(0, false);

    private static final Duration CENTURY = Duration.ofDays(36500);

    private final long nanoTime;
    private final boolean bounded;

    private Deadline(long nanoTime, boolean bounded) {
        this.nanoTime = nanoTime;
        this.bounded = bounded;
    }

    /** @param time from now on; zero for none, and more than a century is none either */
    public static Deadline in(Duration time) {
        return time.isZero() || time.compareTo(CENTURY) > 0
                ? NONE
                : new Deadline(System.nanoTime() + time.toNanos(), true);
    }

    boolean isBounded() {
        return bounded;
    }

    boolean isOver() {
        return bounded && nanoTime - System.nanoTime() <= 0;
    }

    /** What is left, at least zero; a century where there is no end. */
    Duration left() {
        return bounded ? Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())) : CENTURY;
    }

    /** This much, or what is left when that is less. Zero, which means no limit, becomes what is left. */
    Duration atMost(Duration time) {
        return bounded && (time.isZero() || left().compareTo(time) < 0) ? left().plusMillis(1) : time;
    }

    /** The earlier one of this and {@code in(time)}. */
    Deadline orIn(Duration time) {
        return time.isZero() || left().compareTo(time) < 0 ? this : in(time);
    }
}
