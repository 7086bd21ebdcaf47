package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** A message in a queue, with its lease if a consumer has it. Guarded by its queue. */
final class QueuedMessage {
    final String id;
    final Instant since;
    final String body;
    final String contentType;
    final String source;

    /** In bytes. */
    final int size;

    Instant visibleFrom;
    int attempts;
    String lease;

    /** @param source the kind of service that the message is from; null for a client */
    QueuedMessage(String body, String contentType, String source, Instant since, Instant visibleFrom) {
        this.id = SandboxBuilder.id();
        this.body = body;
        this.contentType = contentType;
        this.source = source;
        this.since = since;
        this.visibleFrom = visibleFrom;
        this.size = body.getBytes(StandardCharsets.UTF_8).length;
    }

    /** As a database keeps it. */
    record Stored(
            String id,
            String body,
            String contentType,
            String source,
            Instant since,
            Instant visibleFrom,
            int attempts,
            String lease) {}

    QueuedMessage(Stored stored) {
        this.id = stored.id();
        this.body = stored.body();
        this.contentType = stored.contentType();
        this.source = stored.source();
        this.since = stored.since();
        this.visibleFrom = stored.visibleFrom();
        this.attempts = stored.attempts();
        this.lease = stored.lease();
        this.size = body.getBytes(StandardCharsets.UTF_8).length;
    }

    Stored stored() {
        return new Stored(id, body, contentType, source, since, visibleFrom, attempts, lease);
    }

    /** Whether a consumer had it and did not acknowledge it in time. */
    boolean isAbandoned(Instant now) {
        return lease != null && !visibleFrom.isAfter(now);
    }

    /** Whether a consumer has it. */
    boolean isLeased(Instant now) {
        return lease != null && visibleFrom.isAfter(now);
    }

    ObjectNode json(boolean base64) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ObjectNode json = Answer.object()
                .put("id", id)
                .put("timestamp_ms", since.toEpochMilli())
                .put("attempts", attempts)
                .put("body", base64 ? Base64.getEncoder().encodeToString(bytes) : body);
        ObjectNode metadata = json.putObject("metadata").put("CF-Content-Type", contentType);
        if (source != null) {
            metadata.put("CF-sourceMessageSource", source);
        }
        return json;
    }
}
