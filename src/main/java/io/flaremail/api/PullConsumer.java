package io.flaremail.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The consumer of a queue that pulls over HTTP: its settings, used for pulls that do not override them. Immutable.
 */
public final class PullConsumer {
    private static final String TYPE = "http_pull";

    private final JsonValue json;

    PullConsumer(JsonValue json) {
        this.json = json;
    }

    /** The first one among a queue's consumers; empty if none of them pulls over HTTP. */
    static Optional<PullConsumer> among(List<JsonValue> consumers) {
        return consumers.stream().filter(PullConsumer::isOne).findFirst().map(PullConsumer::new);
    }

    static boolean isOne(JsonValue json) {
        return json.text("type").filter(TYPE::equals).isPresent();
    }

    /** A new consumer with Cloudflare's defaults. */
    public static PullConsumer withDefaults() {
        return new PullConsumer(JsonValue.of(Collections.emptyMap()));
    }

    /** @param messages for each pull, 1 to 100 */
    public PullConsumer batchSize(int messages) {
        return with("batch_size", (long) messages);
    }

    /** @param retries after which an unacknowledged message moves to the dead-letter queue, 0 to 100 */
    public PullConsumer maxRetries(int retries) {
        return with("max_retries", (long) retries);
    }

    /** @param time for which a pulled message is hidden from other pulls, at most 12 hours */
    public PullConsumer visibilityTimeout(Duration time) {
        return with("visibility_timeout_ms", time.toMillis());
    }

    /** @param time before a message that was handed back is visible again, in whole seconds, at most 12 hours */
    public PullConsumer retryDelay(Duration time) {
        return with("retry_delay", time.getSeconds());
    }

    /** @param queueName the queue for messages after their last attempt; without one they are deleted */
    public PullConsumer deadLetterQueue(String queueName) {
        return with("dead_letter_queue", Objects.requireNonNull(queueName, "queueName"));
    }

    /** The id; empty for a new one. */
    public Optional<String> getId() {
        return json.text("consumer_id");
    }

    public Optional<Integer> getMaxRetries() {
        return setting("max_retries").map(Long::intValue);
    }

    public Optional<Duration> getVisibilityTimeout() {
        return setting("visibility_timeout_ms").map(Duration::ofMillis);
    }

    public Optional<String> getDeadLetterQueue() {
        return json.text("dead_letter_queue").filter(name -> !name.isEmpty());
    }

    private Optional<Long> setting(String name) {
        Optional<Long> own = json.number(name);
        return own.isPresent() ? own : json.get("settings").number(name);
    }

    private PullConsumer with(String name, Object value) {
        return new PullConsumer(
                JsonValue.of(Collections.singletonMap(name, value)).orElse(json.fields()));
    }

    /** The request that creates it. */
    Map<String, Object> request() {
        Map<String, Object> settings = new LinkedHashMap<>(json.fields());
        Object deadLetters = settings.remove("dead_letter_queue");
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("type", TYPE);
        request.put("settings", settings);
        if (deadLetters != null) {
            request.put("dead_letter_queue", deadLetters);
        }
        return request;
    }
}
