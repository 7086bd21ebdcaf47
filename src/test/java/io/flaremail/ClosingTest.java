package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionAdapter;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.ConnectionListener;
import jakarta.mail.event.TransportEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code close} waits for no one, and yet listeners hear everything, in order and once, however busy their thread is. */
class ClosingTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    /** While a transport closes, its other users must be able to ask whether it is connected, and to send. */
    @ParameterizedTest
    @ValueSource(strings = {"session", "application"})
    void aBusyEventQueueDoesNotDelayClosing(String scope) throws Exception {
        Session session = Mail.session(sandbox, "mail.event.scope", scope);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Transport first = session.getTransport();
        first.addConnectionListener(new ConnectionAdapter() {
            @Override
            public void opened(ConnectionEvent event) {
                busy.countDown();
                await(free);
            }
        });
        first.connect();
        await(busy);
        List<Events> heard = new ArrayList<>();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 20; i++) {
                heard.add(openAndClose(session));
            }
        });
        free.countDown();
        for (Events each : heard) {
            assertOpenedAndClosed(each);
        }
        first.close();
    }

    /** Where the application's executor has no thread to spare, listeners hear later, but everything. */
    @ParameterizedTest
    @ValueSource(strings = {"folder", "session"})
    void aBusyExecutorLosesNothing(String scope) throws Exception {
        HeldExecutor executor = new HeldExecutor();
        Session session = session(executor, "mail.event.scope", scope);
        Transport transport = session.getTransport();
        Events events = Events.of(transport);
        for (int i = 0; i < 3; i++) {
            transport.connect();
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
            transport.close();
            assertFalse(transport.isConnected());
        }
        assertTrue(events.isQuiet());
        executor.release();
        for (int i = 0; i < 3; i++) {
            assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
            assertOpenedAndClosed(events);
        }
        assertTrue(executor.ends(), "the queue still occupies a thread");
        assertTrue(events.isQuiet());
    }

    /** Ending a shared queue before its thread runs would drop the others' events. */
    @ParameterizedTest
    @CsvSource({"session, true", "session, false", "application, true", "application, false"})
    void closingOneTransportLosesNoEventOfAnother(String scope, boolean hasListeners) throws Exception {
        HeldExecutor executor = new HeldExecutor();
        inClassLoaderOfItsOwn(() -> {
            Session session = session(executor, "mail.event.scope", scope);
            Transport transport = session.getTransport();
            Events events = Events.of(transport);
            transport.connect();
            try (Transport other = session.getTransport()) {
                if (hasListeners) {
                    Events.of(other);
                }
                other.connect();
            }
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
            executor.release();
            assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
            assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
            transport.close();
            assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
            assertTrue(executor.ends(), "the queue still occupies a thread");
            return null;
        });
    }

    /** With Jakarta Mail's own finalizer, a transport that is garbage ends the queue of the others before its thread runs. */
    @ParameterizedTest
    @CsvSource({"session, true", "session, false", "application, true", "application, false"})
    void garbageLosesNoEventOfAnotherTransport(String scope, boolean closed) throws Exception {
        HeldExecutor executor = new HeldExecutor();
        inClassLoaderOfItsOwn(() -> {
            Session session = session(executor, "mail.event.scope", scope);
            CloudflareTransport garbage = (CloudflareTransport) session.getTransport();
            Events.of(garbage);
            garbage.connect();
            if (closed) {
                garbage.close();
            }
            Transport transport = session.getTransport();
            Events events = Events.of(transport);
            transport.connect();
            garbage.finalize();
            executor.release();
            assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
            transport.close();
            assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
            assertTrue(executor.ends(), "the queue still occupies a thread");
            return null;
        });
    }

    @Test
    void aTransportThatNobodyClosedOccupiesNoThread() throws Exception {
        HeldExecutor executor = new HeldExecutor();
        CloudflareTransport garbage = (CloudflareTransport) session(executor).getTransport();
        Events events = Events.of(garbage);
        garbage.connect();
        executor.release();
        assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
        garbage.finalize();
        assertTrue(executor.ends(), "the queue still occupies a thread");
    }

    @Test
    void transportsThatShareAQueueAllHearEverything() throws Exception {
        Session session = Mail.session(sandbox, "mail.event.scope", "session");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Events>>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(() -> {
                    List<Events> heard = new ArrayList<>();
                    for (int j = 0; j < 250; j++) {
                        heard.add(openAndClose(session));
                    }
                    return heard;
                }));
            }
            for (Future<List<Events>> result : results) {
                for (Events each : result.get()) {
                    assertOpenedAndClosed(each);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closedByManyThreadsIsClosedOnce() throws Exception {
        Transport transport = Mail.session(sandbox).getTransport();
        Events events = Events.of(transport);
        transport.connect();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Void> close = () -> {
                transport.close();
                return null;
            };
            for (Future<Void> closed : threads.invokeAll(Collections.nCopies(8, close))) {
                closed.get();
            }
        } finally {
            threads.shutdownNow();
        }
        transport.connect();
        assertOpenedAndClosed(events);
        assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
        transport.close();
        assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
        assertTrue(events.isQuiet());
    }

    @Test
    void aRemovedListenerHearsNothing() throws Exception {
        Transport transport = Mail.session(sandbox).getTransport();
        Events events = Events.of(transport);
        AtomicInteger heard = new AtomicInteger();
        ConnectionListener removed = new ConnectionAdapter() {
            @Override
            public void opened(ConnectionEvent event) {
                heard.incrementAndGet();
            }

            @Override
            public void closed(ConnectionEvent event) {
                heard.incrementAndGet();
            }
        };
        transport.addConnectionListener(removed);
        transport.removeConnectionListener(removed);
        transport.connect();
        transport.close();
        assertOpenedAndClosed(events);
        assertEquals(0, heard.get());
    }

    /** A pool that is full for a moment costs the events of that moment only. */
    @Test
    void anExecutorThatRefusesOnceHearsOfTheRest() throws Exception {
        HeldExecutor executor = new HeldExecutor();
        executor.release();
        AtomicInteger refusals = new AtomicInteger(1);
        Session session = session(task -> {
            if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("full");
            }
            executor.execute(task);
        });
        Transport transport = session.getTransport();
        Events events = Events.of(transport);
        assertThrows(RejectedExecutionException.class, transport::connect, "Jakarta Mail itself fails here");
        transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
        transport.close();
        assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
        assertTrue(executor.ends(), "the queue still occupies a thread");
    }

    /** Such as no native thread; the message has been accepted all the same. */
    @Test
    void anErrorOfTheListenersThreadChangesNothing() throws Exception {
        Session session = session(task -> {
            throw new LinkageError("an error of the application's");
        });
        Transport transport = session.getTransport();
        transport.connect();
        Events.of(transport);
        try (LogLines log = new LogLines()) {
            transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
            transport.close();
            assertEquals(
                    List.of(
                            "could not tell the listeners: java.lang.LinkageError",
                            "could not tell the listeners that the transport is closed: java.lang.LinkageError"),
                    log.messages(Level.WARNING));
        }
        assertFalse(transport.isConnected());
        assertEquals(1, sandbox.accepted().size());
    }

    /** The connection that waits for its last message ends before the next one begins. */
    @Test
    void connectingAgainDuringASendClosesFirst() throws Exception {
        Session session = Mail.session(sandbox);
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch connected = new CountDownLatch(1);
        session.getProperties().put("mail.cloudflare.listener", (SendListener) report -> {
            answered.countDown();
            await(connected);
        });
        Transport transport = session.getTransport();
        Events events = Events.of(transport);
        transport.connect();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> sent = threads.submit(() -> {
                transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
                return null;
            });
            await(answered);
            transport.close();
            transport.connect();
            assertOpenedAndClosed(events);
            assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
            connected.countDown();
            sent.get();
        } finally {
            threads.shutdownNow();
        }
        assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
        assertTrue(transport.isConnected());
        transport.close();
        assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
        assertTrue(events.isQuiet());
    }

    private static Events openAndClose(Session session) throws MessagingException {
        Transport transport = session.getTransport();
        Events events = Events.of(transport);
        transport.connect();
        assertTrue(transport.isConnected());
        transport.close();
        assertFalse(transport.isConnected());
        return events;
    }

    private static void assertOpenedAndClosed(Events events) throws InterruptedException {
        assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
        assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
    }

    private static Session session(Executor executor, String... keysAndValues) {
        Properties properties = Mail.with(Mail.properties(sandbox), keysAndValues);
        properties.put("mail.event.executor", executor); // read when the session is made
        return Session.getInstance(properties);
    }

    /** An application's event queue belongs to its context class loader. */
    private static void inClassLoaderOfItsOwn(Callable<?> test) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(before) {});
        try {
            test.call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** Begins nothing before it is released. */
    private static final class HeldExecutor implements Executor {
        private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void execute(Runnable task) {
            threads.execute(() -> {
                await(released);
                task.run();
            });
        }

        void release() {
            released.countDown();
        }

        boolean ends() throws InterruptedException {
            threads.shutdown();
            return threads.awaitTermination(10, TimeUnit.SECONDS);
        }
    }
}
