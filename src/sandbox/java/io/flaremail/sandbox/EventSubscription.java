package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * A subscription to the delivery events of one sending domain. Immutable.
 *
 * @param events such as {@code message.bounced}
 */
record EventSubscription(
        String id,
        Instant created,
        Instant modified,
        String name,
        boolean enabled,
        String zone,
        String domain,
        String queue,
        List<String> events) {

    EventSubscription changed(
            String newName, boolean nowEnabled, List<String> newEvents, String newQueue, Instant now) {
        return new EventSubscription(id, created, now, newName, nowEnabled, zone, domain, newQueue, newEvents);
    }

    boolean wants(String senderDomain, String event) {
        return enabled && domain.equals(senderDomain) && events.contains(event);
    }

    ObjectNode json() {
        ObjectNode json = Answer.object()
                .put("id", id)
                .put("created_at", created.toString())
                .put("modified_at", modified.toString())
                .put("name", name)
                .put("enabled", enabled);
        ArrayNode list = json.putArray("events");
        events.forEach(list::add);
        json.putObject("destination").put("type", "queues.queue").put("queue_id", queue);
        json.putObject("source")
                .put("type", "email.sending")
                .put("zone_id", zone)
                .put("domain", domain);
        return json;
    }
}
