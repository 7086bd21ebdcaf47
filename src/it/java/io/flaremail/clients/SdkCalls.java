package io.flaremail.clients;

import io.flaremail.api.Attachment;
import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.DeliveryEvents;
import io.flaremail.api.Email;
import io.flaremail.api.EmailSending;
import io.flaremail.api.EventSubscriptions;
import io.flaremail.api.NewSuppression;
import io.flaremail.api.PullConsumer;
import io.flaremail.api.Queues;
import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.SubdomainChange;
import io.flaremail.api.SuppressionChange;
import io.flaremail.api.SuppressionFilter;
import io.flaremail.api.Suppressions;
import io.flaremail.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code src/it/clients/run.mjs} does with Cloudflare's SDK, in the same order, done with ours. */
final class SdkCalls {
    static final String MIME = "From: ada@example.com\r\nTo: bob@example.org\r\nSubject: Hi\r\n\r\nGrüße\r\n";
    static final List<String> RECIPIENTS = List.of("bob@example.org", "queued@example.org", "bounce@example.org");

    private SdkCalls() {}

    static void make(CloudflareEmail client, Sandbox sandbox) throws CloudflareApiException {
        send(client.sending(sandbox.account()));
        administer(client.subdomains(sandbox.zone()));
        suppress(client.suppressions(sandbox.account()));
        receiveEvents(client, sandbox);
    }

    private static void send(EmailSending sending) throws CloudflareApiException {
        byte[] image = {0, 1, 2};
        sending.sendRaw("ada@example.com", RECIPIENTS, MIME.getBytes(StandardCharsets.UTF_8));
        sending.send(Email.builder()
                .from("ada@example.com", "Ada")
                .to("bob@example.org")
                .to("cleo@example.org", "Cleo")
                .cc("queued@example.org")
                .bcc("dan@example.org")
                .replyTo("desk@example.com", "Desk")
                .subject("Grüße")
                .text("Hello")
                .html("<img src=\"cid:logo\">")
                .header("X-Tag", "a")
                .attach(Attachment.inline(image, "l.png", "image/png", "logo"))
                .attach(Attachment.of(image, "a.bin", "application/octet-stream"))
                .build());
        failing(() -> sending.sendRaw(
                "ada@other.example", List.of("bob@example.org"), MIME.getBytes(StandardCharsets.UTF_8)));
    }

    private static void administer(SendingSubdomains subdomains) throws CloudflareApiException {
        subdomains.list();
        String tag = subdomains.create("s.example.com").getTag();
        subdomains.get(tag);
        subdomains.dnsRecords(tag);
        subdomains.update(tag, SubdomainChange.none().dropSuppressedRecipients(true));
        subdomains.delete(tag);
        failing(() -> subdomains.get(tag));
    }

    private static void suppress(Suppressions suppressions) throws CloudflareApiException {
        String id = suppressions
                .add(NewSuppression.of("eve@example.org")
                        .note("asked")
                        .expiresAt(Instant.parse("2030-01-01T00:00:00Z")))
                .getId();
        NewSuppression fay = NewSuppression.of("fay@example.org");
        suppressions.addAll(List.of(fay, fay.sendingDomain("example.com"), NewSuppression.of("bad")));
        suppressions.list(SuppressionFilter.all().perPage(1)).collect(Collectors.toList());
        suppressions
                .list(SuppressionFilter.all().sendingDomain("example.com").perPage(100))
                .collect(Collectors.toList());
        suppressions.get(id);
        suppressions.update(id, SuppressionChange.none().note("changed").neverExpires());
        suppressions.remove(id);
    }

    private static void receiveEvents(CloudflareEmail client, Sandbox sandbox) throws CloudflareApiException {
        Queues queues = client.queues(sandbox.account());
        String queue = queues.create("sdk-events").getId();
        queues.list();
        queues.addPullConsumer(
                queue,
                PullConsumer.withDefaults().batchSize(10).maxRetries(100).visibilityTimeout(Duration.ofMinutes(1)));
        queues.pullConsumer(queue);
        EventSubscriptions subscriptions = client.eventSubscriptions(sandbox.account());
        String id = subscriptions
                .create(
                        "sdk",
                        sandbox.zone(),
                        "example.com",
                        queue,
                        EnumSet.of(DeliveryEvent.Kind.DELIVERED, DeliveryEvent.Kind.BOUNCED))
                .getId();
        subscriptions.list();
        client.sending(sandbox.account())
                .sendRaw("ada@example.com", List.of("bob@example.org"), MIME.getBytes(StandardCharsets.UTF_8));
        DeliveryEvents events = client.deliveryEvents(sandbox.account(), queue);
        events.acknowledge(events.pull(10, Duration.ofSeconds(30)).getMessages());
        queues.metrics(queue);
        subscriptions.setEnabled(id, false);
        subscriptions.delete(id);
        queues.delete(queue);
    }

    private interface Call {
        void make() throws CloudflareApiException;
    }

    /** The refusal is wanted: the request is what counts. */
    private static void failing(Call call) {
        try {
            call.make();
        } catch (CloudflareApiException wanted) {
            return;
        }
        throw new AssertionError("the sandbox should have refused this");
    }
}
