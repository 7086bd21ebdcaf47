package io.flaremail.api;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Handles the messages of one pull, one by one: calls the handler, remembers the event, and acknowledges the message. An
 * event that fails is returned to the queue with a delay, and the next one is handled. After too many failures in a row the
 * cause is not the event, and the rest of the batch is returned.
 *
 * <p>Tests: EventLoopTest, EventChaosTest.
 */
final class BatchProcessor {
    static final int MAX_CONSECUTIVE_FAILURES = 3;

    /** In all batches together, so that a run tries those after a group of events that fail. */
    private static final int MAX_CONSECUTIVE_FAILURES_UNTIL_EMPTY = 30;

    private static final int REMEMBERED_FAILURES = 1_000;

    private final DeliveryEvents events;
    private final EventHandler handler;
    private final SeenEvents seen;
    private final BooleanSupplier ending;
    private final LoopWaits waits;
    private final boolean untilEmpty;
    private volatile boolean handlerRunning;
    private CloudflareApiException requestFailure;
    private int failuresInARow;
    private int begun;

    /** How often each event has failed here. The queue's count of attempts is higher: also lost pulls and returned batches. */
    private final Map<String, Integer> failures = new LatestEntries<>(REMEMBERED_FAILURES);

    /**
     * @param ending whether to begin no further event
     * @param untilEmpty whether the loop ends at an empty queue
     */
    BatchProcessor(
            DeliveryEvents events,
            EventHandler handler,
            SeenEvents seen,
            BooleanSupplier ending,
            LoopWaits waits,
            boolean untilEmpty) {
        this.events = events;
        this.handler = handler;
        this.seen = seen;
        this.ending = ending;
        this.waits = waits;
        this.untilEmpty = untilEmpty;
    }

    boolean isHandlerRunning() {
        return handlerRunning;
    }

    /** The request that failed in the last batch, or null. */
    CloudflareApiException requestFailure() {
        return requestFailure;
    }

    /** How many messages of the last batch were begun: fewer than it has if their leases ended. */
    int begun() {
        return begun;
    }

    /**
     * Handles the messages.
     *
     * @param leaseEnd in {@link System#nanoTime}: messages not begun by then are left to whoever pulls them next
     * @param delay after which messages that were not reached are available again
     * @return false if a request failed, or too many events in a row; the rest of the batch is returned to the queue
     */
    boolean handle(List<PulledMessage> batch, long leaseEnd, Duration delay) {
        requestFailure = null;
        failuresInARow = untilEmpty ? failuresInARow : 0;
        for (begun = 0; begun < batch.size(); begun++) {
            PulledMessage message = batch.get(begun);
            if (ending.getAsBoolean()) {
                giveBack(batch.subList(begun, batch.size()), Duration.ZERO);
                return true;
            }
            if (System.nanoTime() - leaseEnd >= 0) {
                return true;
            }
            if (!message.getEvent().isPresent()) {
                handler.onUnreadable(message);
                continue;
            }
            handle(message, message.getEvent().get());
            if (requestFailure != null || failuresInARow >= maxFailures(batch)) {
                giveBack(batch.subList(begun + 1, batch.size()), delay);
                return false;
            }
        }
        return true;
    }

    private int maxFailures(List<PulledMessage> batch) {
        return untilEmpty ? MAX_CONSECUTIVE_FAILURES_UNTIL_EMPTY : Math.min(MAX_CONSECUTIVE_FAILURES, batch.size());
    }

    private void handle(PulledMessage message, DeliveryEvent event) {
        handlerRunning = true;
        try {
            if (!seen.contains(event.getEventId())) {
                handler.handle(event);
                seen.add(event.getEventId());
            }
            failuresInARow = 0;
        } catch (Throwable e) { // an Error on one event must not keep the others from being handled
            handlerRunning = false;
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            failuresInARow++;
            handler.onFailure(event, e);
            int times = failures.merge(event.getEventId(), 1, Integer::sum);
            giveBack(Collections.singletonList(message), waits.ofEvent(times));
            return;
        }
        handlerRunning = false;
        failures.remove(event.getEventId());
        acknowledge(message);
    }

    /** Without an acknowledgement the event comes again, and {@link #seen} knows it. */
    private void acknowledge(PulledMessage message) {
        try {
            events.acknowledge(message);
        } catch (CloudflareApiException e) {
            requestFailure = e;
            handler.onRequestFailure(e);
        } catch (IllegalStateException e) {
            // No token at the moment, or the connections were closed.
            requestFailure = CloudflareApiException.strange(e.getMessage());
            handler.onRequestFailure(requestFailure);
        }
    }

    /** So that other consumers, or the next pull, need not wait for the end of the lease. One request, not repeated. */
    private void giveBack(List<PulledMessage> rest, Duration delay) {
        try {
            events.retryOnce(rest, delay);
        } catch (CloudflareApiException | IllegalStateException e) {
            // The leases end by themselves.
        }
    }
}
