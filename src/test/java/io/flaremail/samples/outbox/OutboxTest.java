package io.flaremail.samples.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.List;
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
        assertTrue(courier.deliverNext(SOON));
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
        assertTrue(courier.deliverNext(SOON));
        long throttled = System.nanoTime();
        assertTrue(courier.deliverNext(SOON));
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
            assertTrue(courier.deliverNext(SOON));
        }
        assertNotAgain(3);
        assertEverywhere(List.of(), List.of("grace@example.org"), List.of());
    }

    @Test
    void whoeverBouncesIsParkedAlone() throws Exception {
        outbox.handIn(OutboxMail.to("grace@example.org, bounce@example.org"));
        assertTrue(courier.deliverNext(SOON));
        assertNotAgain(1);
        assertEverywhere(List.of(), List.of("bounce@example.org"), List.of());
    }

    @ParameterizedTest
    @MethodSource
    void whatMayHaveBeenSentIsParkedAndNotSentAgain(Fault fault) throws Exception {
        sandbox.fail(fault);
        outbox.handIn(OutboxMail.to("grace@example.org"));
        assertTrue(courier.deliverNext(SOON));
        assertNotAgain(1);
        assertEverywhere(List.of(), List.of(), List.of("grace@example.org"));
    }

    static Stream<Arguments> whatMayHaveBeenSentIsParkedAndNotSentAgain() {
        return Stream.of(Fault.hangUp(), Fault.hangUp().afterAccepting(), Fault.html(502))
                .map(Arguments::of);
    }

    @Test
    void aRefusedTokenRefusesNoMessage() throws Exception {
        sandbox.fail(Fault.status(401, "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"no\"}]}"));
        outbox.handIn(OutboxMail.to("grace@example.org"));
        assertTrue(courier.deliverNext(SOON));
        assertTrue(courier.deliverNext(SOON));
        assertEquals(1, sandbox.accepted().size());
    }

    @Test
    void whatNobodyHandedInIsParked() throws Exception {
        try (var connection = broker.connect();
                var session = connection.createSession()) {
            session.createProducer(session.createQueue(Outbox.WAITING)).send(session.createTextMessage("hello"));
            assertTrue(courier.deliverNext(SOON));
            var parked = session.createConsumer(session.createQueue(Outbox.REFUSED));
            assertEquals("hello", parked.receive(SOON.toMillis()).getBody(String.class));
        }
    }

    @Test
    void aSecondCourierOfTheSameNameIsTurnedAway() {
        assertThrows(
                JMSException.class,
                () -> new Courier(broker, "one", OutboxMail.properties(sandbox.get()), QUICK).close());
    }

    private void assertNotAgain(int requests) throws JMSException {
        assertFalse(courier.deliverNext(NOT_AGAIN));
        assertEquals(requests, sandbox.requests().size());
    }

    private void assertEverywhere(List<String> waiting, List<String> refused, List<String> unknown)
            throws JMSException {
        assertEquals(waiting, recipients(Outbox.WAITING));
        assertEquals(List.of(), recipients(Outbox.SENDING + "one"));
        assertEquals(refused, recipients(Outbox.REFUSED));
        assertEquals(unknown, recipients(Outbox.UNKNOWN));
    }

    private List<String> recipients(String queue) throws JMSException {
        return outbox.letters(queue).stream()
                .flatMap(letter -> letter.to().stream())
                .toList();
    }
}
