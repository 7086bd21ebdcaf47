package io.flaremail.samples.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.SeenEvents;
import io.flaremail.api.SubscribedQueue;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import jakarta.jms.JMSException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The queues in which accepted messages end by their delivery events, and the lookup of unknown outcomes. */
@Timeout(60)
class DeliveryEventProcessorTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), 3);

    @TempDir
    Path folder;

    private SubscribedQueue events;
    private Sandbox sandbox;
    private Broker broker;
    private Outbox outbox;
    private Courier courier;
    private DeliveryEventProcessor processor;

    @BeforeEach
    void start() throws Exception {
        events = SubscribedQueue.start(Sandbox.builder().eventDelay(Duration.ZERO), 100);
        sandbox = events.sandbox;
        broker = Broker.embedded(folder);
        outbox = new Outbox(broker);
        courier = new Courier(broker, "one", OutboxMail.properties(sandbox), QUICK);
        processor = new DeliveryEventProcessor(broker);
    }

    @AfterEach
    void stop() throws Exception {
        processor.close();
        courier.close();
        outbox.close();
        broker.close();
        events.close();
    }

    private void send(String recipients) throws MessagingException, IOException, JMSException {
        outbox.handIn(OutboxMail.to(recipients));
        assertTrue(courier.sendNext(SOON));
    }

    private void follow() throws CloudflareApiException {
        events.events().listen(processor).untilEmpty().run();
    }

    private List<String> recipients(String queue) throws JMSException {
        return outbox.records(queue).stream()
                .map(RecipientRecord::recipient)
                .sorted()
                .toList();
    }

    private void assertEndedIn(
            List<String> accepted, List<String> delivered, List<String> bounced, List<String> complained)
            throws JMSException {
        assertEquals(accepted, recipients(Outbox.ACCEPTED));
        assertEquals(delivered, recipients(Outbox.DELIVERED));
        assertEquals(bounced, recipients(Outbox.BOUNCED));
        assertEquals(complained, recipients(Outbox.COMPLAINED));
    }

    private int reconcile() throws JMSException, CloudflareApiException {
        try (UnknownOutcomeLookup reconciler =
                new UnknownOutcomeLookup(broker, events.client.analytics(sandbox.zone()))) {
            return reconciler.reconcile();
        }
    }

    @Test
    void eachRecipientEndsByItsEvents() throws Exception {
        String[] locals = {"ada", "defer", "bounce-later", "fail-later", "reject-later", "complain", "bounce"};
        send(String.join(
                ", ", Stream.of(locals).map(local -> local + "@example.org").toList()));
        follow();
        assertEndedIn(
                List.of(),
                List.of("ada@example.org", "defer@example.org"),
                List.of(
                        "bounce-later@example.org",
                        "bounce@example.org",
                        "fail-later@example.org",
                        "reject-later@example.org"),
                List.of("complain@example.org"));
        RecipientRecord bounced = outbox.records(Outbox.BOUNCED).stream()
                .filter(delivery -> delivery.recipient().startsWith("bounce-later"))
                .findFirst()
                .orElseThrow();
        assertEquals("550 5.1.1 User unknown", bounced.reason());
        assertEquals("An order", bounced.subject());
        assertTrue(bounced.messageId().startsWith("<") && !bounced.serviceIds().contains(bounced.messageId()));
    }

    @Test
    void nothingChangesByRepeatedEventsInAnyOrder() throws Exception {
        sandbox.events().duplicate(2);
        sandbox.events().newestFirst(true);
        send("complain@example.org, bounce-later@example.org, ada@example.org");
        follow();
        sandbox.redeliverEvents();
        follow();
        assertEndedIn(
                List.of(),
                List.of("ada@example.org"),
                List.of("bounce-later@example.org"),
                List.of("complain@example.org"));
        assertEquals(List.of(), early());
    }

    @Test
    void nobodyWritesToAnAddressThatBouncedForGoodOrComplained() throws Exception {
        send("bounce-later@example.org, complain@example.org, reject-later@example.org, bounce@example.org");
        follow();
        int before = sandbox.accepted().size();
        send("Bounce-Later@EXAMPLE.org, complain@example.org, reject-later@example.org, bounce@example.org");
        assertEquals(
                List.of("reject-later@example.org"),
                sandbox.accepted().get(before).recipients());
        assertEquals(
                List.of(
                        "[Bounce-Later@EXAMPLE.org] on the do-not-send list: 550 5.1.1 User unknown",
                        "[complain@example.org] on the do-not-send list: complaint",
                        "[bounce@example.org] on the do-not-send list: bounced at once"),
                outbox.letters(Outbox.REFUSED).stream()
                        .map(letter -> letter.to() + " " + letter.reason())
                        .toList());
    }

    @Test
    void aMessageToListedAddressesOnlyIsNotSent() throws Exception {
        send("bounce@example.org");
        int requests = sandbox.requests().size();
        send("bounce@example.org");
        assertEquals(requests, sandbox.requests().size());
        assertFalse(courier.sendNext(Duration.ofMillis(200)));
    }

    /** The courier records the message a moment after the service has accepted it. */
    @Test
    void anEventThatComesTooEarlyIsKeptForItsMessage() throws Exception {
        sandbox.fail(Fault.none().delay(Duration.ofSeconds(1)));
        outbox.handIn(OutboxMail.to("bounce-later@example.org"));
        Thread sending = new Thread(() -> {
            try {
                courier.sendNext(SOON);
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        });
        sending.start();
        sandbox.awaitRequests(1, SOON);
        for (int i = 0; i < 100 && early().isEmpty(); i++) {
            follow();
        }
        assertEquals(1, early().size());
        sending.join();
        assertEndedIn(List.of("bounce-later@example.org"), List.of(), List.of(), List.of());
        processor.settle();
        assertEndedIn(List.of(), List.of(), List.of("bounce-later@example.org"), List.of());
        assertEquals(List.of(), early());
    }

    @Test
    void unknownOutcomesAreLookedUpAndSettled() throws Exception {
        sandbox.fail(Fault.hangUp().afterAccepting(), Fault.hangUp());
        send("ada@example.org, complain@example.org");
        send("grace@example.org");
        follow();
        assertEquals(2, outbox.letters(Outbox.UNKNOWN).size());
        assertEquals(2, reconcile());
        assertEquals(0, reconcile());
        processor.settle();
        assertEndedIn(List.of(), List.of("ada@example.org"), List.of(), List.of("complain@example.org"));
        List<Letter> unknown = outbox.letters(Outbox.UNKNOWN);
        assertEquals(List.of("grace@example.org"), unknown.get(0).to());
        assertEquals(1, unknown.size());
        assertEquals(List.of(), early());
    }

    /** Its record may be the one of the message before, which had the same subject, and is not in the outbox any more. */
    @Test
    void theRecordOfAnotherMessageProvesNothing() throws Exception {
        send("ada@example.org");
        follow();
        try (BrokerSession application = new BrokerSession(broker)) {
            application.consumer(Outbox.DELIVERED).receive(SOON.toMillis());
            application.commit();
        }
        sandbox.fail(Fault.hangUp());
        send("ada@example.org");
        follow();
        assertEquals(0, reconcile());
        assertEquals(1, outbox.letters(Outbox.UNKNOWN).size());
    }

    /** One of them was accepted; which one, the record does not say. */
    @Test
    void twoUnknownMessagesAlikeStayUnknown() throws Exception {
        sandbox.fail(Fault.hangUp(), Fault.hangUp().afterAccepting());
        send("ada@example.org");
        send("ada@example.org");
        assertEquals(0, reconcile());
        assertEquals(2, outbox.letters(Outbox.UNKNOWN).size());
    }

    /** The broker keeps large messages in files, and streams them. */
    @Test
    void largeMessagesAreLookedUpToo() throws Exception {
        MimeMessage message = OutboxMail.to("ada@example.org");
        message.setText("17 pieces\r\n".repeat(20_000));
        sandbox.fail(Fault.hangUp().afterAccepting(), Fault.hangUp().afterAccepting());
        outbox.handIn(message);
        assertTrue(courier.sendNext(SOON));
        send("grace@example.org");
        int found = 0;
        for (int i = 0; i < 3 && found < 2; i++) {
            found += reconcile(); // what the broker does not hand out now, the next call finds
        }
        assertEquals(2, found);
        assertEquals(List.of("ada@example.org", "grace@example.org"), recipients(Outbox.ACCEPTED));
    }

    @Test
    void domainsInUnicodeAreLookedUpInAscii() throws Exception {
        sandbox.fail(Fault.hangUp().afterAccepting());
        send("ada@b\u00fccher.example");
        assertEquals(1, reconcile());
    }

    @Test
    void membersOfAGroupAreCheckedOneByOne() throws Exception {
        send("bounce@example.org");
        send("team: bounce@example.org, ada@example.org;");
        assertEquals(
                List.of("ada@example.org"),
                sandbox.accepted().get(sandbox.accepted().size() - 1).recipients());
        assertEquals(
                List.of("bounce@example.org"),
                outbox.letters(Outbox.REFUSED).get(0).to());
    }

    @Test
    void whomAPersonTookOffTheListStaysOffIt() throws Exception {
        send("bounce-later@example.org");
        follow();
        try (BrokerSession person = new BrokerSession(broker)) {
            person.consumer(Outbox.DO_NOT_SEND).receive(SOON.toMillis());
            person.commit();
        }
        sandbox.redeliverEvents();
        events.events()
                .listen(processor)
                .seen(SeenEvents.inMemory(1))
                .untilEmpty()
                .run();
        try (BrokerSession session = new BrokerSession(broker)) {
            assertEquals(Optional.empty(), new DoNotSendList(session).reason("bounce-later@example.org"));
        }
    }

    @Test
    void couriersShareWhatWaits() throws Exception {
        for (int i = 0; i < 4; i++) {
            outbox.handIn(OutboxMail.to("a" + i + "@example.org"));
        }
        assertTrue(courier.sendNext(SOON));
        try (Courier second = new Courier(broker, "two", OutboxMail.properties(sandbox), QUICK)) {
            assertTrue(second.sendNext(SOON));
            assertTrue(courier.sendNext(SOON));
            assertTrue(second.sendNext(SOON));
        }
        assertEquals(4, sandbox.accepted().size());
    }

    @Test
    void moreThanFiftyRecipientsHaveSeveralIds() throws Exception {
        List<String> to = Stream.iterate(0, i -> i + 1)
                .limit(60)
                .map(i -> (i % 2 == 0 ? "ada+" : "bounce-later+") + i + "@example.org")
                .toList();
        send(String.join(", ", to));
        follow();
        assertEquals(2, outbox.records(Outbox.DELIVERED).get(0).serviceIds().size());
        assertEquals(30, outbox.records(Outbox.DELIVERED).size());
        assertEquals(30, outbox.records(Outbox.BOUNCED).size());
    }

    /** As in a test stage: all messages go to one address, and its events are about all of them. */
    @Test
    void redirectedMessagesFollowTheAddressTheyWentTo() throws Exception {
        Properties redirected = OutboxMail.properties(sandbox);
        redirected.put("mail.cloudflare.redirect", "bounce-later@example.org");
        courier.close();
        courier = new Courier(broker, "one", redirected, QUICK);
        send("ada@example.net, grace@example.net");
        follow();
        assertEndedIn(List.of(), List.of(), List.of("bounce-later@example.org", "bounce-later@example.org"), List.of());
    }

    /** A broker that restarts: the event fails, and is handled when it comes again. */
    @Test
    void anEventOutlivesTheBroker() throws Exception {
        send("ada@example.org");
        follow();
        send("grace@example.org");
        courier.close();
        outbox.close();
        broker.close();
        events.events().listen(processor).untilEmpty().run();
        assertEquals(1, events.backlog());
        broker = Broker.embedded(folder);
        outbox = new Outbox(broker);
        courier = new Courier(broker, "one", OutboxMail.properties(sandbox), QUICK);
        processor = new DeliveryEventProcessor(broker);
        while (events.backlog() > 0) {
            follow();
        }
        assertEndedIn(List.of(), List.of("ada@example.org", "grace@example.org"), List.of(), List.of());
    }

    /** What other programs put into the queues stays there, and stops nothing. */
    @Test
    void whatCannotBeReadStays() throws Exception {
        try (BrokerSession session = new BrokerSession(broker)) {
            for (String queue : List.of(Outbox.ACCEPTED, Outbox.UNMATCHED, Outbox.UNKNOWN)) {
                var message = session.session().createTextMessage("hello");
                message.setStringProperty(RecipientRecord.KEY, "ada@example.org");
                session.put(queue, message);
            }
            var anonymous = session.session().createProducer(session.session().createQueue(Outbox.UNMATCHED));
            anonymous.setDisableMessageID(true);
            anonymous.send(new FinalOutcome(Outbox.DELIVERED, "<1@example.com>", "x@example.org", "", false)
                    .in(session.session()));
            session.commit();
        }
        send("ada@example.org");
        follow();
        processor.settle();
        assertEquals(0, reconcile());
        assertEndedIn(List.of(), List.of("ada@example.org"), List.of(), List.of());
        assertEquals(2, early().size());
    }

    private List<?> early() throws JMSException {
        try (BrokerSession session = new BrokerSession(broker)) {
            return session.browse(Outbox.UNMATCHED, Optional::of);
        }
    }
}
