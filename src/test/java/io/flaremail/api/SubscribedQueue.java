package io.flaremail.api;

import io.flaremail.sandbox.Sandbox;
import io.flaremail.sandbox.SandboxBuilder;

/** A sandbox with a queue {@code email-events} that receives all events of example.com, and a client. */
public final class SubscribedQueue implements AutoCloseable {
    public final Sandbox sandbox;
    public final CloudflareEmail client;
    public final String id;

    private SubscribedQueue(Sandbox sandbox, CloudflareEmail client, String id) {
        this.sandbox = sandbox;
        this.client = client;
        this.id = id;
    }

    /** @param attempts after which a message leaves the queue */
    public static SubscribedQueue start(SandboxBuilder builder, int attempts) throws CloudflareApiException {
        Sandbox sandbox = builder.start();
        CloudflareEmail client = CloudflareEmail.builder()
                .token(sandbox.token())
                .endpoint(sandbox.endpoint())
                .jitter(() -> 0)
                .build();
        Queues queues = client.queues(sandbox.account());
        String id = queues.findOrCreate("email-events").getId();
        queues.addPullConsumer(id, PullConsumer.withDefaults().maxRetries(attempts));
        client.eventSubscriptions(sandbox.account())
                .create("events", sandbox.zone(), "example.com", id, DeliveryEvent.Kind.all());
        return new SubscribedQueue(sandbox, client, id);
    }

    public DeliveryEvents events() {
        return client.deliveryEvents(sandbox.account(), id);
    }

    public int backlog() throws CloudflareApiException {
        return client.queues(sandbox.account())
                .metrics(id)
                .getBacklog()
                .orElseThrow()
                .intValue();
    }

    /** Until all messages are acknowledged, or have left the queue. */
    public void awaitEmpty() throws CloudflareApiException, InterruptedException {
        while (backlog() > 0) {
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        client.close();
        sandbox.close();
    }
}
