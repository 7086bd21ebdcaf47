package io.flaremail.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A message that a consumer pulled from a queue and has until its lease ends. Immutable.
 *
 * <p>Tests: DeliveryEventsTest.
 */
public final class PulledMessage {
    /** The supported eventSchemaVersion. */
    private static final int SCHEMA_VERSION = 1;

    private static final int LONGEST_ID = 500;

    private final JsonValue json;
    private final DeliveryEvent event;
    private final String problem;

    private PulledMessage(JsonValue json, DeliveryEvent event, String problem) {
        this.json = json;
        this.event = event;
        this.problem = problem;
    }

    /** @param accountId whose events are expected */
    static PulledMessage of(JsonValue json, String accountId) {
        try {
            DeliveryEvent event = event(json);
            requireReadable(event, accountId);
            return new PulledMessage(json, event, null);
        } catch (IOException e) {
            return new PulledMessage(json, null, e.getMessage());
        }
    }

    /** As seen, JSON text; as documented, base64 of it. */
    private static DeliveryEvent event(JsonValue json) throws IOException {
        String type = json.get("metadata").text("CF-Content-Type").orElse("json");
        String body = json.get("body").string().orElseThrow(() -> new IOException("the body is not a string"));
        if (body.trim().startsWith("{")) {
            return event(body, type);
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(body.trim());
        } catch (IllegalArgumentException e) {
            throw new IOException("the body (type " + type + ") is neither JSON nor base64", e);
        }
        return event(new String(decoded, StandardCharsets.UTF_8), type);
    }

    private static DeliveryEvent event(String text, String type) throws IOException {
        try {
            JsonValue json = Json.read(text.getBytes(StandardCharsets.UTF_8));
            if (json.isObject()) {
                return new DeliveryEvent(json, text);
            }
        } catch (IOException e) {
            throw new IOException("the body (type " + type + ") is not JSON: " + e.getMessage(), e);
        }
        throw new IOException("the body is not a JSON object");
    }

    private static void requireReadable(DeliveryEvent event, String accountId) throws IOException {
        if (event.getType().isEmpty() || event.getEventId().isEmpty()) {
            throw new IOException("not an event: type or eventId is missing");
        }
        if (event.getEventId().length() > LONGEST_ID) {
            throw new IOException("not an event: its eventId is longer than " + LONGEST_ID + " characters");
        }
        JsonValue version = event.metadata("eventSchemaVersion");
        if (!version.isNone() && !version.is(SCHEMA_VERSION)) {
            throw new IOException(
                    "the eventSchemaVersion is " + event.getSchemaVersion().orElse(0L) + ", not " + SCHEMA_VERSION
                            + ": a newer version of Flaremail may read it");
        }
        JsonValue account = event.metadata("accountId");
        if (!account.isNone()
                && !account.string().filter(accountId::equalsIgnoreCase).isPresent()) {
            throw new IOException("the event belongs to another account");
        }
    }

    /** The queue's id of the message; never null. */
    public String getId() {
        return json.text("id").orElse("");
    }

    /** The event; empty if the message is not one, or not one that this version reads. */
    public Optional<DeliveryEvent> getEvent() {
        return Optional.ofNullable(event);
    }

    /** Why the message is not readable as an event; empty if it is. */
    public Optional<String> getProblem() {
        return Optional.ofNullable(problem);
    }

    /** The body as it came; never null. */
    public String getBody() {
        return json.text("body").orElse("");
    }

    /** How many times the message was pulled, this time included. */
    public Optional<Long> getAttempts() {
        return json.number("attempts");
    }

    /** When it was written to the queue. */
    public Optional<Instant> getTime() {
        return json.number("timestamp_ms").map(Instant::ofEpochMilli);
    }

    String lease() {
        return json.text("lease_id").orElse("");
    }

    @Override
    public String toString() {
        return event != null ? event.toString() : "message " + getId() + ": " + problem;
    }
}
