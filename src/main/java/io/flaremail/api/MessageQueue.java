package io.flaremail.api;

import java.time.Instant;
import java.util.Optional;

/** A queue of Cloudflare Queues. Immutable. */
public final class MessageQueue {
    private final JsonValue json;

    MessageQueue(JsonValue json) {
        this.json = json;
    }

    /** The id for other calls; never null. */
    public String getId() {
        return json.text("queue_id").orElse("");
    }

    /** The name, unique in its account; never null. */
    public String getName() {
        return json.text("queue_name").orElse("");
    }

    public Optional<Instant> getCreatedAt() {
        return json.instant("created_on");
    }

    /** The consumer that pulls over HTTP; empty if there is none, or another kind of consumer. */
    public Optional<PullConsumer> getPullConsumer() {
        return PullConsumer.among(json.get("consumers").objects());
    }

    /** Whether a Worker consumes the queue; it then cannot be pulled from. */
    public boolean hasOtherConsumer() {
        return json.get("consumers").objects().stream().anyMatch(each -> !PullConsumer.isOne(each));
    }

    @Override
    public String toString() {
        return getName() + " (" + getId() + ")";
    }
}
