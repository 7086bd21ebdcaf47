package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;

/**
 * The HTTP pull consumer of a queue.
 *
 * @param deadLetterQueue the name of the queue for messages after their last attempt; null for none
 */
record PullConsumer(
        String id,
        Instant created,
        int batchSize,
        int maxRetries,
        int retryDelay,
        int visibilityTimeoutMs,
        String deadLetterQueue) {
    static final int MOST_MESSAGES = 100;
    static final int LONGEST_VISIBILITY_MS = 43_200_000;
    static final int LONGEST_DELAY_S = 43_200;

    private static final Set<String> SETTINGS =
            Set.of("batch_size", "max_retries", "retry_delay", "visibility_timeout_ms");

    static PullConsumer parse(JsonBody json, String id, Instant created) {
        json.requireFields(Set.of("type"), Set.of("settings", "dead_letter_queue"));
        if (!json.text("type").equals("http_pull")) {
            throw new Refusal(ApiError.QUEUES_INVALID, "type: the sandbox has only http_pull", "/type");
        }
        JsonBody settings = json.has("settings")
                ? JsonBody.of("settings", json.object().get("settings"))
                : new JsonBody(Answer.object());
        settings.requireFields(Set.of(), SETTINGS);
        return new PullConsumer(
                id,
                created,
                settings.number("batch_size", 10, 1, MOST_MESSAGES),
                settings.number("max_retries", 3, 0, 100),
                settings.number("retry_delay", 0, 0, LONGEST_DELAY_S),
                settings.number("visibility_timeout_ms", 30_000, 0, LONGEST_VISIBILITY_MS),
                json.nullableText("dead_letter_queue"));
    }

    ObjectNode json(String queueName) {
        ObjectNode json = Answer.object()
                .put("consumer_id", id)
                .put("created_on", created.toString())
                .put("queue_name", queueName)
                .put("type", "http_pull");
        if (deadLetterQueue != null) {
            json.put("dead_letter_queue", deadLetterQueue);
        }
        json.putObject("settings")
                .put("batch_size", batchSize)
                .put("max_retries", maxRetries)
                .put("retry_delay", retryDelay)
                .put("visibility_timeout_ms", visibilityTimeoutMs);
        return json;
    }
}
