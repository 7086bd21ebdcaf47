package io.flaremail.http;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;

/**
 * Ends an upload at its deadline. Writing to a peer that has stopped reading blocks without limit, whatever the read
 * timeout; only another thread can end it. That thread exists while a body larger than the socket's buffer is being
 * written, so there are never more of them than connections.
 */
final class UploadTimeout {
    /** What any socket buffer holds. */
    private static final long SMALLEST_BUFFER = 16 * 1024;

    private final CountDownLatch over = new CountDownLatch(1);

    private UploadTimeout() {}

    /**
     * Begins to watch.
     *
     * @param entity what will be written, or null
     */
    static UploadTimeout over(PooledConnection connection, HttpEntity entity, Deadline deadline) throws IOException {
        UploadTimeout watch = new UploadTimeout();
        if (entity != null && deadline.isBounded() && mayBlock(entity.getContentLength(), connection.getSocket())) {
            Thread thread = new Thread(() -> watch.run(deadline, connection), "flaremail-upload-watch");
            thread.setDaemon(true);
            thread.start();
        }
        return watch;
    }

    /** The kernel counts its own bookkeeping as a part of the buffer, up to half of it. */
    private static boolean mayBlock(long length, Socket socket) throws IOException {
        return length > SMALLEST_BUFFER && (socket == null || length > socket.getSendBufferSize() / 2);
    }

    private void run(Deadline deadline, PooledConnection connection) {
        try {
            if (!over.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                connection.close(CloseMode.IMMEDIATE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The upload is over, one way or another. */
    void end() {
        over.countDown();
    }
}
