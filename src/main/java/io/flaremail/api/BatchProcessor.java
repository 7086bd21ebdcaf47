package io.flaremail.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Handles the messages of one pull, one by one: calls the handler, remembers the event, and acknowledges the message. An
 * event that fails is given back with a delay, and the next one is handled. After {@link #MAX_CONSECUTIVE_FAILURES} failures in a row
 * the cause is not the event, and the rest of the batch is given back.
 *
 * <p>Tests: EventLoopTest, EventChaosTest.
 */
final class BatchProcessor {
    static final int MAX_CONSECUTIVE_FAILURES = 3;

    /** Longer than the loop waits, so that the next pull has other events. */
    private static final Duration FIRST_DELAY = Duration.ofSeconds(2);

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
    private static final int REMEMBERED_FAILURES = 1_000;

    private final DeliveryEvents events;
    private final EventHandler handler;
    private final SeenEvents seen;
    private final BooleanSupplier ending;
    private volatile boolean handlerRunning;
    private CloudflareApiException requestFailure;
    private int failuresInARow;

    /** How often each event has failed here. The queue's count of attempts is higher: also lost pulls and returned batches. */
    private final Map<String, Integer> failures = new LinkedHashMap<String, Integer>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED_FAILURES;
        }
    };

    /** @param ending whether to begin no further event */
    BatchProcessor(DeliveryEvents events, EventHandler handler, SeenEvents seen, BooleanSupplier ending) {
        this.events = events;
        this.handler = handler;
        this.seen = seen;
        this.ending = ending;
    }

    boolean isHandlerRunning() {
        return handlerRunning;
    }

    /** The request that failed in the last batch, or null. */
    CloudflareApiException requestFailure() {
        return requestFailure;
    }

    /**
     * Handles the messages.
     *
     * @param leaseEnd in {@link System#nanoTime}: messages not started by then are left to whoever pulls them next
     * @param delay after which messages that were not reached are given out again
     * @return false if a request failed, or too many events in a row; the rest of the batch is given back
     */
    boolean handle(List<PulledMessage> batch, long leaseEnd, Duration delay) {
        requestFailure = null;
        failuresInARow = 0;
        for (int i = 0; i < batch.size(); i++) {
            PulledMessage message = batch.get(i);
            if (ending.getAsBoolean()) {
                giveBack(batch.subList(i, batch.size()), Duration.ZERO);
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
            if (requestFailure != null || failuresInARow == Math.min(MAX_CONSECUTIVE_FAILURES, batch.size())) {
                giveBack(batch.subList(i + 1, batch.size()), delay);
                return false;
            }
        }
        return true;
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
            giveBack(Collections.singletonList(message), delay(failures.merge(event.getEventId(), 1, Integer::sum)));
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

    /** 2 s, 4 s, 8 s, up to 5 minutes: an event that fails each time must not hold up those after it. */
    private static Duration delay(int failures) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, 10));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }
}
