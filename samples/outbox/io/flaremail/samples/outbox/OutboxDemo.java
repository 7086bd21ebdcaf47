package io.flaremail.samples.outbox;

import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.PullConsumer;
import io.flaremail.api.Queues;
import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * Hands in messages and shows where each one ends up. The argument is a broker's URL, such as
 * {@code tcp://localhost:61616}; without it the demo runs its own broker in a new folder. The service is a sandbox that
 * throttles once, and twice gives no answer: before it accepted a message, and after.
 */
public final class OutboxDemo {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1), 5);

    private OutboxDemo() {}

    public static void main(String[] args) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().eventDelay(Duration.ZERO).start();
                CloudflareEmail client = CloudflareEmail.builder()
                        .token(sandbox.token())
                        .endpoint(sandbox.endpoint())
                        .build();
                Broker broker = args.length > 0 ? Broker.at(args[0]) : Broker.embedded(folder());
                Outbox outbox = new Outbox(broker)) {
            String queue = subscribe(client, sandbox);
            System.out.println(
                    "The first request is throttled. The second gets no answer, and was not accepted. The third gets"
                            + " no answer, but was accepted. The last message is to an address that bounced before.");
            sandbox.fail(
                    Fault.error(ApiError.THROTTLED).header("Retry-After", "1"),
                    Fault.hangUp(),
                    Fault.hangUp().afterAccepting());
            for (String local :
                    List.of("throttled", "lost", "unanswered", "bounce", "bounce-later", "complain", "ada")) {
                outbox.handIn(message(local + "@example.org"));
            }
            deliver(broker, sandbox);
            try (UnknownOutcomeLookup reconciler = new UnknownOutcomeLookup(broker, client.analytics(sandbox.zone()))) {
                System.out.println("unknown, but accepted: " + reconciler.reconcile());
            }
            outbox.handIn(message("bounce-later@example.org"));
            try (DeliveryEventProcessor processor = new DeliveryEventProcessor(broker)) {
                client.deliveryEvents(sandbox.account(), queue)
                        .listen(processor)
                        .untilEmpty()
                        .run();
                deliver(broker, sandbox);
            }
            show(outbox);
        }
    }

    /** What {@code flaremail events setup} does. Returns the id of the queue. */
    private static String subscribe(CloudflareEmail client, Sandbox sandbox) throws IOException {
        Queues queues = client.queues(sandbox.account());
        String queue = queues.create("email-events").getId();
        queues.addPullConsumer(queue, PullConsumer.withDefaults());
        client.eventSubscriptions(sandbox.account())
                .create("events", sandbox.zone(), "example.com", queue, DeliveryEvent.Kind.all());
        return queue;
    }

    private static void deliver(Broker broker, Sandbox sandbox) throws Exception {
        try (Courier courier = new Courier(broker, "demo", properties(sandbox), QUICK)) {
            boolean more = true;
            while (more) {
                more = courier.sendNext(LONG_ENOUGH);
            }
        }
    }

    private static Path folder() throws Exception {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "outbox");
    }

    private static Properties properties(Sandbox sandbox) {
        Properties properties = new Properties();
        properties.put("mail.cloudflare.account", sandbox.account());
        properties.put("mail.cloudflare.token", sandbox.token());
        properties.put("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        return properties;
    }

    private static MimeMessage message(String recipient) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom("orders@example.com");
        message.setRecipients(Message.RecipientType.TO, recipient);
        message.setSubject("An order");
        message.setText("Hello");
        return message;
    }

    private static void show(Outbox outbox) throws Exception {
        for (String queue : FinalOutcome.QUEUES) {
            System.out.println(queue + ":");
            for (RecipientRecord delivery : outbox.records(queue)) {
                System.out.println("  " + delivery.recipient() + " " + delivery.reason());
            }
        }
        for (String queue : List.of(Outbox.WAITING, Outbox.REFUSED, Outbox.UNKNOWN)) {
            System.out.println(queue + ":");
            for (Letter letter : outbox.letters(queue)) {
                System.out.println("  " + letter.to() + " after " + letter.attempts() + ": " + letter.reason());
            }
        }
    }
}
