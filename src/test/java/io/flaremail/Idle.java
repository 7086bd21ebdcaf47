package io.flaremail;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time passing where that is the very thing to be tested: a connection that nobody uses, a peer that is slow. */
final class Idle {
    /** Longer than a connection counts as just used. */
    static final int NO_LONGER_FRESH = 150;

    private Idle() {}

    static void millis(int millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
