package io.flaremail.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Manages an account's queues and their pull consumers, as far as delivery events need them. The token needs the
 * permission Queues: Edit. Thread-safe.
 *
 * <p>Tests: DeliveryEventsTest.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/queues/">Cloudflare API: Queues</a>
 */
public final class Queues {
    private final ApiClient api;
    private final ApiPath queues;

    Queues(ApiClient api, String accountId) {
        this.api = api;
        this.queues =
                api.path().segment("accounts").argument("accountId", accountId).segment("queues");
    }

    /** All queues of the account; never null. */
    public List<MessageQueue> list() throws CloudflareApiException {
        return Pages.all(api, queues, "queue_id", MessageQueue::new);
    }

    /** Finds a queue by its name. */
    public Optional<MessageQueue> find(String name) throws CloudflareApiException {
        Objects.requireNonNull(name, "name");
        // A service that ignored the filter would answer with a page of all queues.
        return Pages.all(api, queues.query("name", Optional.of(name)), "queue_id", MessageQueue::new).stream()
                .filter(queue -> queue.getName().equals(name))
                .findFirst();
    }

    public MessageQueue get(String queueId) throws CloudflareApiException {
        return new MessageQueue(api.get(queue(queueId)));
    }

    /** @param name lower-case letters, digits and hyphens, at most 63 */
    public MessageQueue create(String name) throws CloudflareApiException {
        return new MessageQueue(
                api.create(queues, Collections.singletonMap("queue_name", Objects.requireNonNull(name, "name"))));
    }

    /** The queue of this name, which is created if there is none. May be repeated. */
    public MessageQueue findOrCreate(String name) throws CloudflareApiException {
        Optional<MessageQueue> found = find(name);
        return found.isPresent() ? found.get() : create(name);
    }

    /** Deletes a queue with its messages. */
    public void delete(String queueId) throws CloudflareApiException {
        api.delete(queue(queueId));
    }

    public QueueMetrics metrics(String queueId) throws CloudflareApiException {
        return new QueueMetrics(api.get(queue(queueId).segment("metrics")));
    }

    /** The consumer of a queue that pulls over HTTP; empty if there is none. */
    public Optional<PullConsumer> pullConsumer(String queueId) throws CloudflareApiException {
        return PullConsumer.among(api.list(queue(queueId).segment("consumers")).objects());
    }

    /** Adds a pull consumer; a queue has one consumer. */
    public PullConsumer addPullConsumer(String queueId, PullConsumer consumer) throws CloudflareApiException {
        Map<String, Object> request =
                Objects.requireNonNull(consumer, "consumer").request();
        return new PullConsumer(api.create(queue(queueId).segment("consumers"), request));
    }

    /** Replaces the settings of a pull consumer. */
    public PullConsumer replacePullConsumer(String queueId, PullConsumer old, PullConsumer consumer)
            throws CloudflareApiException {
        ApiPath one = queue(queueId)
                .segment("consumers")
                .argument("old.id", old.getId().orElse(null));
        return new PullConsumer(api.change("PUT", one, consumer.request()));
    }

    private ApiPath queue(String queueId) {
        return queues.argument("queueId", queueId);
    }

    /** Reads numbered pages. */
    static final class Pages {
        private static final int MOST = 1000;

        private Pages() {}

        /** @param key the field that identifies an entry: pages without a new one end the list */
        static <T> List<T> all(ApiClient api, ApiPath list, String key, java.util.function.Function<JsonValue, T> model)
                throws CloudflareApiException {
            Map<String, T> all = new LinkedHashMap<>();
            for (long number = 1; number <= MOST; number++) {
                ApiResponse page = api.list(number == 1 ? list : list.query("page", Optional.of(number)));
                int before = all.size();
                page.objects().forEach(json -> all.putIfAbsent(json.text(key).orElse(""), model.apply(json)));
                if (all.size() == before || isLast(page, number, all.size())) {
                    break;
                }
            }
            return Collections.unmodifiableList(new ArrayList<>(all.values()));
        }

        /** The API's lists name the number of pages or of entries, or neither. */
        private static boolean isLast(ApiResponse page, long number, int soFar) {
            Optional<Long> pages = page.resultInfo().number("total_pages");
            Optional<Long> entries = page.resultInfo().number("total_count");
            return pages.map(last -> number >= last)
                    .orElseGet(() -> entries.map(count -> soFar >= count).orElse(false));
        }
    }
}
