package io.flaremail.samples.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.SendListener;
import io.flaremail.SendReport;
import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.jms.JMSException;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a message ends, by what the service does with it. */
@Timeout(60)
class OutboxTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NOT_AGAIN = Duration.ofMillis(300);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), 3);

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    private Broker broker;
    private Outbox outbox;
    private Courier courier;

    @BeforeEach
    void start() throws Exception {
        broker = Broker.embedded(folder);
        outbox = new Outbox(broker);
        courier = new Courier(broker, "one", OutboxMail.properties(sandbox.get()), QUICK);
    }

    @AfterEach
    void stop() throws Exception {
        courier.close();
        outbox.close();
        broker.close();
    }

    @Test
    void sendsTheOctetsToTheEnvelope() throws Exception {
        MimeMessage message = OutboxMail.to("grace@example.org");
        message.setRecipients(Message.RecipientType.BCC, "ada@example.org");
        outbox.handIn(message);
        assertTrue(courier.sendNext(SOON));
        Accepted accepted = sandbox.accepted().get(0);
        assertEquals("orders@example.com", accepted.from());
        assertEquals(List.of("grace@example.org", "ada@example.org"), accepted.recipients());
        String mime = new String(accepted.mime(), StandardCharsets.UTF_8);
        assertTrue(mime.contains(message.getMessageID()) && !mime.contains("ada@example.org"), mime);
        assertEverywhere(List.of(), List.of(), List.of());
    }

    @Test
    void waitsAsLongAsTheServiceAsks() throws Exception {
        outbox.handIn(OutboxMail.to("grace@example.org"));
        sandbox.fail(Fault.error(ApiError.THROTTLED).header("Retry-After", "1"));
        assertTrue(courier.sendNext(SOON));
        long throttled = System.nanoTime();
        assertTrue(courier.sendNext(SOON));
        Duration waited = Duration.ofNanos(System.nanoTime() - throttled);
        assertTrue(waited.toMillis() > 800, waited.toString());
        assertEquals(1, sandbox.accepted().size());
        assertEverywhere(List.of(), List.of(), List.of());
    }

    @Test
    void givesUpAfterSoManyAttempts() throws Exception {
        Fault throttled = Fault.error(ApiError.THROTTLED);
        sandbox.fail(throttled, throttled, throttled);
        outbox.handIn(OutboxMail.to("grace@example.org"));
        for (int attempt = 0; attempt < QUICK.attempts(); attempt++) {
            assertTrue(courier.sendNext(SOON));
        }
        assertNotAgain(3);
        assertEverywhere(List.of(), List.of("grace@example.org"), List.of());
    }

    @Test
    void whoeverBouncesIsParkedAlone() throws Exception {
        outbox.handIn(OutboxMail.to("grace@example.org, bounce@example.org"));
        assertTrue(courier.sendNext(SOON));
        assertNotAgain(1);
        assertEverywhere(List.of(), List.of(), List.of());
        assertEquals(List.of("grace@example.org"), records(Outbox.ACCEPTED));
        assertEquals(List.of("bounce@example.org"), records(Outbox.BOUNCED));
    }

    @ParameterizedTest
    @MethodSource
    void whatMayHaveBeenSentIsParkedAndNotSentAgain(Fault fault) throws Exception {
        sandbox.fail(fault);
        outbox.handIn(OutboxMail.to("grace@example.org"));
        assertTrue(courier.sendNext(SOON));
        assertNotAgain(1);
        assertEverywhere(List.of(), List.of(), List.of("grace@example.org"));
    }

    static Stream<Arguments> whatMayHaveBeenSentIsParkedAndNotSentAgain() {
        return Stream.of(Fault.hangUp(), Fault.hangUp().afterAccepting(), Fault.html(502))
                .map(Arguments::of);
    }

    /** The first request leaves its recipients unknown; the second is throttled, and its recipient waits alone. */
    @Test
    void anUnknownRecipientDoesNotStopTheOthers() throws Exception {
        List<String> to =
                IntStream.range(0, 51).mapToObj(i -> "r" + i + "@example.org").toList();
        sandbox.fail(
                Fault.status(200, "{\"success\":true,\"result\":{\"permanent_bounces\":[\"stranger@example.com\"]}}"),
                Fault.error(ApiError.THROTTLED));
        outbox.handIn(OutboxMail.to(String.join(", ", to)));
        assertTrue(courier.sendNext(SOON));
        assertTrue(courier.sendNext(SOON));
        assertNotAgain(3);
        assertEquals(List.of("r50@example.org"), sandbox.accepted().get(0).recipients());
        assertEverywhere(List.of(), List.of(), to.subList(0, 50));
    }

    @Test
    void aRefusedTokenRefusesNoMessage() throws Exception {
        sandbox.fail(Fault.status(401, "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"no\"}]}"));
        outbox.handIn(OutboxMail.to("grace@example.org"));
        assertTrue(courier.sendNext(SOON));
        assertTrue(courier.sendNext(SOON));
        assertEquals(1, sandbox.accepted().size());
    }

    @Test
    void whatNobodyHandedInIsParked() throws Exception {
        try (var connection = broker.connect();
                var session = connection.createSession()) {
            session.createProducer(session.createQueue(Outbox.WAITING)).send(session.createTextMessage("hello"));
            assertTrue(courier.sendNext(SOON));
            var parked = session.createConsumer(session.createQueue(Outbox.REFUSED));
            assertEquals("hello", parked.receive(SOON.toMillis()).getBody(String.class));
        }
    }

    /** Whatever cannot be read is put aside as it is, and the next message is sent by the same courier. */
    @ParameterizedTest
    @MethodSource
    void whatCannotBeReadIsParkedAndHoldsUpNobody(String name, Damage damage) throws Exception {
        outbox.handIn(OutboxMail.to("ada@example.org"));
        put(Outbox.WAITING, damage);
        outbox.handIn(OutboxMail.to("grace@example.org"));
        assertTrue(courier.sendNext(SOON));
        assertTrue(courier.sendNext(SOON));
        assertTrue(courier.sendNext(SOON));
        assertEquals(2, sandbox.accepted().size());
        assertEquals(1, count(Outbox.REFUSED));
        assertEverywhere(List.of(), List.of(), List.of());
    }

    /** In the queue of what is being sent it kills no courier after courier either. */
    @ParameterizedTest
    @MethodSource("whatCannotBeReadIsParkedAndHoldsUpNobody")
    void whatCannotBeReadDoesNotStopTheNextCourier(String name, Damage damage) throws Exception {
        courier.close();
        put(Outbox.SENDING + "one", damage);
        courier = new Courier(broker, "one", OutboxMail.properties(sandbox.get()), QUICK);
        assertEquals(1, count(Outbox.UNKNOWN));
        assertEquals(0, count(Outbox.SENDING + "one"));
    }

    interface Damage {
        jakarta.jms.Message of(jakarta.jms.Session session) throws JMSException;
    }

    static Stream<Arguments> whatCannotBeReadIsParkedAndHoldsUpNobody() {
        return Stream.of(
                damaged("a text", session -> session.createTextMessage("hello")),
                damaged("an object", session -> session.createObjectMessage("hello")),
                damaged("without attempts", session -> letter(session, "a@example.com", "b@example.org", null, "")),
                damaged("attempts in words", session -> letter(session, "a@example.com", "b@example.org", "two", "")),
                damaged("fewer than none", session -> letter(session, "a@example.com", "b@example.org", -1, "")),
                damaged("without a sender", session -> letter(session, null, "b@example.org", 0, "")),
                damaged("a number as sender", session -> letter(session, 1, "b@example.org", 0, "")),
                damaged("without recipients", session -> letter(session, "a@example.com", "", 0, "")),
                damaged("without a reason", session -> letter(session, "a@example.com", "b@example.org", 0, null)));
    }

    private static Arguments damaged(String name, Damage damage) {
        return Arguments.of(name, damage);
    }

    private static jakarta.jms.Message letter(
            jakarta.jms.Session session, Object from, Object to, Object attempts, Object reason) throws JMSException {
        var message = session.createBytesMessage();
        message.writeBytes(new byte[] {1, 2, 3});
        for (Object[] property :
                new Object[][] {{"envelopeFrom", from}, {"envelopeTo", to}, {"attempts", attempts}, {"reason", reason}
                }) {
            if (property[1] != null) {
                message.setObjectProperty((String) property[0], property[1]);
            }
        }
        return message;
    }

    private void put(String queue, Damage damage) throws JMSException {
        try (var connection = broker.connect();
                var session = connection.createSession()) {
            session.createProducer(session.createQueue(queue)).send(damage.of(session));
        }
    }

    private int count(String queue) throws JMSException {
        try (var connection = broker.connect();
                var session = connection.createSession();
                var browser = session.createBrowser(session.createQueue(queue))) {
            int count = 0;
            for (var all = browser.getEnumeration(); all.hasMoreElements(); all.nextElement()) {
                count++;
            }
            return count;
        }
    }

    /** Another address than the one that was given would be somebody else's. */
    @Test
    void addressesArriveAsTheyWereGiven() throws Exception {
        MimeMessage message = OutboxMail.to("\"john,smith\"@example.org, team: ada@example.org, \"a b\"@example.org;");
        message.setFrom(new jakarta.mail.internet.InternetAddress("\"or,ders\"@example.com"));
        outbox.handIn(message);
        assertTrue(courier.sendNext(SOON));
        Accepted accepted = sandbox.accepted().get(0);
        assertEquals("\"or,ders\"@example.com", accepted.from());
        assertEquals(
                List.of("\"john,smith\"@example.org", "ada@example.org", "\"a b\"@example.org"), accepted.recipients());
    }

    @Test
    void anAddressThatWaitsArrivesAsItWasGivenToo() throws Exception {
        sandbox.fail(Fault.error(ApiError.THROTTLED));
        outbox.handIn(OutboxMail.to("\"john,smith\"@example.org"));
        assertTrue(courier.sendNext(SOON));
        assertTrue(courier.sendNext(SOON));
        assertEquals(
                List.of("\"john,smith\"@example.org"), sandbox.accepted().get(0).recipients());
    }

    @Test
    void optionsThatAreObjectsArrive() throws Exception {
        List<SendReport> reports = new ArrayList<>();
        Properties defaults = OutboxMail.properties(sandbox.get());
        Properties options = new Properties(defaults);
        options.put("mail.cloudflare.listener", (SendListener) reports::add);
        options.put("mail.cloudflare.timeout", 20_000);
        courier.close();
        courier = new Courier(broker, "one", options, QUICK);
        outbox.handIn(OutboxMail.to("grace@example.org"));
        assertTrue(courier.sendNext(SOON));
        assertEquals(1, sandbox.accepted().size());
        assertEquals(1, reports.size());
    }

    /** What no later attempt can mend is for a person, at once. */
    @Test
    void aMessageThatCanNeverBeSentIsNotTriedAgain() throws Exception {
        MimeMessage signed = OutboxMail.to("grace@example.org");
        signed.setHeader("DKIM-Signature", "v=1");
        signed.setContent(new String(new char[] {0xE9}), "text/plain; charset=iso-8859-1");
        signed.setHeader("Content-Transfer-Encoding", "8bit");
        outbox.handIn(signed);
        assertTrue(courier.sendNext(SOON));
        assertFalse(courier.sendNext(NOT_AGAIN));
        assertEverywhere(List.of(), List.of("grace@example.org"), List.of());
        assertEquals(0, sandbox.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"j\u00f6rg@example.com", "nobody", "two: a@example.com;"})
    void aSenderThatIsNoneIsNotTriedAgain(String from) throws Exception {
        put(Outbox.WAITING, session -> letter(session, from, "grace@example.org", 0, ""));
        assertTrue(courier.sendNext(SOON));
        assertFalse(courier.sendNext(NOT_AGAIN));
        assertEverywhere(List.of(), List.of("grace@example.org"), List.of());
    }

    @Test
    void aMessageLargerThanAnyIsParked() throws Exception {
        put(Outbox.WAITING, session -> {
            var message = (jakarta.jms.BytesMessage) letter(session, "a@example.com", "b@example.org", 0, "");
            message.writeBytes(new byte[33 << 20]);
            return message;
        });
        assertTrue(courier.sendNext(SOON));
        assertEquals(1, count(Outbox.REFUSED));
        assertEverywhere(List.of(), List.of(), List.of());
    }

    @Test
    void anUnusableAddressKeepsItFromNobodyElse() throws Exception {
        outbox.handIn(OutboxMail.to("grace@example.org, b\u00fcro@example.org"));
        assertTrue(courier.sendNext(SOON));
        assertNotAgain(1);
        assertEquals(List.of("grace@example.org"), sandbox.accepted().get(0).recipients());
        assertEverywhere(List.of(), List.of("b\u00fcro@example.org"), List.of());
    }

    /** It takes up to two minutes after it was onboarded. */
    @Test
    void aFreshDomainIsTriedAgain() throws Exception {
        sandbox.fail(Fault.error(ApiError.SENDING_DISABLED));
        outbox.handIn(OutboxMail.to("grace@example.org"));
        assertTrue(courier.sendNext(SOON));
        assertTrue(courier.sendNext(SOON));
        assertEquals(1, sandbox.accepted().size());
        assertEverywhere(List.of(), List.of(), List.of());
    }

    @Test
    void aServiceOutOfReachRefusesNoMessage() throws Exception {
        Properties elsewhere = OutboxMail.properties(sandbox.get());
        elsewhere.put("mail.cloudflare.endpoint", "http://127.0.0.1:1/client/v4");
        courier.close();
        courier = new Courier(broker, "one", elsewhere, QUICK);
        outbox.handIn(OutboxMail.to("grace@example.org"));
        assertTrue(courier.sendNext(SOON));
        courier.close();
        courier = new Courier(broker, "one", OutboxMail.properties(sandbox.get()), QUICK);
        assertTrue(courier.sendNext(SOON), "it waits for its next attempt");
        assertEquals(1, sandbox.accepted().size());
        assertEverywhere(List.of(), List.of(), List.of());
    }

    /** It may have been sent, unlike the one that goes out now. */
    @Test
    void whatAppearsWhileAnotherIsSentIsNotSent() throws Exception {
        Letter left = new Letter("id", "a@example.com", List.of("left@example.org"), new byte[0], 0, "", 1);
        outbox.handIn(OutboxMail.to("grace@example.org"));
        outbox.handIn(OutboxMail.to("ada@example.org"));
        sandbox.fail(Fault.none().delay(Duration.ofMillis(500)));
        Thread other = new Thread(() -> {
            try {
                sandbox.get().awaitRequests(1, SOON);
                put(Outbox.SENDING + "one", left::in);
            } catch (InterruptedException | JMSException e) {
                throw new AssertionError(e);
            }
        });
        other.start();
        assertTrue(courier.sendNext(SOON));
        other.join();
        assertTrue(courier.sendNext(SOON));
        assertEquals(2, sandbox.accepted().size());
        assertEverywhere(List.of(), List.of(), List.of("left@example.org"));
    }

    /** And its connection is closed: a hundred of them leave no more than there were. */
    @Test
    void aSecondCourierOfTheSameNameIsTurnedAway() throws Exception {
        Properties mail = OutboxMail.properties(sandbox.get());
        int before = broker.connections();
        for (int i = 0; i < 100; i++) {
            assertThrows(JMSException.class, () -> new Courier(broker, "one", mail, QUICK).close());
        }
        assertEquals(before, broker.connections());
    }

    private void assertNotAgain(int requests) throws JMSException {
        assertFalse(courier.sendNext(NOT_AGAIN));
        assertEquals(requests, sandbox.requests().size());
    }

    private void assertEverywhere(List<String> waiting, List<String> refused, List<String> unknown)
            throws JMSException {
        assertEquals(waiting, recipients(Outbox.WAITING));
        assertEquals(List.of(), recipients(Outbox.SENDING + "one"));
        assertEquals(refused, recipients(Outbox.REFUSED));
        assertEquals(unknown, recipients(Outbox.UNKNOWN));
    }

    private List<String> records(String queue) throws JMSException {
        return outbox.records(queue).stream().map(RecipientRecord::recipient).toList();
    }

    private List<String> recipients(String queue) throws JMSException {
        return outbox.letters(queue).stream()
                .flatMap(letter -> letter.to().stream())
                .toList();
    }
}
