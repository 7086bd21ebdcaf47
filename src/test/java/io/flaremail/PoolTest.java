package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are kept: what servers do to idle ones, waiting for one, interrupts, and letting go. */
@Timeout(120)
class PoolTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private static final String UNASKED = Peer.accepted("unasked@example.net");

    private record Habit(String name, Peer.Script script) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What a server does after its answer to the first request of a connection. */
    static Stream<Habit> habits() {
        return Stream.of(
                habit("hangs up", line -> {}),
                habit("resets", line -> line.socket.setSoLinger(true, 0)),
                habit("closes its half", line -> {
                    line.socket.shutdownOutput();
                    line.awaitEnd();
                }),
                habit("sends a late 408", line -> {
                    line.say(Peer.answer("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n", ""));
                    line.awaitEnd();
                }),
                habit("answers twice, 50 ms apart", line -> {
                    Idle.millis(50);
                    line.say(UNASKED);
                    Peer.answerAll(line);
                }),
                habit("sends a line end too many", line -> {
                    line.say("\r\n");
                    Peer.answerAll(line);
                }),
                habit("announces an answer that nobody asked for", line -> {
                    line.say("HTTP/1.1 100 Continue\r\n\r\n");
                    Peer.answerAll(line);
                }));
    }

    private static Habit habit(String name, Peer.Script afterTheFirst) {
        return new Habit(name, line -> {
            String recipient = line.read();
            if (recipient != null) {
                line.say(Peer.accepted(recipient));
                afterTheFirst.talk(line);
            }
        });
    }

    @ParameterizedTest(name = "a server that {0}")
    @MethodSource("habits")
    void idleConnectionsLoseNothing(Habit habit) throws Exception {
        try (Peer peer = Peer.saying(habit.script())) {
            for (int i = 0; i < 6; i++) {
                accepted(peer, "m" + i + "@example.net");
                Idle.millis(Idle.NO_LONGER_FRESH);
            }
            assertEquals(recipients(6), peer.recipients());
        }
    }

    @Test
    void twoAnswersAtOnceAreOneAnswer() throws Exception {
        Peer.Script twice = line -> {
            for (String recipient = line.read(); recipient != null; recipient = line.read()) {
                line.say(Peer.accepted(recipient) + UNASKED);
            }
        };
        try (Peer peer = Peer.saying(twice)) {
            for (int i = 0; i < 50; i++) {
                accepted(peer, "m" + i + "@example.net");
            }
            assertEquals(recipients(50), peer.recipients());
            assertEquals(50, peer.connections(), "none is used again");
        }
    }

    /** The race that nobody can win: the server hangs up while the next request is under way. Then the answer is: unknown. */
    @Test
    void hangingUpAtOnceIsNeverAnsweredWrongly() throws Exception {
        Peer.Script once = line -> line.say(Peer.accepted(line.read()));
        try (Peer peer = Peer.saying(once)) {
            for (int i = 0; i < 200; i++) {
                String recipient = "m" + i + "@example.net";
                Told told = Told.send(peer.properties(), 100, recipient).addsUp();
                boolean arrived = peer.recipients().contains(recipient);
                RecipientStatus status = told.report().getRecipients().get(0).getStatus();
                assertTrue(
                        status == (arrived ? RecipientStatus.ACCEPTED : RecipientStatus.UNKNOWN)
                                || !arrived && status == RecipientStatus.UNSENT,
                        status + ", arrived: " + arrived);
                assertEquals(
                        arrived ? Optional.of("<" + recipient + ">") : Optional.empty(),
                        told.report().getMessageId());
            }
        }
    }

    @Test
    void aRestartedServerFindsNoOldConnections() throws Exception {
        int port;
        Peer before = Peer.saying(Peer::answerAll);
        try (before) {
            port = before.port();
            inParallel(
                    8,
                    IntStream.range(0, 32)
                            .mapToObj(i -> sending(before.properties(), i))
                            .toList());
        }
        try (Peer after = Peer.saying(port, Peer::answerAll)) {
            Idle.millis(Idle.NO_LONGER_FRESH);
            List<Told> told = inParallel(
                    8,
                    IntStream.range(0, 32)
                            .mapToObj(i -> sending(after.properties(), i))
                            .toList());
            told.forEach(each -> assertEquals(Set.of(RecipientStatus.ACCEPTED), each.statuses()));
            assertEquals(32, after.recipients().size());
        }
    }

    @Test
    void eightThreadsShareOneConnection() throws Exception {
        try (Peer peer = Peer.saying(Peer::answerAll)) {
            Properties properties = peer.properties("mail.cloudflare.maxconnections", "1");
            List<Told> told = inParallel(
                    8,
                    IntStream.range(0, 200)
                            .mapToObj(i -> sending(properties, i))
                            .toList());
            told.forEach(PoolTest::isAnsweredItsOwn);
            assertEquals(200, peer.recipients().size());
            assertEquals(1, peer.connections());
        }
    }

    @Test
    void whoGetsNoConnectionInTimeHasSentNothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (Peer peer = Peer.saying(slow(asked, answer))) {
            FutureTask<Told> first = started(
                    () -> Told.send(peer.properties("mail.cloudflare.maxconnections", "1"), 100, "first@example.net"));
            asked.await();
            Told second = Told.send(
                            peer.properties(
                                    "mail.cloudflare.maxconnections",
                                    "1",
                                    "mail.cloudflare.timeout",
                                    "100",
                                    "mail.cloudflare.retries",
                                    "1"),
                            100,
                            "second@example.net")
                    .addsUp();
            assertEquals(Set.of(RecipientStatus.UNSENT), second.statuses());
            assertTrue(second.report().isRetryable());
            assertEquals(2, second.report().getAttempts());
            answer.countDown();
            isAnsweredItsOwn(first.get());
            assertEquals(List.of("first@example.net"), peer.recipients());
        }
    }

    @Test
    void interruptedWhileWaitingForAConnection() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (Peer peer = Peer.saying(slow(asked, answer))) {
            Properties properties =
                    peer.properties("mail.cloudflare.maxconnections", "1", "mail.cloudflare.retries", "5");
            FutureTask<Told> first = started(() -> Told.send(properties, 100, "first@example.net"));
            asked.await();
            FutureTask<Told> second = new FutureTask<>(() -> Told.send(properties, 100, "second@example.net"));
            Thread waiting = new Thread(second, "waiting");
            waiting.start();
            awaitState(waiting, "org.apache.hc.core5.pool");
            waiting.interrupt();
            Told told = second.get(20, TimeUnit.SECONDS).addsUp();
            assertEquals(Set.of(RecipientStatus.UNSENT), told.statuses());
            assertEquals(1, told.report().getAttempts());
            assertTrue(told.interrupted());
            answer.countDown();
            isAnsweredItsOwn(first.get());
            assertEquals(List.of("first@example.net"), peer.recipients());
        }
    }

    /** Reading a socket cannot be interrupted; the answer comes, and says what became of the message. */
    @Test
    void interruptedWhileWaitingForTheAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (Peer peer = Peer.saying(slow(asked, answer))) {
            FutureTask<Told> send = new FutureTask<>(() -> Told.send(peer.properties(), 100, "m0@example.net"));
            Thread waiting = new Thread(send, "waiting");
            waiting.start();
            asked.await();
            waiting.interrupt();
            answer.countDown();
            Told told = send.get(20, TimeUnit.SECONDS).addsUp();
            isAnsweredItsOwn(told);
            assertTrue(told.interrupted());
        }
    }

    @Test
    void interruptedBetweenTwoTries() throws Exception {
        sandbox.fail(Fault.error(429, 10004, "email.sending.error.throttled").header("Retry-After", "50"));
        Properties properties = Mail.properties(sandbox);
        FutureTask<Told> send = new FutureTask<>(() -> Told.send(properties, 100, "m0@example.net"));
        Thread waiting = new Thread(send, "waiting");
        waiting.start();
        awaitState(waiting, "io.flaremail.api.EmailSending.sleep");
        waiting.interrupt();
        Told told = send.get(20, TimeUnit.SECONDS).addsUp();
        assertEquals(Set.of(RecipientStatus.REFUSED), told.statuses());
        assertTrue(told.report().isRetryable());
        assertTrue(told.interrupted());
        assertEquals(1, sandbox.requests().size());
        assertTrue(sandbox.accepted().isEmpty());
    }

    @Test
    void closingTheTransportDoesNotTouchASendOfAnotherThread() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (Peer peer = Peer.saying(slow(asked, answer))) {
            Session session = Session.getInstance(peer.properties());
            Transport transport = session.getTransport();
            transport.connect();
            Events events = Events.of(transport);
            FutureTask<Void> send = started(() -> {
                transport.sendMessage(Mail.message(session, "m0@example.net"), Mail.addresses("m0@example.net"));
                return null;
            });
            asked.await();
            transport.close();
            assertFalse(transport.isConnected());
            answer.countDown();
            send.get(20, TimeUnit.SECONDS);
            assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
            assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
        }
    }

    @Test
    void aThousandSendsOnSixtyFourThreadsWithFaults() throws Exception {
        AtomicInteger count = new AtomicInteger();
        Peer.Script moody = line -> {
            for (String recipient = line.read(); recipient != null; recipient = line.read()) {
                switch (count.incrementAndGet() % 13) {
                    case 3:
                        return;
                    case 5:
                        line.say(Peer.accepted(recipient) + UNASKED);
                        break;
                    case 7:
                        line.say(Peer.accepted(recipient));
                        return;
                    case 9:
                        line.say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n"
                                + Peer.accepted(recipient));
                        break;
                    case 11:
                        line.say(Peer.accepted(recipient).substring(0, 60));
                        return;
                    default:
                        line.say(Peer.accepted(recipient));
                }
            }
        };
        try (Peer peer = Peer.saying(moody)) {
            List<Told> told = assertTimeoutPreemptively(
                    Duration.ofSeconds(60),
                    () -> inParallel(
                            64,
                            IntStream.range(0, 1000)
                                    .mapToObj(i -> sending(peer.properties("mail.cloudflare.retries", "2"), i))
                                    .toList()));
            assertEquals(1000, told.size());
            for (Told each : told) {
                String recipient = each.to()[0].getAddress();
                long arrived =
                        peer.recipients().stream().filter(recipient::equals).count();
                switch (each.report().getRecipients().get(0).getStatus()) {
                    case ACCEPTED -> {
                        assertEquals(1, arrived, recipient);
                        isAnsweredItsOwn(each);
                    }
                    case UNKNOWN -> assertTrue(arrived <= 1, recipient);
                    default -> assertEquals(0, arrived, recipient);
                }
            }
        }
    }

    /** Pools that were forgotten let go of their connections with the garbage. */
    @Test
    void moreConfigurationsThanAreKeptDoNotLeak() throws Exception {
        try (Peer peer = Peer.saying(Peer::answerAll)) {
            for (int i = 1; i <= 60; i++) {
                Properties properties = peer.properties("mail.cloudflare.maxconnections", String.valueOf(1000 + i));
                isAnsweredItsOwn(Told.send(properties, 100, "m" + i + "@example.net"));
            }
            for (int i = 0; i < 100 && peer.open() > 16; i++) {
                System.gc();
                Idle.millis(50);
            }
            assertTrue(peer.open() <= 16, peer.open() + " connections");
            assertEquals(60, peer.recipients().size());
        }
    }

    private static void accepted(Peer peer, String recipient) throws Exception {
        isAnsweredItsOwn(Told.send(peer.properties(), 100, recipient));
    }

    private static void isAnsweredItsOwn(Told told) {
        told.addsUp();
        assertEquals(Set.of(RecipientStatus.ACCEPTED), told.statuses(), String.valueOf(told.thrown()));
        assertEquals(
                Optional.of("<" + told.to()[0].getAddress() + ">"),
                told.report().getMessageId());
    }

    private static List<String> recipients(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i + "@example.net").toList();
    }

    private static Peer.Script slow(CountDownLatch asked, CountDownLatch answer) {
        return line -> {
            for (String recipient = line.read(); recipient != null; recipient = line.read()) {
                asked.countDown();
                answer.await();
                line.say(Peer.accepted(recipient));
            }
        };
    }

    private static Callable<Told> sending(Properties properties, int i) {
        return () -> Told.send(properties, 100, "m" + i + "@example.net").addsUp();
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task, "sender").start();
        return task;
    }

    private static List<Told> inParallel(int threads, List<Callable<Told>> sends) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Told> told = new ArrayList<>();
            for (Future<Told> sent : executor.invokeAll(sends)) {
                told.add(sent.get());
            }
            return told;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Until the thread waits somewhere below a method whose name begins so. */
    private static void awaitState(Thread thread, String where) {
        while (!(thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING)
                || Stream.of(thread.getStackTrace())
                        .noneMatch(frame -> (frame.getClassName() + "." + frame.getMethodName()).startsWith(where))) {
            Thread.onSpinWait();
        }
    }
}
