package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads that end an upload at its deadline: one for each connection that is being written to, not for each caller. */
@Timeout(120)
class UploadTimeoutTest {
    private static final int CALLERS = 12;
    private static final int CONNECTIONS = 2;

    @Test
    void callersThatWaitForAConnectionHaveNoThread() throws Exception {
        CountDownLatch reading = new CountDownLatch(CONNECTIONS);
        CountDownLatch readOn = new CountDownLatch(1);
        Peer.Script patient = line -> {
            line.head();
            reading.countDown();
            readOn.await();
        };
        try (Peer peer = Peer.saying(patient)) {
            Properties properties = peer.properties("mail.cloudflare.maxconnections", "" + CONNECTIONS);
            List<Thread> callers = IntStream.range(0, CALLERS)
                    .mapToObj(i -> new Thread(() -> send(properties, 8_000_000)))
                    .toList();
            callers.forEach(Thread::start);
            reading.await();
            for (int i = 0; i < 1000 && watches() < CONNECTIONS; i++) {
                Idle.millis(10);
            }
            for (int i = 0; i < 20; i++) {
                assertTrue(watches() <= CONNECTIONS, watches() + " threads for " + CONNECTIONS + " connections");
                Idle.millis(10);
            }
            assertEquals(CONNECTIONS, watches());
            readOn.countDown();
            for (Thread caller : callers) {
                caller.join();
            }
        }
        for (int i = 0; i < 1000 && watches() > 0; i++) {
            Idle.millis(10);
        }
        assertEquals(0, watches());
    }

    /** It fits into the socket's buffer, so that writing it cannot block. */
    @Test
    void aSmallMessageHasNoThread() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        Peer.Script patient = line -> {
            String recipient = line.read();
            read.countDown();
            answer.await();
            line.say(Peer.accepted(recipient));
        };
        try (Peer peer = Peer.saying(patient)) {
            Thread caller = new Thread(() -> send(peer.properties(), 8_000));
            caller.start();
            read.await();
            assertEquals(0, watches());
            answer.countDown();
            caller.join();
        }
    }

    private static long watches() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("flaremail-upload-watch"))
                .count();
    }

    private static void send(Properties properties, int bytes) {
        try {
            Told.send(properties, bytes, "a@example.net").addsUp();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
