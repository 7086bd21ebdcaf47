package io.flaremail.api;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Handles the messages of one pull, one by one, until the first that fails: calls the handler, remembers the event, and
 * acknowledges the message.
 *
 * <p>Tests: EventLoopTest.
 */
final class EventBatch {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

    private final DeliveryEvents events;
    private final EventHandler handler;
    private final SeenEvents seen;
    private final BooleanSupplier ending;

    /** @param ending whether to begin no further event */
    EventBatch(DeliveryEvents events, EventHandler handler, SeenEvents seen, BooleanSupplier ending) {
        this.events = events;
        this.handler = handler;
        this.seen = seen;
        this.ending = ending;
    }

    /**
     * Handles the messages.
     *
     * @param leaseEnd in {@link System#nanoTime}: later ones are left to other consumers, who then see them again
     * @return false if an event could not be handled or acknowledged; the rest of the batch is given back
     */
    boolean handle(List<PulledMessage> batch, long leaseEnd) {
        for (int i = 0; i < batch.size(); i++) {
            PulledMessage message = batch.get(i);
            if (ending.getAsBoolean()) {
                giveBack(batch.subList(i, batch.size()));
                return true;
            }
            if (System.nanoTime() - leaseEnd >= 0) {
                return true;
            }
            if (!message.getEvent().isPresent()) {
                handler.onUnreadable(message);
            } else if (!handle(message, message.getEvent().get())) {
                giveBack(batch.subList(i + 1, batch.size()));
                return false;
            }
        }
        return true;
    }

    private boolean handle(PulledMessage message, DeliveryEvent event) {
        try {
            if (!seen.contains(event.getEventId())) {
                handler.handle(event);
                seen.add(event.getEventId());
            }
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            handler.onFailure(event, e);
            giveBack(message, delay(message));
            return false;
        }
        return acknowledge(message);
    }

    /** Without an acknowledgement the event comes again, and {@link #seen} knows it. */
    private boolean acknowledge(PulledMessage message) {
        try {
            events.acknowledge(message);
            return true;
        } catch (CloudflareApiException e) {
            handler.onRequestFailure(e);
            return false;
        }
    }

    /** So that other consumers, or the next pull, need not wait for the end of the lease. */
    private void giveBack(List<PulledMessage> rest) {
        rest.forEach(message -> giveBack(message, Duration.ZERO));
    }

    private void giveBack(PulledMessage message, Duration delay) {
        try {
            events.retry(message, delay);
        } catch (CloudflareApiException e) {
            // The lease ends by itself.
        }
    }

    /** An event that fails each time must not hold up those after it. */
    private static Duration delay(PulledMessage message) {
        long attempts = message.getAttempts().orElse(1L);
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(Math.max(attempts, 0), 10));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }
}
