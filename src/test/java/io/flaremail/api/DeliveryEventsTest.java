package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import io.flaremail.sandbox.SandboxBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues, subscriptions and events against the simulated API, whose clock stands still until it is moved. */
class DeliveryEventsTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-28T12:00:00Z"));
    private SubscribedQueue subscribed;
    private Sandbox sandbox;
    private CloudflareEmail client;
    private MessageQueue queue;

    private void start(SandboxBuilder builder) throws Exception {
        subscribed = SubscribedQueue.start(builder.clock(now::get), 3);
        sandbox = subscribed.sandbox;
        client = subscribed.client;
        queue = client.queues(sandbox.account()).get(subscribed.id);
    }

    @AfterEach
    void close() {
        subscribed.close();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private DeliveryEvents events() {
        return subscribed.events();
    }

    private SendResult send(String... to) throws CloudflareApiException {
        Email.Builder letter =
                Email.builder().from("billing@example.com").subject("Grüße").text("Hi\n");
        for (String each : to) {
            letter.to(each);
        }
        return client.sending(sandbox.account()).send(letter.build());
    }

    private List<DeliveryEvent> pull() throws CloudflareApiException {
        return events().pull(100, LEASE).getMessages().stream()
                .map(message -> message.getEvent().orElseThrow())
                .collect(Collectors.toList());
    }

    private static String brief(List<DeliveryEvent> events) {
        return events.stream()
                .map(event -> event.getKind() + (event.isTerminal() ? "" : "…"))
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada@example.org             | DELIVERED",
                "defer@example.org           | DEFERRED…, DELIVERED",
                "queued+1@example.org        | DEFERRED…, DELIVERED",
                "bounce-later+x@example.org  | BOUNCED",
                "bounce@example.org          | BOUNCED",
                "fail-later@example.org      | FAILED",
                "reject-later@example.org    | REJECTED",
                "suppressed@example.org      | REJECTED",
                "complain@example.org        | DELIVERED, COMPLAINED",
                "verified@example.org        | ''"
            })
    void eventsOfEachRecipient(String recipient, String expected) throws Exception {
        start(Sandbox.builder().verifiedDestination("verified@example.org"));
        SendResult sent = send(recipient);
        assertEquals("", brief(pull()), "not before they are due");
        pass(Duration.ofSeconds(10));
        List<DeliveryEvent> pulled = pull();
        assertEquals(expected, brief(pulled));
        for (DeliveryEvent event : pulled) {
            assertEquals(sent.getMessageId(), Optional.of(event.getMessageId()));
            assertEquals(recipient, event.getRecipient());
            assertEquals(Optional.of("billing@example.com"), event.getSender());
            boolean complaint = event.getKind() == DeliveryEvent.Kind.COMPLAINED;
            assertEquals(complaint ? Optional.empty() : Optional.of("Grüße"), event.getSubject());
            assertEquals(Optional.of("example.com"), event.getDomain());
            assertTrue(event.getTime().isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyFieldOfABounce(boolean base64) throws Exception {
        start(Sandbox.builder().eventsInBase64(base64));
        send("bounce-later@example.org");
        pass(Duration.ofSeconds(2));
        DeliveryEvent bounce = pull().get(0);
        assertEquals("cf.email.sending.message.bounced", bounce.getType());
        assertEquals(Optional.of("550"), bounce.getSmtpCode());
        assertEquals(Optional.of("5.1.1"), bounce.getEnhancedStatusCode());
        assertEquals(Optional.of("550 5.1.1 User unknown"), bounce.getSmtpResponse());
        assertEquals(Optional.of("hard"), bounce.getBounceType());
        assertEquals(Optional.of("permanent_failure"), bounce.getBounceClassification());
        assertEquals(Optional.of("User unknown"), bounce.getReason());
        assertEquals(Optional.of(Instant.parse("2026-11-28T12:00:02Z")), bounce.getTime());
        assertTrue(bounce.getJson().contains("\"eventId\":\"" + bounce.getEventId() + "\""), bounce.getJson());
    }

    @Test
    void whatIsNotAcknowledgedComesAgain() throws Exception {
        start(Sandbox.builder());
        send("a@example.org", "b@example.org");
        pass(Duration.ofSeconds(2));
        DeliveryEvents.Batch batch = events().pull(10, LEASE);
        assertEquals(2, batch.getMessages().size());
        assertEquals(Optional.of(2L), batch.getBacklog());
        events().acknowledge(batch.getMessages().get(0));
        assertEquals(List.of(), pull(), "the other one is leased");
        pass(LEASE);
        PulledMessage again = events().pull(10, LEASE).getMessages().get(0);
        assertEquals("b@example.org", again.getEvent().orElseThrow().getRecipient());
        assertEquals(Optional.of(2L), again.getAttempts());
        events().retry(again, Duration.ofSeconds(5));
        assertEquals(List.of(), pull());
        pass(Duration.ofSeconds(5));
        events().acknowledge(events().pull(10, LEASE).getMessages());
        assertEquals(
                Optional.of(0L),
                client.queues(sandbox.account()).metrics(queue.getId()).getBacklog());
    }

    @Test
    void afterItsLastAttemptAMessageMoves() throws Exception {
        start(Sandbox.builder());
        Queues queues = client.queues(sandbox.account());
        MessageQueue own = queues.create("retried");
        MessageQueue dead = queues.create("dead");
        queues.addPullConsumer(
                own.getId(), PullConsumer.withDefaults().maxRetries(2).deadLetterQueue("dead"));
        EventSubscription subscription =
                client.eventSubscriptions(sandbox.account()).find("EXAMPLE.com").orElseThrow();
        client.eventSubscriptions(sandbox.account()).setQueue(subscription.getId(), own.getId());
        send("a@example.org");
        pass(Duration.ofSeconds(2));
        DeliveryEvents events = client.deliveryEvents(sandbox.account(), own.getId());
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertEquals(1, events.pull(10, LEASE).getMessages().size());
            pass(LEASE);
        }
        assertEquals(0, events.pull(10, LEASE).getMessages().size());
        assertEquals(Optional.of(1L), queues.metrics(dead.getId()).getBacklog());
        assertEquals(
                Optional.of("dead"),
                queues.pullConsumer(own.getId()).orElseThrow().getDeadLetterQueue());
    }

    @Test
    void aLostPullCostsALease() throws Exception {
        start(Sandbox.builder());
        send("a@example.org");
        pass(Duration.ofSeconds(2));
        sandbox.failPulls(Fault.reset().afterAccepting());
        CloudflareApiException lost = assertThrows(CloudflareApiException.class, this::pull);
        assertTrue(lost.isAcceptanceUnknown());
        assertEquals(List.of(), pull());
        pass(LEASE);
        List<PulledMessage> again = events().pull(1, LEASE).getMessages();
        sandbox.failPulls(Fault.reset().afterAccepting(), Fault.html(502));
        events().acknowledge(again.get(0)); // repeated until it is answered
        pass(LEASE);
        assertEquals(List.of(), pull());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json | {\"type\":1}                                     | type or eventId is missing",
                "json | [1]                                              | neither JSON nor base64",
                "text | hello                                            | neither JSON nor base64",
                "text | {\"type\":                                       | is not JSON",
                "text | aGVsbG8=                                         | is not JSON",
                "json | {\"type\":\"x\",\"payload\":{\"eventId\":\"e\"},\"metadata\":{\"eventSchemaVersion\":2}} | eventSchemaVersion is 2, not 1",
                "json | {\"type\":\"x\",\"payload\":{\"eventId\":\"e\"},\"metadata\":{\"eventSchemaVersion\":1.9}} | eventSchemaVersion",
                "json | {\"type\":\"x\",\"payload\":{\"eventId\":\"e\"},\"metadata\":{\"eventSchemaVersion\":\"1\"}} | eventSchemaVersion",
                "json | {\"type\":\"x\",\"payload\":{\"eventId\":\"e\"},\"metadata\":{\"accountId\":[1]}} | belongs to another account",
                "json | {\"type\":\"x\",\"payload\":{\"eventId\":\"e\"},\"metadata\":{\"accountId\":\"f00\"}} | belongs to another account",
            })
    void messagesThatAreNoEvents(String type, String body, String problem) throws Exception {
        start(Sandbox.builder());
        push(type, body);
        PulledMessage pulled = events().pull(1, LEASE).getMessages().get(0);
        assertFalse(pulled.getEvent().isPresent());
        assertTrue(pulled.getProblem().orElseThrow().contains(problem), pulled::toString);
        assertEquals(body, pulled.getBody());
    }

    /** As the dashboard and other clients do. */
    private void push(String type, String body) throws CloudflareApiException {
        ApiClient api = client.api;
        Object content;
        try {
            content = type.equals("text")
                    ? body
                    : Json.read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                    .isList()
                            ? List.of(1)
                            : Json.read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                    .fields();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        api.post(
                api.path()
                        .segment("accounts")
                        .segment(sandbox.account())
                        .segment("queues")
                        .segment(queue.getId())
                        .segment("messages"),
                java.util.Map.of("body", content, "content_type", type));
    }

    @Test
    void kindsThatAreUnknownPass() throws Exception {
        start(Sandbox.builder());
        push("json", "{\"type\":\"cf.email.sending.message.opened\",\"payload\":{\"eventId\":\"e1\"},\"more\":true}");
        DeliveryEvent event = pull().get(0);
        assertEquals(DeliveryEvent.Kind.UNKNOWN, event.getKind());
        assertEquals("cf.email.sending.message.opened", event.getType());
        assertTrue(event.getJson().contains("\"more\":true"));
    }

    @Test
    void withoutASubscriptionThereIsNothingToCatchUp() throws Exception {
        start(Sandbox.builder());
        EventSubscriptions subscriptions = client.eventSubscriptions(sandbox.account());
        EventSubscription only = subscriptions.list().get(0);
        assertEquals(DeliveryEvent.Kind.all(), only.getKinds());
        subscriptions.setEnabled(only.getId(), false);
        send("a@example.org");
        pass(Duration.ofSeconds(2));
        subscriptions.setEnabled(only.getId(), true);
        subscriptions.setKinds(only.getId(), Set.of(DeliveryEvent.Kind.BOUNCED));
        send("b@example.org", "bounce-later@example.org");
        pass(Duration.ofSeconds(2));
        assertEquals("BOUNCED", brief(pull()));
        subscriptions.delete(only.getId());
        assertEquals(Optional.empty(), subscriptions.find("example.com"));
    }

    @Test
    void duplicatesAndOrder() throws Exception {
        start(Sandbox.builder());
        sandbox.events().duplicate(1);
        sandbox.events().newestFirst(true);
        send("complain@example.org");
        pass(Duration.ofSeconds(4));
        List<DeliveryEvent> pulled = pull();
        assertEquals("COMPLAINED, DELIVERED, DELIVERED", brief(pulled));
        assertEquals(pulled.get(1).getEventId(), pulled.get(2).getEventId());
        sandbox.redeliverEvents();
        assertEquals("COMPLAINED, DELIVERED", brief(pull()));
    }

    @Test
    void manyQueues() throws Exception {
        start(Sandbox.builder());
        Queues queues = client.queues(sandbox.account());
        List<String> names = new ArrayList<>(List.of("email-events"));
        for (int i = 0; i < 101; i++) {
            names.add(queues.create("q" + i).getName());
        }
        assertEquals(names, queues.list().stream().map(MessageQueue::getName).collect(Collectors.toList()));
        MessageQueue last = queues.find("q100").orElseThrow();
        assertEquals(last.getId(), queues.findOrCreate("q100").getId());
        assertEquals(Optional.empty(), last.getPullConsumer());
        assertEquals(
                405,
                assertThrows(
                                CloudflareApiException.class,
                                () -> client.deliveryEvents(sandbox.account(), last.getId())
                                        .pull(1, LEASE))
                        .getStatus());
        queues.delete(last.getId());
        assertEquals(Optional.empty(), queues.find("q100"));
    }

    @Test
    void aSecondConsumerOrSubscriptionIsRefused() throws Exception {
        start(Sandbox.builder());
        Queues queues = client.queues(sandbox.account());
        assertEquals(
                Optional.of("11004"),
                assertThrows(
                                CloudflareApiException.class,
                                () -> queues.addPullConsumer(queue.getId(), PullConsumer.withDefaults()))
                        .getErrors()
                        .get(0)
                        .getCode());
        EventSubscriptions subscriptions = client.eventSubscriptions(sandbox.account());
        Set<DeliveryEvent.Kind> all = DeliveryEvent.Kind.all();
        assertEquals(
                405,
                assertThrows(
                                CloudflareApiException.class,
                                () -> subscriptions.create("n", sandbox.zone(), "example.com", queue.getId(), all))
                        .getStatus());
        assertEquals(
                400,
                assertThrows(
                                CloudflareApiException.class,
                                () -> subscriptions.create("n", sandbox.zone(), "other.example", queue.getId(), all))
                        .getStatus());
    }
}
