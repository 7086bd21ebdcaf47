package io.flaremail.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Manages which queue receives the delivery events of which sending domain. A domain has one subscription. The token
 * needs the permissions Queues: Edit and Email Sending: Edit. Thread-safe.
 *
 * <p>Tests: DeliveryEventsTest.
 *
 * @see <a href="https://developers.cloudflare.com/queues/event-subscriptions/">Cloudflare: Event subscriptions</a>
 */
public final class EventSubscriptions {
    private final ApiClient api;
    private final ApiPath subscriptions;

    EventSubscriptions(ApiClient api, String accountId) {
        this.api = api;
        this.subscriptions = api.path()
                .segment("accounts")
                .argument("accountId", accountId)
                .segment("event_subscriptions")
                .segment("subscriptions");
    }

    /** All subscriptions of the account, including those of other services; never null. */
    public List<EventSubscription> list() throws CloudflareApiException {
        return Queues.Pages.all(api, subscriptions, "id", EventSubscription::new);
    }

    /** Finds the subscription of a sending domain, ignoring case. */
    public Optional<EventSubscription> find(String domain) throws CloudflareApiException {
        Objects.requireNonNull(domain, "domain");
        return list().stream()
                .filter(EventSubscription::isForEmailSending)
                .filter(each ->
                        each.getDomain().filter(domain::equalsIgnoreCase).isPresent())
                .findFirst();
    }

    public EventSubscription get(String id) throws CloudflareApiException {
        return new EventSubscription(api.get(one(id)));
    }

    /**
     * Creates and enables a subscription. Earlier events are not published.
     *
     * @param name a display name
     * @param zoneId the zone of the domain
     * @param domain an enabled sending domain
     * @param queueId the queue that receives the events
     * @param kinds at least one
     */
    public EventSubscription create(
            String name, String zoneId, String domain, String queueId, Set<DeliveryEvent.Kind> kinds)
            throws CloudflareApiException {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("type", "email.sending");
        source.put("zone_id", Objects.requireNonNull(zoneId, "zoneId"));
        source.put("domain", Objects.requireNonNull(domain, "domain"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", Objects.requireNonNull(name, "name"));
        json.put("enabled", true);
        json.put("source", source);
        json.put("destination", destination(queueId));
        json.put("events", names(kinds));
        return new EventSubscription(api.create(subscriptions, json));
    }

    /** Enables or disables a subscription. */
    public EventSubscription setEnabled(String id, boolean enabled) throws CloudflareApiException {
        return change(id, "enabled", enabled);
    }

    /** Chooses the kinds of events that a subscription publishes. */
    public EventSubscription setKinds(String id, Set<DeliveryEvent.Kind> kinds) throws CloudflareApiException {
        return change(id, "events", names(kinds));
    }

    /** Chooses the queue that receives a subscription's events. */
    public EventSubscription setQueue(String id, String queueId) throws CloudflareApiException {
        return change(id, "destination", destination(queueId));
    }

    public void delete(String id) throws CloudflareApiException {
        api.delete(one(id));
    }

    private EventSubscription change(String id, String name, Object value) throws CloudflareApiException {
        return new EventSubscription(api.change("PATCH", one(id), Collections.singletonMap(name, value)));
    }

    private ApiPath one(String id) {
        return subscriptions.argument("id", id);
    }

    private static Map<String, Object> destination(String queueId) {
        Map<String, Object> destination = new LinkedHashMap<>();
        destination.put("type", "queues.queue");
        destination.put("queue_id", Objects.requireNonNull(queueId, "queueId"));
        return destination;
    }

    private static List<String> names(Set<DeliveryEvent.Kind> kinds) {
        if (kinds.isEmpty() || kinds.contains(DeliveryEvent.Kind.UNKNOWN)) {
            throw new IllegalArgumentException("kinds: expected at least one, and only known ones, got " + kinds);
        }
        return kinds.stream().sorted().map(DeliveryEvent.Kind::subscription).collect(Collectors.toList());
    }
}
