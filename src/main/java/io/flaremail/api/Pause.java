package io.flaremail.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sleeps on the caller's thread. */
final class Pause {
    private Pause() {}

    /** @return false if the thread was interrupted; its interrupt status is then set */
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
