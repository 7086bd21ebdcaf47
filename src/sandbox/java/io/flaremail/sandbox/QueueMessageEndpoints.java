package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** {@code /accounts/../queues/../messages}: pull, acknowledge, look at and push messages. */
final class QueueMessageEndpoints {
    static final String BASE = QueueEndpoints.ONE + "/messages";
    private static final String VISIBILITY = "visibility_timeout_ms";
    private static final String VISIBILITY_IN_GUIDE = "visibility_timeout";
    private static final int PULLED_BY_DEFAULT = 5;
    private static final int LONGEST_MESSAGE = 128 * 1000;

    private final Settings settings;
    private final Access access;
    private final MessageQueues queues;
    private final DeliveryEvents events;
    private final Map<String, Instant> purges = new ConcurrentHashMap<>();

    QueueMessageEndpoints(Settings settings, Access access, MessageQueues queues, DeliveryEvents events) {
        this.settings = settings;
        this.access = access;
        this.queues = queues;
        this.events = events;
    }

    void addTo(Router router) {
        router.addPulling("POST", BASE + "/pull", this::pull);
        router.addPulling("POST", BASE + "/ack", this::acknowledge);
        router.add("POST", BASE + "/peek", this::peek);
        router.add("POST", BASE + "/purge", this::purgeSome);
        router.add("POST", BASE, this::push);
        router.add("POST", BASE + "/batch", this::pushBatch);
        router.add(
                "GET",
                QueueEndpoints.ONE + "/metrics",
                (call, ledger) -> Answer.result(find(call).metrics()));
        router.add("POST", QueueEndpoints.ONE + "/purge", this::purge);
        router.add("GET", QueueEndpoints.ONE + "/purge", this::purgeStatus);
    }

    private Instant now() {
        return settings.clock().instant();
    }

    private MessageQueue find(Call call) {
        return QueueEndpoints.find(call, access, queues);
    }

    private MessageQueue findPulled(Call call) {
        MessageQueue queue = find(call);
        if (queue.consumer() == null) {
            throw new Refusal(ApiError.NO_PULL_CONSUMER, "add one: POST .../consumers {\"type\":\"http_pull\"}");
        }
        return queue;
    }

    private Consumer<QueuedMessage> deadLetters(MessageQueue queue) {
        PullConsumer consumer = queue.consumer();
        Instant now = now();
        return message -> queues.bury(message, consumer, now);
    }

    private Answer pull(Call call, Ledger ledger) {
        MessageQueue queue = findPulled(call);
        JsonBody json = body(call);
        json.requireFields(
                Set.of(),
                settings.isStrict(QueueBehavior.GUIDE_NAME)
                        ? Set.of("batch_size", VISIBILITY)
                        : Set.of("batch_size", VISIBILITY, VISIBILITY_IN_GUIDE));
        int most = json.number("batch_size", PULLED_BY_DEFAULT, 1, PullConsumer.MOST_MESSAGES);
        int visibility = json.number(
                json.has(VISIBILITY_IN_GUIDE) ? VISIBILITY_IN_GUIDE : VISIBILITY,
                queue.consumer().visibilityTimeoutMs(),
                0,
                PullConsumer.LONGEST_VISIBILITY_MS);
        List<QueuedMessage> pulled =
                queue.pull(most, Duration.ofMillis(visibility), events.isNewestFirst(), now(), deadLetters(queue));
        ObjectNode result = Answer.object().put("message_backlog_count", queue.backlog());
        ArrayNode messages = result.putArray("messages");
        pulled.forEach(message -> messages.add(message.json(events.isBase64()).put("lease_id", message.lease)));
        result.putObject("metadata").set("metrics", queue.metrics());
        return Answer.result(result);
    }

    /** A pull without a body, and one with an empty object, are the same. */
    private static JsonBody body(Call call) {
        return call.body().length == 0 ? new JsonBody(Answer.object()) : JsonBody.parse(call.body());
    }

    private Answer acknowledge(Call call, Ledger ledger) {
        MessageQueue queue = findPulled(call);
        JsonBody json = JsonBody.parse(call.body());
        json.requireFields(Set.of(), Set.of("acks", "retries"));
        ObjectNode warnings = Answer.object();
        int acknowledged = 0;
        for (JsonBody ack : json.objects("acks")) {
            String lease = ack.text("lease_id");
            if (queue.acknowledge(lease)) {
                acknowledged++;
            } else {
                warnings.put(lease, "lease not found or expired");
            }
        }
        int retried = 0;
        for (JsonBody retry : json.objects("retries")) {
            String lease = retry.text("lease_id");
            int delay = retry.number("delay_seconds", queue.consumer().retryDelay(), 0, PullConsumer.LONGEST_DELAY_S);
            if (queue.retry(lease, Duration.ofSeconds(delay), now(), deadLetters(queue))) {
                retried++;
            } else {
                warnings.put(lease, "lease not found or expired");
            }
        }
        ObjectNode result = Answer.object().put("ackCount", acknowledged).put("retryCount", retried);
        result.set("warnings", warnings);
        return Answer.result(result);
    }

    private Answer peek(Call call, Ledger ledger) {
        MessageQueue queue = find(call);
        int most = body(call).number("batch_size", PULLED_BY_DEFAULT, 1, PullConsumer.MOST_MESSAGES);
        ArrayNode messages = Answer.array();
        queue.peek(most)
                .forEach(message -> messages.add(message.json(events.isBase64()).put("ref", message.id)));
        ObjectNode result = Answer.object();
        result.set("messages", messages);
        return Answer.result(result);
    }

    private Answer purgeSome(Call call, Ledger ledger) {
        MessageQueue queue = find(call);
        ObjectNode warnings = Answer.object();
        for (JsonBody each : JsonBody.parse(call.body()).objects("refs")) {
            if (!queue.remove(each.text("ref"))) {
                warnings.put(each.text("ref"), "message not found");
            }
        }
        ObjectNode result = Answer.object();
        result.putArray("errors");
        result.set("warnings", warnings);
        return Answer.result(result);
    }

    private Answer purge(Call call, Ledger ledger) {
        MessageQueue queue = find(call);
        queue.purge();
        purges.put(queue.id, now());
        return Answer.result(queue.json());
    }

    /** Of the last purge of all messages; what there is before the first one is not published: nothing here. */
    private Answer purgeStatus(Call call, Ledger ledger) {
        Instant started = purges.get(find(call).id);
        ObjectNode result = Answer.object();
        return Answer.result(
                started == null
                        ? result
                        : result.put("started_at", started.toString()).put("completed", "true"));
    }

    private Answer push(Call call, Ledger ledger) {
        MessageQueue queue = find(call);
        push(queue, JsonBody.parse(call.body()), 0);
        return metrics(queue);
    }

    private Answer pushBatch(Call call, Ledger ledger) {
        MessageQueue queue = find(call);
        JsonBody json = JsonBody.parse(call.body());
        json.requireFields(Set.of("messages"), Set.of("delay_seconds"));
        int delay = json.number("delay_seconds", 0, 0, PullConsumer.LONGEST_DELAY_S);
        json.objects("messages").forEach(message -> push(queue, message, delay));
        return metrics(queue);
    }

    private static Answer metrics(MessageQueue queue) {
        ObjectNode result = Answer.object();
        result.putObject("metadata").set("metrics", queue.metrics());
        return Answer.result(result);
    }

    private void push(MessageQueue queue, JsonBody json, int delayByDefault) {
        json.requireFields(Set.of("body"), Set.of("content_type", "delay_seconds"));
        String type = json.has("content_type") ? json.text("content_type") : "json";
        if (!Set.of("json", "text").contains(type)) {
            throw JsonBody.invalid("content_type: expected json or text, got \"" + type + "\"");
        }
        JsonNode body = json.object().get("body");
        String text = type.equals("text") ? json.text("body") : body.toString();
        int delay = json.number("delay_seconds", delayByDefault, 0, PullConsumer.LONGEST_DELAY_S);
        QueuedMessage message = new QueuedMessage(text, type, null, now(), now().plusSeconds(delay));
        if (message.size > LONGEST_MESSAGE) {
            throw new Refusal(ApiError.QUEUES_INVALID, "body: " + message.size + " bytes, at most " + LONGEST_MESSAGE);
        }
        queue.push(message);
    }
}
