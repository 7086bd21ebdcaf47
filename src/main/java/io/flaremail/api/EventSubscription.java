package io.flaremail.api;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A subscription of a queue to the delivery events of one sending domain. Immutable. */
public final class EventSubscription {
    private final JsonValue json;

    EventSubscription(JsonValue json) {
        this.json = json;
    }

    /** The id for other calls; never null. */
    public String getId() {
        return json.text("id").orElse("");
    }

    public Optional<String> getName() {
        return json.text("name");
    }

    /** Whether it publishes events. */
    public boolean isEnabled() {
        return json.flag("enabled").orElse(false);
    }

    /** Whether the source is Email Sending; other services have subscriptions, too. */
    public boolean isForEmailSending() {
        return json.get("source").text("type").filter("email.sending"::equals).isPresent();
    }

    /** The sending domain; empty for a subscription of another service. */
    public Optional<String> getDomain() {
        return json.get("source").text("domain");
    }

    public Optional<String> getZoneId() {
        return json.get("source").text("zone_id");
    }

    /** The queue that receives the events. */
    public Optional<String> getQueueId() {
        return json.get("destination").text("queue_id");
    }

    /** The kinds it publishes, without kinds that this version does not know. */
    public Set<DeliveryEvent.Kind> getKinds() {
        Set<DeliveryEvent.Kind> kinds = EnumSet.noneOf(DeliveryEvent.Kind.class);
        names().stream().map(DeliveryEvent.Kind::ofSubscription).forEach(kinds::add);
        kinds.remove(DeliveryEvent.Kind.UNKNOWN);
        return kinds;
    }

    private List<String> names() {
        return json.get("events").elements().stream()
                .map(each -> each.string().orElse(""))
                .collect(Collectors.toList());
    }

    public Optional<Instant> getCreatedAt() {
        return json.instant("created_at");
    }

    @Override
    public String toString() {
        return getDomain().orElse("") + (isEnabled() ? "" : " (disabled)");
    }
}
