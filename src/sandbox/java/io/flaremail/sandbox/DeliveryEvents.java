package io.flaremail.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The events about accepted recipients, on their way to the queues of subscriptions. An event is published when it is due,
 * to the subscriptions of that moment; there is no backfill. Safe for use by many threads.
 */
public final class DeliveryEvents {
    static final Set<String> KINDS = Set.of(
            "message.delivered",
            "message.deferred",
            "message.bounced",
            "message.failed",
            "message.rejected",
            "message.complained");

    private static final String SOURCE = "email.sending";

    private final Settings settings;
    private final String account;
    private final Zones zones;
    private final MessageQueues queues;
    private Supplier<List<EventSubscription>> subscribers = List::of;
    private int duplicates;
    private boolean newestFirst;

    DeliveryEvents(Settings settings, String account, Zones zones, MessageQueues queues) {
        this.settings = settings;
        this.account = account;
        this.zones = zones;
        this.queues = queues;
    }

    void toSubscribers(Supplier<List<EventSubscription>> all) {
        subscribers = all;
    }

    /** Publishes each of the next events twice: delivery is at least once. */
    public synchronized void duplicate(int events) {
        duplicates = events;
    }

    /** Whether pulls give out the newest events first: their order is not defined. */
    public synchronized void newestFirst(boolean newest) {
        newestFirst = newest;
    }

    synchronized boolean isNewestFirst() {
        return newestFirst || settings.isStrict(EventBehavior.REPEATS);
    }

    boolean isBase64() {
        return settings.eventsInBase64() || settings.isStrict(EventBehavior.BODY);
    }

    synchronized void reset() {
        duplicates = 0;
        newestFirst = false;
        queues.all().forEach(MessageQueue::purge);
    }

    /** Remembers the events of a message that was just accepted. Verified destinations have none. */
    void accepted(AcceptedFacts message, Ledger ledger) {
        for (AcceptedFacts.Recipient recipient : message.recipients()) {
            if (!settings.verifiedDestinations().contains(recipient.address().toLowerCase(Locale.ROOT))) {
                Duration after = settings.eventDelay();
                for (Fate.Event event : events(recipient, ledger)) {
                    Instant at = message.receivedAt().plus(after);
                    ledger.events().add(SandboxEvent.of(message, recipient.address(), event, at));
                    after = after.plus(settings.eventDelay());
                }
            }
        }
    }

    private static List<Fate.Event> events(AcceptedFacts.Recipient recipient, Ledger ledger) {
        if (recipient.isLost()) {
            return List.of();
        }
        return recipient.outcome().equals(Fate.SUPPRESSED.outcome())
                ? Fate.suppressed()
                : Fate.events(ledger.fates().deciding(recipient.address()));
    }

    /** Publishes the events that are due. */
    synchronized void publish(Ledger ledger) {
        Instant now = settings.clock().instant();
        for (SandboxEvent event : ledger.events().due(now)) {
            publish(event, now);
            if (duplicates > 0 || settings.isStrict(EventBehavior.REPEATS)) {
                duplicates = Math.max(0, duplicates - 1);
                publish(event, now);
            }
        }
    }

    /** Publishes all events so far once more, as a queue may do late. */
    synchronized void redeliver(Ledger ledger) {
        publish(ledger);
        Instant now = settings.clock().instant();
        ledger.events().published().forEach(event -> publish(event, now));
    }

    private void publish(SandboxEvent event, Instant now) {
        for (EventSubscription subscription : subscribers.get()) {
            if (subscription.wants(event.senderDomain(), "message." + event.kind())) {
                SandboxEvent told = settings.isStrict(EventBehavior.BOUNCE_CODES) ? event.withoutBounceCodes() : event;
                String json =
                        told.json(account, zones.around(event.senderDomain()).id(), subscription.id());
                queues.byId(subscription.queue())
                        .ifPresent(queue -> queue.push(new QueuedMessage(json, "json", SOURCE, now, now)));
            }
        }
    }
}
