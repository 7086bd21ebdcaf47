package io.flaremail.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads delivery events from a queue with a pull consumer. The token needs the permission Queues: Edit and no other, so
 * a consumer can have a token that cannot send. Several consumers may share a queue. Thread-safe.
 *
 * <p>{@link #listen} combines these steps. Each message that is pulled has a lease: unless it is acknowledged before the lease
 * ends, the queue gives it out again.
 *
 * <p>Tests: DeliveryEventsTest, EventLoopTest.
 *
 * @see <a href="https://developers.cloudflare.com/queues/configuration/pull-consumers/">Cloudflare: Pull consumers</a>
 */
public final class DeliveryEvents {
    private final ApiClient api;
    private final String accountId;
    private final ApiPath messages;

    DeliveryEvents(ApiClient api, String accountId, String queueId) {
        this.api = api;
        this.accountId = accountId;
        this.messages = api.path()
                .segment("accounts")
                .argument("accountId", accountId)
                .segment("queues")
                .argument("queueId", queueId)
                .segment("messages");
    }

    /** The same, over connections of its own. */
    DeliveryEvents withClient(ApiClient separate) {
        return new DeliveryEvents(separate, accountId, messages);
    }

    private DeliveryEvents(ApiClient api, String accountId, ApiPath messages) {
        this.api = api;
        this.accountId = accountId;
        this.messages = messages;
    }

    ApiClient api() {
        return api;
    }

    /**
     * Pulls messages. Returns immediately, even if the queue is empty. Makes one request: after a lost response, messages that it
     * contained come back when their leases end.
     *
     * @param maxMessages 1 to 100
     * @param lease for which other pulls do not see the messages, at most 12 hours
     */
    public Batch pull(int maxMessages, Duration lease) throws CloudflareApiException {
        if (maxMessages < 1 || maxMessages > 100) {
            throw new IllegalArgumentException("maxMessages: expected 1 to 100, got " + maxMessages);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("batch_size", maxMessages);
        request.put("visibility_timeout_ms", lease.toMillis());
        return new Batch(api.pull(messages.segment("pull"), request), accountId);
    }

    /** Acknowledges messages, so that they are not given out again. May be repeated, and is retried. */
    public void acknowledge(PulledMessage... pulled) throws CloudflareApiException {
        acknowledge(Arrays.asList(pulled));
    }

    /** Acknowledges messages, so that they are not given out again. May be repeated, and is retried. */
    public void acknowledge(Collection<PulledMessage> pulled) throws CloudflareApiException {
        List<Map<String, Object>> acks = pulled.stream()
                .map(each -> Collections.<String, Object>singletonMap("lease_id", each.lease()))
                .collect(Collectors.toList());
        if (!acks.isEmpty()) {
            api.repeatable(messages.segment("ack"), Collections.singletonMap("acks", acks));
        }
    }

    /**
     * Gives a message back, so that it is delivered again.
     *
     * @param delay before that; fractions of a second are dropped; at most 12 hours
     */
    public void retry(PulledMessage pulled, Duration delay) throws CloudflareApiException {
        api.repeatable(messages.segment("ack"), retries(Collections.singletonList(pulled), delay));
    }

    /** Gives messages back in one request, which is not repeated. */
    void retryOnce(Collection<PulledMessage> pulled, Duration delay) throws CloudflareApiException {
        if (!pulled.isEmpty()) {
            api.postOnce(messages.segment("ack"), retries(pulled, delay));
        }
    }

    private static Map<String, Object> retries(Collection<PulledMessage> pulled, Duration delay) {
        List<Object> retries = new ArrayList<>();
        for (PulledMessage each : pulled) {
            Map<String, Object> retry = new LinkedHashMap<>();
            retry.put("lease_id", each.lease());
            retry.put("delay_seconds", delay.getSeconds());
            retries.add(retry);
        }
        return Collections.singletonMap("retries", retries);
    }

    /** Prepares a loop that pulls, calls the handler and acknowledges; {@link EventLoop#run} runs it. */
    public EventLoop listen(EventHandler handler) {
        return new EventLoop(this, Objects.requireNonNull(handler, "handler"));
    }

    /** The messages of one pull. Immutable. */
    public static final class Batch {
        private final List<PulledMessage> messages;
        private final Optional<Long> backlog;

        private Batch(JsonValue json, String accountId) {
            this.messages = Collections.unmodifiableList(json.get("messages").objects().stream()
                    .map(each -> PulledMessage.of(each, accountId))
                    .collect(Collectors.toList()));
            Optional<Long> own = json.number("message_backlog_count");
            this.backlog =
                    own.isPresent() ? own : json.get("metadata").get("metrics").number("backlog_count");
        }

        /** Never null. */
        public List<PulledMessage> getMessages() {
            return messages;
        }

        /** How many messages the queue has, these included; empty if it does not say. */
        public Optional<Long> getBacklog() {
            return backlog;
        }
    }
}
