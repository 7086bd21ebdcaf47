package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.EventSubscription;
import io.flaremail.api.MessageQueue;
import io.flaremail.api.PullConsumer;
import io.flaremail.api.QueueMetrics;
import io.flaremail.api.Queues;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks whether the delivery events of a sending domain reach a queue that is read. */
final class EventChecks {
    /** Older events were not read for a while. */
    private static final Duration OLD = Duration.ofHours(1);

    private static final int FEW_ATTEMPTS = 50;

    private final CloudflareEmail client;
    private final String account;
    private final Diagnosis diagnosis;

    EventChecks(CloudflareEmail client, String account, Diagnosis diagnosis) {
        this.client = client;
        this.account = account;
        this.diagnosis = diagnosis;
    }

    /** For a diagnosis: events are optional, and a token that sends need not be able to see them. */
    void runForDoctor(String domain) {
        try {
            Optional<EventSubscription> found =
                    client.eventSubscriptions(account).find(domain);
            if (found.isPresent()) {
                run(found.get(), domain, Optional.empty());
            } else {
                diagnosis.add(Finding.ok(
                        "Events",
                        "not set up: later bounces and complaints are not received (optional, see "
                                + Wrapped.whole("flaremail help events") + ")"));
            }
        } catch (CloudflareApiException e) {
            if (e.getStatus() != 401 && e.getStatus() != 403) {
                diagnosis.add(Finding.unknown("Events", e.getMessage(), "try again later"));
            }
        }
    }

    /** @param expected the name of the queue; empty for any */
    void run(String domain, Optional<String> expected) throws CloudflareApiException {
        Optional<EventSubscription> found = client.eventSubscriptions(account).find(domain);
        if (found.isPresent()) {
            run(found.get(), domain, expected);
        } else {
            diagnosis.add(
                    Finding.wrong("Events", "no subscription to the delivery events of " + domain, setup(domain)));
        }
    }

    private static String setup(String domain) {
        return Wrapped.whole("flaremail events setup --domain " + domain);
    }

    private void run(EventSubscription subscription, String domain, Optional<String> expected)
            throws CloudflareApiException {
        String setup = setup(domain);
        subscription(subscription, setup);
        Queues queues = client.queues(account);
        Optional<MessageQueue> queue = queue(subscription, queues);
        if (!queue.isPresent()) {
            diagnosis.add(Finding.wrong("Queue", "the queue of the subscription does not exist", setup + " --move"));
            return;
        }
        String name = queue.get().getName();
        if (expected.isPresent() && !expected.get().equals(name)) {
            diagnosis.add(Finding.wrong(
                    "Queue",
                    "events go to the queue " + name + ", not " + expected.get(),
                    setup + " --queue " + expected.get() + " --move"));
        } else {
            diagnosis.add(Finding.ok("Queue", name));
        }
        consumer(queue.get(), queues, setup + " --queue " + name);
        backlog(queues.metrics(queue.get().getId()), name);
    }

    /** The queue of a subscription; empty if it was deleted. */
    static Optional<MessageQueue> queue(EventSubscription subscription, Queues queues) throws CloudflareApiException {
        try {
            return Optional.of(queues.get(subscription.getQueueId().orElse("none")));
        } catch (CloudflareApiException e) {
            if (e.getStatus() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void subscription(EventSubscription subscription, String setup) {
        Set<DeliveryEvent.Kind> missing = EnumSet.copyOf(DeliveryEvent.Kind.all());
        missing.removeAll(subscription.getKinds());
        if (!subscription.isEnabled()) {
            diagnosis.add(Finding.wrong("Events", "the subscription is disabled", setup));
        } else if (!missing.isEmpty()) {
            String names = missing.stream()
                    .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            diagnosis.add(Finding.wrong("Events", "the subscription does not include: " + names, setup));
        } else {
            diagnosis.add(Finding.ok("Events", "the subscription publishes all kinds of events"));
        }
    }

    private void consumer(MessageQueue queue, Queues queues, String setup) throws CloudflareApiException {
        Optional<PullConsumer> consumer = queues.pullConsumer(queue.getId());
        if (queue.hasOtherConsumer()) {
            diagnosis.add(Finding.ok("Consumer", "a Worker"));
        } else if (!consumer.isPresent()) {
            diagnosis.add(Finding.wrong("Consumer", "the queue has no pull consumer", setup));
        } else if (!keepsEvents(consumer.get())) {
            diagnosis.add(Finding.wrong(
                    "Consumer",
                    "few attempts, or no dead-letter queue: events that cannot be handled for a while are lost",
                    setup));
        } else {
            diagnosis.add(Finding.ok("Consumer", "pull over HTTP"));
        }
    }

    /** Whether an outage of some hours loses no event. */
    static boolean keepsEvents(PullConsumer consumer) {
        return consumer.getDeadLetterQueue().isPresent()
                && consumer.getMaxRetries().orElse(0) >= FEW_ATTEMPTS;
    }

    private void backlog(QueueMetrics metrics, String queue) {
        long events = metrics.getBacklog().orElse(0L);
        Optional<Instant> old = metrics.getOldestMessageTime()
                .filter(oldest -> oldest.isBefore(Instant.now().minus(OLD)));
        String text = events + (events == 1 ? " event" : " events") + " in the queue";
        diagnosis.add(
                events > 0 && old.isPresent()
                        ? Finding.wrong(
                                "Backlog",
                                text + ", the oldest from " + old.get(),
                                Wrapped.whole("flaremail events listen --queue " + queue))
                        : Finding.ok("Backlog", text));
    }
}
