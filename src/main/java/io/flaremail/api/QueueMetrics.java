package io.flaremail.api;

import java.time.Instant;
import java.util.Optional;

/** The backlog of a queue: messages that are not acknowledged, whether a consumer has them or not. Immutable. */
public final class QueueMetrics {
    private final JsonValue json;

    QueueMetrics(JsonValue json) {
        this.json = json;
    }

    /** The number of messages; empty if Cloudflare does not say. */
    public Optional<Long> getBacklog() {
        return json.number("backlog_count");
    }

    /** In bytes; empty if Cloudflare does not say. */
    public Optional<Long> getBacklogBytes() {
        return json.number("backlog_bytes");
    }

    /** When the oldest message was written; empty without one. */
    public Optional<Instant> getOldestMessageTime() {
        return json.number("oldest_message_timestamp_ms")
                .filter(millis -> millis > 0)
                .map(Instant::ofEpochMilli);
    }
}
