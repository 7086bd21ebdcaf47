package io.flaremail.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code /accounts/../event_subscriptions/subscriptions}: which events of which sending domain go to which queue. */
final class EventSubscriptionEndpoints {
    static final String BASE = "/accounts/{account}/event_subscriptions/subscriptions";
    static final String ONE = BASE + "/{subscription}";
    private static final String KIND = "subscription";
    private static final int PER_PAGE = 20;
    private static final int MOST_PER_PAGE = 100;

    private final Settings settings;
    private final Access access;
    private final MessageQueues queues;
    private final Domains domains;
    private final DeliveryEvents publisher;
    private final Storage storage;
    private final Map<String, EventSubscription> byId = new LinkedHashMap<>();

    /** Begins with the subscriptions that are in the storage. */
    EventSubscriptionEndpoints(
            Settings settings,
            Access access,
            MessageQueues queues,
            Domains domains,
            DeliveryEvents publisher,
            Storage storage) {
        this.storage = storage;
        storage.all(KIND, EventSubscription.class).forEach(each -> byId.put(each.id(), each));
        this.settings = settings;
        this.access = access;
        this.queues = queues;
        this.domains = domains;
        this.publisher = publisher;
        publisher.toSubscribers(this::all);
    }

    void addTo(Router router) {
        router.add("GET", BASE, this::list, "page", "per_page", "order", "direction", "queue_id");
        router.add("POST", BASE, this::create);
        router.add("GET", ONE, (call, ledger) -> Answer.result(find(call).json()));
        router.add("PATCH", ONE, this::change);
        router.add("DELETE", ONE, this::delete);
    }

    private Instant now() {
        return settings.clock().instant();
    }

    private synchronized List<EventSubscription> all() {
        return List.copyOf(byId.values());
    }

    private Answer list(Call call, Ledger ledger) {
        access.requireAccount(call);
        String queue = call.query().text("queue_id");
        call.query().oneOf("order", Set.of("created_at", "name", "enabled", "source"));
        boolean descending = "desc".equals(call.query().oneOf("direction", Set.of("asc", "desc")));
        List<EventSubscription> found = new ArrayList<>(all());
        found.removeIf(each -> queue != null && !each.queue().equals(queue));
        if (descending) {
            Collections.reverse(found);
        }
        return NumberedPage.of(found, call.query(), PER_PAGE, MOST_PER_PAGE).answer(EventSubscription::json, false);
    }

    private synchronized Answer create(Call call, Ledger ledger) {
        access.requireAccount(call);
        publisher.publish(ledger);
        JsonBody json = JsonBody.parse(call.body());
        json.requireFields(Set.of("name", "source", "destination", "events"), Set.of("enabled"));
        JsonBody source = JsonBody.of("source", json.object().get("source"));
        if (!source.has("zone_id")) {
            throw new Refusal(ApiError.SUBSCRIPTION_INVALID, "Required at source.zone_id", "/source/zone_id");
        }
        source.requireFields(Set.of("type", "zone_id", "domain"));
        if (!source.text("type").equals("email.sending")) {
            throw new Refusal(ApiError.SUBSCRIPTION_INVALID, "source.type: the sandbox has only email.sending");
        }
        String zone = source.text("zone_id");
        String domain = source.text("domain").toLowerCase(Locale.ROOT);
        if (!domains.isEnabled(domain) || !domains.zoneOf(domain).equals(zone)) {
            throw new Refusal(ApiError.SUBSCRIPTION_INVALID, "domain is not an enabled sending subdomain");
        }
        if (all().stream().anyMatch(each -> each.domain().equals(domain))) {
            throw new Refusal(ApiError.SUBSCRIPTION_EXISTS, "there is a subscription for " + domain);
        }
        Instant now = now();
        EventSubscription created = new EventSubscription(
                SandboxBuilder.id(),
                now,
                now,
                json.text("name"),
                json.flag("enabled", true),
                zone,
                domain,
                queue(json),
                events(json));
        save(created);
        return Answer.result(created.json());
    }

    private void save(EventSubscription subscription) {
        byId.put(subscription.id(), subscription);
        storage.put(KIND, subscription.id(), subscription);
    }

    private String queue(JsonBody json) {
        JsonBody destination = JsonBody.of("destination", json.object().get("destination"));
        destination.requireFields(Set.of("type", "queue_id"));
        String id = destination.text("queue_id");
        return queues.byId(id)
                .orElseThrow(() -> new Refusal(ApiError.QUEUE_NOT_FOUND, "destination.queue_id: no queue " + id))
                .id;
    }

    private static List<String> events(JsonBody json) {
        List<String> events = json.texts("events");
        for (String event : events) {
            if (!DeliveryEvents.KINDS.contains(event)) {
                throw new Refusal(
                        ApiError.SUBSCRIPTION_INVALID,
                        "events: expected some of " + DeliveryEvents.KINDS + ", got \"" + event + "\"");
            }
        }
        if (events.isEmpty()) {
            throw new Refusal(ApiError.SUBSCRIPTION_INVALID, "events: expected at least one");
        }
        return events;
    }

    private EventSubscription find(Call call) {
        access.requireAccount(call);
        String id = call.variable("subscription");
        return all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(ApiError.SUBSCRIPTION_NOT_FOUND, "no subscription " + id));
    }

    private synchronized Answer change(Call call, Ledger ledger) {
        EventSubscription old = find(call);
        publisher.publish(ledger);
        JsonBody json = JsonBody.parse(call.body());
        json.requireFields(Set.of(), Set.of("name", "enabled", "events", "destination"));
        EventSubscription changed = old.changed(
                json.has("name") ? json.text("name") : old.name(),
                json.flag("enabled", old.enabled()),
                json.has("events") ? events(json) : old.events(),
                json.has("destination") ? queue(json) : old.queue(),
                now());
        save(changed);
        return Answer.result(changed.json());
    }

    private synchronized Answer delete(Call call, Ledger ledger) {
        EventSubscription found = find(call);
        publisher.publish(ledger);
        byId.remove(found.id());
        storage.remove(KIND, found.id());
        return Answer.result(found.json());
    }
}
