package io.flaremail.http;

import java.time.Duration;

/**
 * A deadline on the monotonic clock, unaffected by system clock changes. Immutable.
 *
 * <p>No request begins after it, and a retry or a further request begins only with some time left: a tenth of the
 * whole, a second at most. The response to a completely sent request that changes something is awaited past the
 * deadline, for the response timeout (60 s if that is disabled): giving up would make a known outcome unknown.
 *
 * <p>Tests: DeadlineTest.
 */
public final class Deadline {
    /** No deadline. */
    public static final Deadline NONE = new Deadline(0, false, Duration.ZERO);

    private static final Duration CENTURY = Duration.ofDays(36500);

    private static final Duration LONGEST_RESERVE = Duration.ofSeconds(1);

    private final long nanoTime;
    private final boolean bounded;
    private final Duration reserve;

    private Deadline(long nanoTime, boolean bounded, Duration reserve) {
        this.nanoTime = nanoTime;
        this.bounded = bounded;
        this.reserve = reserve;
    }

    /** @param time from now; zero, or more than a century, means no deadline */
    public static Deadline in(Duration time) {
        return time.isZero() || time.compareTo(CENTURY) > 0
                ? NONE
                : new Deadline(System.nanoTime() + time.toNanos(), true, reserve(time));
    }

    /** A tenth of the whole, a second at most. */
    private static Duration reserve(Duration time) {
        Duration tenth = time.dividedBy(10);
        return tenth.compareTo(LONGEST_RESERVE) < 0 ? tenth : LONGEST_RESERVE;
    }

    public boolean isBounded() {
        return bounded;
    }

    public boolean isOver() {
        return bounded && nanoTime - System.nanoTime() <= 0;
    }

    /** The time left, at least zero; a century if there is no deadline. */
    public Duration left() {
        return bounded ? Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())) : CENTURY;
    }

    /** The time left to begin a further request, since one begun at the last moment fails. At least zero. */
    public Duration leftToBegin() {
        Duration time = left().minus(reserve);
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** Whether enough time is left to begin a further request. */
    public boolean allowsAnother() {
        return !leftToBegin().isZero();
    }

    /** The shorter of this and the time left. Zero, which means no limit, becomes the time left. */
    public Duration atMost(Duration time) {
        return bounded && (time.isZero() || left().compareTo(time) < 0) ? left().plusMillis(1) : time;
    }

    /** The earlier one of this and {@code in(time)}. */
    public Deadline orIn(Duration time) {
        return time.isZero() || left().compareTo(time) < 0 ? this : in(time);
    }

    /** The later one of this and {@code in(time)}. */
    public Deadline orLater(Duration time) {
        return bounded && left().compareTo(time) < 0 ? in(time) : this;
    }
}
