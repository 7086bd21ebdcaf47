package io.flaremail.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting, on the caller's thread. */
final class Pause {
    private Pause() {}

    /** @return false when the thread is interrupted, which it then still is */
    static boolean sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            return !Thread.currentThread().isInterrupted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
