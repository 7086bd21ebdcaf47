package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits, for as long as a slow machine may need and no longer, for what other threads are about to do. */
final class Await {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private Await() {}

    static void until(BooleanSupplier condition) {
        Instant end = Instant.now().plus(BOUND);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "still waiting");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
