package io.flaremail.api;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Pulls delivery events, calls the handler for each, and acknowledges each after the handler has returned. Every event
 * reaches the handler at least once; most repeated ones are filtered by {@link SeenEvents}.
 *
 * <p>Methods that configure the loop must be called before {@link #run}. {@link #close} may be called by any thread.
 *
 * <p>Tests: EventLoopTest.
 */
public final class EventLoop implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final ApiClient connections;
    private final DeliveryEvents events;
    private final EventHandler handler;
    private final CountDownLatch ended = new CountDownLatch(1);
    private SeenEvents seen = SeenEvents.inMemory(10_000);
    private int batchSize = 10;
    private Duration lease = Duration.ofSeconds(60);
    private LoopWaits waits = new LoopWaits(Duration.ofSeconds(1), Duration.ofSeconds(10));
    private boolean untilEmpty;
    private final Object lock = new Object();
    private boolean closing;
    private boolean pulling;
    private Thread thread;
    private BatchProcessor processor;

    EventLoop(DeliveryEvents events, EventHandler handler) {
        this.connections = events.api().separate();
        this.events = events.withClient(connections);
        this.handler = new GuardedHandler(handler);
    }

    /** The maximum number of messages per pull, 1 to 100. Default: 10. */
    public EventLoop batchSize(int messages) {
        if (messages < 1 || messages > 100) {
            throw new IllegalArgumentException("batchSize: expected 1 to 100, got " + messages);
        }
        batchSize = messages;
        return this;
    }

    /**
     * How long the messages of a pull are hidden from other consumers, from 1 second to 12 hours. Messages that were not
     * handled by then are returned by a later pull. Default: 60 seconds.
     */
    public EventLoop lease(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("lease: expected 1 second to 12 hours, got " + time);
        }
        lease = time;
        return this;
    }

    /**
     * The longest wait between two pulls while the queue is empty or the handler fails, at least 1 second. Default: 10
     * seconds.
     */
    public EventLoop maxWait(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("maxWait: expected 1 second or more, got " + time);
        }
        waits = waits.longest(time);
        return this;
    }

    /** For tests: the wait after the first failure or empty pull; 60 times that after many failures. */
    EventLoop firstWait(Duration time) {
        waits = waits.first(time);
        return this;
    }

    /** Where handled events are remembered. Default: the latest 10,000, in memory. */
    public EventLoop seen(SeenEvents store) {
        seen = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * Ends the loop when a pull returns no messages, or the handler fails 30 times in a row. Does not wait for leased or delayed
     * messages. {@link #run} then throws the first failure of a request.
     */
    public EventLoop untilEmpty() {
        untilEmpty = true;
        return this;
    }

    /**
     * Runs until {@link #close}, on the caller's thread; may be called once. Interrupting the thread ends it, too, after
     * the current event.
     *
     * @throws CloudflareApiException if the first pull is rejected permanently, such as for a wrong token or queue; later
     *     failures are retried
     */
    public void run() throws CloudflareApiException {
        synchronized (lock) {
            if (thread != null) {
                throw new IllegalStateException("an EventLoop can run only once: create a new one with listen");
            }
            thread = Thread.currentThread();
            processor = new BatchProcessor(events, handler, seen, this::isEnding, waits, untilEmpty);
        }
        try {
            loop();
        } finally {
            ended.countDown();
            connections.close();
        }
    }

    private void loop() throws CloudflareApiException {
        Duration wait = Duration.ZERO;
        boolean connectedOnce = false;
        int size = batchSize;
        int failures = 0;
        while (pause(wait)) {
            DeliveryEvents.Batch batch;
            long pulledAt = System.nanoTime();
            try {
                // After failures only a few: the others keep their attempts.
                batch = pull(failures == 0 ? size : Math.min(size, BatchProcessor.MAX_CONSECUTIVE_FAILURES));
                if (batch == null) {
                    return; // closing
                }
                connectedOnce = true;
            } catch (CloudflareApiException e) {
                if (isClosing()) {
                    return;
                }
                if (untilEmpty || !connectedOnce && isPermanent(e)) {
                    throw e;
                }
                handler.onRequestFailure(e);
                wait = waits.afterFailures(++failures, e);
                continue;
            }
            int pulled = batch.getMessages().size();
            handler.onPull(pulled, batch.getBacklog().orElse(-1L));
            if (pulled == 0 && untilEmpty) {
                return;
            }
            Duration rest = untilEmpty ? Duration.ZERO : waits.afterFailures(failures + 1, null);
            boolean handled = processor.handle(batch.getMessages(), pulledAt + lease.toNanos(), rest);
            if (untilEmpty && processor.requestFailure() != null && !isClosing()) {
                throw processor.requestFailure();
            }
            if (untilEmpty && !handled) {
                return; // the handler fails for all
            }
            if (handled && processor.begun() < pulled) {
                size = Math.max(1, processor.begun()); // as many as can be handled during a lease
            }
            failures = handled ? 0 : failures + 1;
            wait = pulled == 0
                    ? waits.whileEmpty(wait)
                    : handled ? Duration.ZERO : waits.afterFailures(failures, processor.requestFailure());
        }
    }

    /** @return null if the loop is closing */
    private DeliveryEvents.Batch pull(int maxMessages) throws CloudflareApiException {
        synchronized (lock) {
            if (closing) {
                return null;
            }
            pulling = true;
        }
        try {
            return events.pull(maxMessages, lease);
        } catch (IllegalStateException e) {
            if (isClosing()) {
                return null; // close() closed the connections first
            }
            throw CloudflareApiException.strange(e.getMessage()); // no token, perhaps for a moment
        } finally {
            synchronized (lock) {
                pulling = false;
            }
        }
    }

    /** Whether another try cannot succeed: the token, the account or the queue is wrong. */
    private static boolean isPermanent(CloudflareApiException e) {
        int status = e.getStatus();
        return status >= 400 && status < 500 && status != 408 && status != 429;
    }

    /** @return false if the loop is to end */
    private boolean pause(Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        synchronized (lock) {
            try {
                for (long left = wait.toNanos(); left > 0 && !closing; left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return !closing && !Thread.currentThread().isInterrupted();
        }
    }

    private boolean isEnding() {
        return isClosing() || Thread.currentThread().isInterrupted();
    }

    private boolean isClosing() {
        synchronized (lock) {
            return closing;
        }
    }

    /**
     * Ends the loop: lets the handler finish its event and acknowledges it, returns the other events to the queue, and pulls no
     * more. Waits for at most a second; a handler that takes longer still finishes, on the loop's thread. A request that
     * takes longer is cut off. Does not throw.
     */
    @Override
    public void close() {
        boolean wait;
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
            wait = thread != null && thread != Thread.currentThread();
            if (pulling || thread == null) {
                connections.close();
            }
        }
        if (wait) {
            await();
        }
    }

    private void await() {
        try {
            boolean done = ended.await(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (!done && !processor.isHandlerRunning()) {
                connections.close(); // a request hangs: its events come again
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
