package io.flaremail.sandbox;

import static io.flaremail.sandbox.Fact.assumed;
import static io.flaremail.sandbox.Fact.documented;
import static io.flaremail.sandbox.Fact.seen;

/** Queues, their consumers and messages. */
enum QueueBehavior implements Behavior {
    LIST(documented("Queues are listed in pages of 100, and found by `name`.").at(At.LIST)),
    CREATE(documented(
                    "A queue's name has lower-case letters, digits and hyphens, at most 63, and is unique in the account. The"
                            + " errors are assumed.")
            .at(At.CREATE)
            .refusing(ApiError.QUEUES_INVALID, ApiError.QUEUE_EXISTS)),
    GET(documented("A queue is found by its id; the error is assumed.")
            .at(At.GET)
            .refusing(ApiError.QUEUE_NOT_FOUND)),
    CHANGE(documented("A queue can be renamed.").at(At.EDIT, At.REPLACE)),
    DELETE(documented("A queue can be deleted.").at(At.DELETE)),
    ONE_CONSUMER(documented("A queue has one consumer; a second one is refused.")
            .at(At.ADD_CONSUMER, At.CONSUMERS)
            .refusing(ApiError.CONSUMER_EXISTS)),
    CONSUMER(documented("A consumer is found by its id, replaced and deleted; the error is assumed.")
            .at(At.CONSUMER, At.REPLACE_CONSUMER, At.DELETE_CONSUMER)
            .refusing(ApiError.CONSUMER_NOT_FOUND)),
    NO_CONSUMER(seen("A pull from a queue without a consumer is refused with 405.")
            .at(At.PULL)
            .refusing(ApiError.NO_PULL_CONSUMER)),
    PULL(documented(
                    "A pull returns at once, with 5 messages by default and at most 100. Each has a lease, and is invisible for"
                            + " `visibility_timeout_ms`.")
            .at(At.PULL)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    GUIDE_NAME(documented("Some published examples have `visibility_timeout` instead. Both are accepted.")
            .at(At.PULL)
            .strict("`visibility_timeout` is refused.")
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    ACKNOWLEDGE(documented(
                    "Acknowledging returns two counts, and a warning for each unknown lease. A late one is accepted.")
            .at(At.ACK)),
    RETRY(documented("A message can be given back, with a delay.").at(At.ACK)),
    MAX_RETRIES(documented("After `max_retries` attempts, a message goes to the dead-letter queue, if there is one.")
            .at(At.PULL)),
    PEEK(documented("Messages can be seen without a lease.").at(At.PEEK)),
    PURGE(documented("Messages can be removed, all or some.").at(At.PURGE, At.PURGE_SOME)),
    PURGE_STATUS(
            documented("The status of the last purge has its time; before the first purge it is assumed to be empty.")
                    .at(At.PURGE_STATUS)),
    METRICS(documented("The metrics have the number of messages, their bytes and the time of the oldest.")
            .at(At.METRICS)),
    PUSH(documented("Messages can be pushed, one or many.").at(At.PUSH, At.PUSH_BATCH)),
    MESSAGE_SIZE(documented("A message has at most 128 KB; the error is assumed.")
            .at(At.PUSH)
            .refusing(ApiError.QUEUES_INVALID)),
    CONSUMER_TYPE(assumed("Consumers other than `http_pull` are refused: the sandbox runs no Workers.")
            .at(At.ADD_CONSUMER)
            .refusing(ApiError.QUEUES_INVALID));

    private static final class At {
        static final String LIST = "GET " + QueueEndpoints.BASE;
        static final String CREATE = "POST " + QueueEndpoints.BASE;
        static final String GET = "GET " + QueueEndpoints.ONE;
        static final String EDIT = "PATCH " + QueueEndpoints.ONE;
        static final String REPLACE = "PUT " + QueueEndpoints.ONE;
        static final String DELETE = "DELETE " + QueueEndpoints.ONE;
        static final String CONSUMERS = "GET " + QueueEndpoints.CONSUMERS;
        static final String ADD_CONSUMER = "POST " + QueueEndpoints.CONSUMERS;
        static final String CONSUMER = "GET " + QueueEndpoints.CONSUMER;
        static final String REPLACE_CONSUMER = "PUT " + QueueEndpoints.CONSUMER;
        static final String DELETE_CONSUMER = "DELETE " + QueueEndpoints.CONSUMER;
        static final String PULL = "POST " + QueueMessageEndpoints.BASE + "/pull";
        static final String ACK = "POST " + QueueMessageEndpoints.BASE + "/ack";
        static final String PEEK = "POST " + QueueMessageEndpoints.BASE + "/peek";
        static final String PURGE_SOME = "POST " + QueueMessageEndpoints.BASE + "/purge";
        static final String PURGE = "POST " + QueueEndpoints.ONE + "/purge";
        static final String PURGE_STATUS = "GET " + QueueEndpoints.ONE + "/purge";
        static final String METRICS = "GET " + QueueEndpoints.ONE + "/metrics";
        static final String PUSH = "POST " + QueueMessageEndpoints.BASE;
        static final String PUSH_BATCH = "POST " + QueueMessageEndpoints.BASE + "/batch";
    }

    private final Fact fact;

    QueueBehavior(Fact fact) {
        this.fact = fact;
    }

    @Override
    public Fact fact() {
        return fact;
    }
}
