package io.flaremail.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket that can be connected and read until a deadline. A read timeout alone bounds each read, and a peer that drips single bytes,
 * of a TLS record, a header or a body, could hold a message for ever.
 */
final class DeadlineSocket extends Socket {
    private volatile Deadline deadline = Deadline.NONE;

    void until(Deadline end) {
        this.deadline = end;
    }

    /** A name may stand for several addresses, and each is tried with the same timeout. */
    @Override
    public void connect(SocketAddress peer, int timeout) throws IOException {
        super.connect(peer, atMost(timeout));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int timeout = getSoTimeout();
                setSoTimeout(atMost(timeout));
                try {
                    return super.read(bytes, offset, length);
                } finally {
                    restore(timeout);
                }
            }
        };
    }

    private int atMost(int timeout) throws SocketTimeoutException {
        Duration time = deadline.atMost(Duration.ofMillis(timeout));
        if (deadline.isOver()) {
            throw new SocketTimeoutException("the deadline has passed");
        }
        return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
    }

    /** A socket that was closed while it was read has no timeout to restore. */
    private void restore(int timeout) throws IOException {
        if (!isClosed()) {
            setSoTimeout(timeout);
        }
    }
}
