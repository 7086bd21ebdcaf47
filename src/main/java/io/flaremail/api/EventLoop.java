package io.flaremail.api;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Pulls delivery events, calls the handler for each, and acknowledges each after the handler has returned. Every event
 * reaches the handler at least once; {@link SeenEvents} keep most repeated ones away from it.
 *
 * <p>Methods that configure the loop must be called before {@link #run}. {@link #close} may be called by any thread.
 *
 * <p>Tests: EventLoopTest.
 */
public final class EventLoop implements AutoCloseable {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_FAILURE_WAIT = Duration.ofSeconds(60);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final int REMEMBERED = 10_000;

    private final ApiClient connections;
    private final DeliveryEvents events;
    private final EventHandler handler;
    private final CountDownLatch ended = new CountDownLatch(1);
    private SeenEvents seen = SeenEvents.inMemory(REMEMBERED);
    private int batchSize = 10;
    private Duration lease = Duration.ofSeconds(60);
    private Duration firstWait = FIRST_WAIT;
    private Duration longestWait = Duration.ofSeconds(10);
    private boolean untilEmpty;

    private final Object lock = new Object();
    private boolean closing;
    private boolean pulling;
    private Thread thread;

    EventLoop(DeliveryEvents events, EventHandler handler) {
        this.connections = events.api().separate();
        this.events = events.over(connections);
        this.handler = handler;
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
     * reached by then are left to the next pull. Default: 60 seconds.
     */
    public EventLoop lease(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("lease: expected 1 second to 12 hours, got " + time);
        }
        lease = time;
        return this;
    }

    /** The longest wait between two pulls while the queue is empty, at least 1 second. Default: 10 seconds. */
    public EventLoop longestWait(Duration time) {
        if (time.compareTo(FIRST_WAIT) < 0) {
            throw new IllegalArgumentException("longestWait: expected 1 second or more, got " + time);
        }
        longestWait = time;
        return this;
    }

    /** For tests: the wait after the first failure or empty pull. */
    EventLoop firstWait(Duration time) {
        firstWait = time;
        return this;
    }

    /** Where handled events are remembered. Default: the latest 10,000, in memory. */
    public EventLoop seen(SeenEvents store) {
        seen = Objects.requireNonNull(store, "store");
        return this;
    }

    /** Ends the loop when the queue has no more messages to give out, and at the first request that fails. */
    public EventLoop untilEmpty() {
        untilEmpty = true;
        return this;
    }

    /**
     * Runs until {@link #close}, on the caller's thread; may be called once. Interrupting the thread ends it, too, after
     * the current event.
     *
     * @throws CloudflareApiException if the first pull is refused for good, such as for a wrong token or queue; later
     *     failures are retried
     */
    public void run() throws CloudflareApiException {
        synchronized (lock) {
            if (thread != null) {
                throw new IllegalStateException("the loop has been run already: prepare another with listen");
            }
            thread = Thread.currentThread();
        }
        try {
            loop();
        } finally {
            ended.countDown();
            connections.close();
        }
    }

    private void loop() throws CloudflareApiException {
        EventBatch batches = new EventBatch(events, handler, seen, this::isEnding);
        Duration wait = Duration.ZERO;
        boolean proven = false;
        int failures = 0;
        while (pause(wait)) {
            DeliveryEvents.Batch batch;
            long pulledAt = System.nanoTime();
            try {
                batch = pull();
                proven = true;
                failures = 0;
            } catch (CloudflareApiException e) {
                if (isClosing()) {
                    return;
                }
                if (untilEmpty || !proven && isPermanent(e)) {
                    throw e;
                }
                handler.onRequestFailure(e);
                wait = e.getRetryAfter().orElse(backoff(failures++));
                continue;
            }
            if (batch == null) {
                return; // closing
            }
            handler.onPull(batch.getMessages().size(), batch.getBacklog().orElse(-1L));
            boolean empty = batch.getMessages().isEmpty();
            if (empty && untilEmpty) {
                return;
            }
            boolean handled = batches.handle(batch.getMessages(), pulledAt + lease.toNanos());
            wait = empty ? longer(wait) : handled ? Duration.ZERO : backoff(failures++);
        }
    }

    /** @return null if the loop is closing */
    private DeliveryEvents.Batch pull() throws CloudflareApiException {
        synchronized (lock) {
            if (closing) {
                return null;
            }
            pulling = true;
        }
        try {
            return events.pull(batchSize, lease);
        } catch (IllegalStateException e) {
            if (isClosing()) {
                return null; // close() closed the connections first
            }
            throw e;
        } finally {
            synchronized (lock) {
                pulling = false;
            }
        }
    }

    /** Waits while the queue is empty: 1 s, 2 s, 4 s, up to the longest wait. */
    private Duration longer(Duration wait) {
        Duration next = wait.isZero() ? firstWait : wait.multipliedBy(2);
        return next.compareTo(longestWait) > 0 ? longestWait : next;
    }

    private Duration backoff(int failures) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(failures, 10));
        return wait.compareTo(LONGEST_FAILURE_WAIT) > 0 ? LONGEST_FAILURE_WAIT : wait;
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
     * Ends the loop: lets the handler finish its event and acknowledges it, gives back the other events, and pulls no
     * more. Waits for at most a second; a handler that takes longer still finishes, on the loop's thread. Does not throw.
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
            ended.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
