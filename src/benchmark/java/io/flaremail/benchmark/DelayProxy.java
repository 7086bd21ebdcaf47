package io.flaremail.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes TCP on with a delay, half a round trip in each direction. Bytes are pipelined, so bandwidth is not limited. The
 * kernel opens a connection to a proxy at once; the round trip that opening costs is added to the client's first bytes,
 * which is the same to whoever speaks first, as all TLS clients do.
 */
final class DelayProxy {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NAP = TimeUnit.MICROSECONDS.toNanos(50);

    /** One direction of a connection. */
    private static final class Lane {
        final SocketChannel from;
        final SocketChannel to;
        final long delay;
        long last;

        Lane(SocketChannel from, SocketChannel to, long delay, long notBefore) {
            this.from = from;
            this.to = to;
            this.delay = delay;
            this.last = notBefore;
        }
    }

    /** Bytes, or null at the end, on their way. */
    private record Piece(Lane lane, byte[] bytes, long due, long number) {}

    private final Selector selector;
    private final PriorityQueue<Piece> underWay =
            new PriorityQueue<>(Comparator.comparingLong(Piece::due).thenComparingLong(Piece::number));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final ServerSocketChannel door = ServerSocketChannel.open();
    private final InetSocketAddress target;
    private final long oneWay;
    private long count;

    private DelayProxy(int target, int roundTripMillis) throws IOException {
        this.target = new InetSocketAddress("127.0.0.1", target);
        this.oneWay = roundTripMillis * MILLISECOND / 2;
        selector = Selector.open();
        door.bind(new InetSocketAddress("127.0.0.1", 0), 512);
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** @return the port to connect to instead */
    static int before(int target, int roundTripMillis) throws IOException {
        DelayProxy proxy = new DelayProxy(target, roundTripMillis);
        Thread thread = new Thread(proxy::run, "delay-" + roundTripMillis);
        thread.setDaemon(true);
        thread.start();
        return ((InetSocketAddress) proxy.door.getLocalAddress()).getPort();
    }

    private void run() {
        try {
            while (true) {
                await();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid() && key.isAcceptable()) {
                        accept();
                    } else if (key.isValid() && key.isReadable()) {
                        read((Lane) key.attachment(), key);
                    }
                }
                selector.selectedKeys().clear();
                deliver();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() throws IOException {
        Piece next = underWay.peek();
        if (next == null) {
            selector.select();
            return;
        }
        long left = next.due - System.nanoTime();
        if (left >= MILLISECOND) {
            selector.select(left / MILLISECOND);
        } else if (selector.selectNow() == 0 && left > 0) {
            LockSupport.parkNanos(Math.min(left, NAP));
        }
    }

    private void accept() throws IOException {
        SocketChannel client = door.accept();
        SocketChannel server = SocketChannel.open(target);
        long open = System.nanoTime() + 3 * oneWay;
        watch(new Lane(client, server, oneWay, open));
        watch(new Lane(server, client, oneWay, 0));
    }

    private void watch(Lane lane) throws IOException {
        lane.from.setOption(StandardSocketOptions.TCP_NODELAY, true);
        lane.from.configureBlocking(false);
        lane.from.register(selector, SelectionKey.OP_READ, lane);
    }

    private void read(Lane lane, SelectionKey key) {
        byte[] bytes = null;
        try {
            buffer.clear();
            if (lane.from.read(buffer) > 0) {
                bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
            } else {
                key.cancel();
            }
        } catch (IOException reset) {
            key.cancel();
        }
        lane.last = Math.max(lane.last, System.nanoTime() + lane.delay);
        underWay.add(new Piece(lane, bytes, lane.last, count++));
    }

    private void deliver() {
        long now = System.nanoTime();
        while (!underWay.isEmpty() && underWay.peek().due <= now) {
            Piece piece = underWay.remove();
            try {
                if (piece.bytes == null) {
                    end(piece.lane);
                } else {
                    write(piece.lane.to, ByteBuffer.wrap(piece.bytes));
                }
            } catch (IOException gone) {
                close(piece.lane);
            }
        }
    }

    private static void write(SocketChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (to.write(bytes) == 0) {
                LockSupport.parkNanos(NAP);
            }
        }
    }

    private static void end(Lane lane) throws IOException {
        if (lane.to.isOpen()) {
            lane.to.shutdownOutput();
        }
        if (lane.to.socket().isInputShutdown() || lane.from.socket().isOutputShutdown()) {
            close(lane);
        }
    }

    private static void close(Lane lane) {
        try (SocketChannel from = lane.from;
                SocketChannel to = lane.to) {
            from.isOpen();
            to.isOpen();
        } catch (IOException closed) {
            // that is what was wanted
        }
    }
}
