package io.flaremail.api;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends an upload at its deadline. Writing to a peer that has stopped reading blocks for ever, whatever the read timeout;
 * only another thread can end it. Bodies that fit into socket buffers cannot block and go without. The thread lives as
 * long as the upload.
 */
final class UploadWatch {
    private static final long FITS_INTO_BUFFERS = 16 * 1024;

    private final CountDownLatch over = new CountDownLatch(1);

    private UploadWatch() {}

    static UploadWatch over(RequestBody body, Deadline deadline, Runnable cancel) {
        UploadWatch watch = new UploadWatch();
        if (body != null && body.length() > FITS_INTO_BUFFERS && deadline.isBounded()) {
            Thread thread = new Thread(() -> watch.run(deadline, cancel), "flaremail-upload-watch");
            thread.setDaemon(true);
            thread.start();
        }
        return watch;
    }

    private void run(Deadline deadline, Runnable cancel) {
        try {
            if (!over.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                cancel.run();
            }
        } catch (InterruptedException nobodyDoesThis) {
            Thread.currentThread().interrupt();
        }
    }

    /** The upload is over, one way or another. */
    void end() {
        over.countDown();
    }
}
