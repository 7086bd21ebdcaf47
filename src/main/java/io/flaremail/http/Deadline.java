package io.flaremail.http;

import java.time.Duration;

/**
 * A deadline on the monotonic clock, unaffected by system clock changes. Immutable.
 *
 * <p>Nothing begins after it, and a retry or a further request begins only with some time left: a tenth of the whole, a
 * second at most. A request that changes something and has gone out whole is waited for past the deadline, for the
 * response timeout (60 s where that is disabled): to leave would turn a known outcome into an unknown one.
 *
 * <p>Tests: DeadlineTest.
 */
public final class Deadline {
    /** Never. */
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

    /** @param time from now on; zero for none, and more than a century is none either */
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

    /** What is left, at least zero; a century where there is no end. */
    public Duration left() {
        return bounded ? Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())) : CENTURY;
    }

    /** What is left for beginning a further request: one that begins in the last moment only fails. At least zero. */
    public Duration leftToBegin() {
        Duration time = left().minus(reserve);
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** Whether enough time is left to begin a further request. */
    public boolean allowsAnother() {
        return !leftToBegin().isZero();
    }

    /** This much, or what is left when that is less. Zero, which means no limit, becomes what is left. */
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
