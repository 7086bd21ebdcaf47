package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@code /accounts/../queues}: queues and their consumers. */
final class QueueEndpoints {
    static final String BASE = "/accounts/{account}/queues";
    static final String ONE = BASE + "/{queue}";
    static final String CONSUMERS = ONE + "/consumers";
    static final String CONSUMER = CONSUMERS + "/{consumer}";

    private static final int PER_PAGE = 100;

    private final Settings settings;
    private final Access access;
    private final MessageQueues queues;

    QueueEndpoints(Settings settings, Access access, MessageQueues queues) {
        this.settings = settings;
        this.access = access;
        this.queues = queues;
    }

    void addTo(Router router) {
        router.add("GET", BASE, this::list, "page", "per_page", "name");
        router.add("POST", BASE, this::create);
        router.add("GET", ONE, (call, ledger) -> Answer.result(find(call).json()));
        router.add("PATCH", ONE, this::change);
        router.add("PUT", ONE, this::change);
        router.add("DELETE", ONE, this::delete);
        router.add("GET", CONSUMERS, this::consumers);
        router.add("POST", CONSUMERS, this::addConsumer);
        router.add("GET", CONSUMER, (call, ledger) -> consumer(call, findConsumer(call)));
        router.add("PUT", CONSUMER, this::replaceConsumer);
        router.add("DELETE", CONSUMER, this::deleteConsumer);
    }

    private Instant now() {
        return settings.clock().instant();
    }

    private Answer list(Call call, Ledger ledger) {
        access.requireAccount(call);
        String name = call.query().text("name");
        List<MessageQueue> found = queues.all().stream()
                .filter(queue -> name == null || queue.name().equals(name))
                .toList();
        return NumberedPage.of(found, call.query(), PER_PAGE, PER_PAGE).answer(MessageQueue::json, true);
    }

    private Answer create(Call call, Ledger ledger) {
        access.requireAccount(call);
        JsonBody json = JsonBody.parse(call.body());
        json.requireFields(Set.of("queue_name"), Set.of("settings", "jurisdiction"));
        return Answer.result(queues.create(json.text("queue_name"), now()).json());
    }

    private Answer change(Call call, Ledger ledger) {
        MessageQueue queue = find(call);
        JsonBody json = JsonBody.parse(call.body());
        json.requireFields(Set.of(), Set.of("queue_name", "settings", "jurisdiction"));
        if (json.has("queue_name")) {
            queues.rename(queue, json.text("queue_name"), now());
        }
        return Answer.result(queue.json());
    }

    private Answer delete(Call call, Ledger ledger) {
        queues.delete(find(call).id);
        return Answer.nothing();
    }

    private MessageQueue find(Call call) {
        return find(call, access, queues);
    }

    /** The queue in the path of an account's call. */
    static MessageQueue find(Call call, Access access, MessageQueues queues) {
        access.requireAccount(call);
        String id = call.variable("queue");
        return queues.byId(id).orElseThrow(() -> new Refusal(ApiError.QUEUE_NOT_FOUND, "no queue " + id));
    }

    private Answer consumers(Call call, Ledger ledger) {
        MessageQueue queue = find(call);
        ArrayNode result = Answer.array();
        if (queue.consumer() != null) {
            result.add(queue.consumer().json(queue.name()));
        }
        return Answer.result(result);
    }

    private Answer addConsumer(Call call, Ledger ledger) {
        PullConsumer consumer = PullConsumer.parse(JsonBody.parse(call.body()), SandboxBuilder.id(), now());
        find(call).add(consumer);
        return consumer(call, consumer);
    }

    private Answer replaceConsumer(Call call, Ledger ledger) {
        PullConsumer old = findConsumer(call);
        PullConsumer consumer = PullConsumer.parse(JsonBody.parse(call.body()), old.id(), old.created());
        find(call).replace(consumer);
        return consumer(call, consumer);
    }

    private Answer deleteConsumer(Call call, Ledger ledger) {
        findConsumer(call);
        find(call).replace(null);
        return Answer.nothing();
    }

    private PullConsumer findConsumer(Call call) {
        PullConsumer consumer = find(call).consumer();
        if (consumer == null || !consumer.id().equals(call.variable("consumer"))) {
            throw new Refusal(ApiError.CONSUMER_NOT_FOUND, "no consumer " + call.variable("consumer"));
        }
        return consumer;
    }

    private Answer consumer(Call call, PullConsumer consumer) {
        return Answer.result(consumer.json(find(call).name()));
    }
}
