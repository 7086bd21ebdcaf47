package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressSucceededException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the outcome table: event, arrays (null and empty differ), exception and what is chained to it. */
class OutcomeTableTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    /** What one send came to. */
    private record Result(TransportEvent event, MessagingException thrown, Address[] to, boolean connected) {
        void isEvent(int type, Address[] validSent, Address[] validUnsent, Address[] invalid) {
            assertEquals(type, event.getType());
            assertArrayEquals(validSent, event.getValidSentAddresses(), "event's valid sent");
            assertArrayEquals(validUnsent, event.getValidUnsentAddresses(), "event's valid unsent");
            assertArrayEquals(invalid, event.getInvalidAddresses(), "event's invalid");
        }

        CloudflareSendFailedException throwsArrays(Address[] validSent, Address[] validUnsent, Address[] invalid) {
            CloudflareSendFailedException failure = assertInstanceOf(CloudflareSendFailedException.class, thrown);
            assertArrayEquals(validSent, failure.getValidSentAddresses(), "exception's valid sent");
            assertArrayEquals(validUnsent, failure.getValidUnsentAddresses(), "exception's valid unsent");
            assertArrayEquals(invalid, failure.getInvalidAddresses(), "exception's invalid");
            return failure;
        }
    }

    @Test
    void allAccepted() throws Exception {
        Result result = send(session(), "a@example.net", "queued@example.net", "c@example.net");
        assertNull(result.thrown());
        result.isEvent(TransportEvent.MESSAGE_DELIVERED, result.to(), null, null);
    }

    @Test
    void allAcceptedAndTheApplicationWantsToHearOfIt() throws Exception {
        Result result = send(session("mail.cloudflare.reportsuccess", "true"), "a@example.net", "b@example.net");
        result.isEvent(TransportEvent.MESSAGE_PARTIALLY_DELIVERED, result.to(), none(), none());
        CloudflareSendFailedException failure = result.throwsArrays(result.to(), none(), none());
        assertTrue(
                failure.getMessage().startsWith("Cloudflare accepted the message for all recipients (2)"),
                failure::getMessage);
        for (Address address : result.to()) {
            failure = chained(failure, SMTPAddressSucceededException.class, address, failure);
        }
        assertTrue(failure.getReport().isSuccess());
    }

    @Test
    void someBouncedOrSuppressed() throws Exception {
        Result result =
                send(session(), "a@example.net", "bounce@example.net", "suppressed+x@example.net", "b@example.net");
        Address[] sent = {result.to()[0], result.to()[3]};
        Address[] bad = {result.to()[1], result.to()[2]};
        result.isEvent(TransportEvent.MESSAGE_PARTIALLY_DELIVERED, sent, none(), bad);
        CloudflareSendFailedException failure = result.throwsArrays(sent, none(), bad);
        assertAddressFailures(failure, bad);
        assertFalse(failure.isRetryable());
        assertFalse(failure.isAcceptanceUnknown());
        assertEquals(200, failure.getStatus());
        assertTrue(failure.getMessage().contains("2 of 4 recipients"), failure.getMessage());
        assertTrue(failure.getMessage().contains(sandbox.accepted().get(0).messageId()), failure.getMessage());
        assertEquals(1, sandbox.accepted().size());
        assertEquals(1, sandbox.mailbox("a@example.net").size());
    }

    @Test
    void allBouncedOrSuppressed() throws Exception {
        Result result = send(session(), "bounce@example.net", "suppressed@example.net");
        result.isEvent(TransportEvent.MESSAGE_NOT_DELIVERED, null, none(), result.to());
        CloudflareSendFailedException failure = result.throwsArrays(null, none(), result.to());
        assertAddressFailures(failure, result.to());
        assertEquals(
                RecipientStatus.BOUNCED,
                failure.getReport().getRecipients().get(0).getStatus());
        assertEquals(
                RecipientStatus.SUPPRESSED,
                failure.getReport().getRecipients().get(1).getStatus());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(400, 10001, "email.sending.error.invalid_request_schema", false, 554),
                refusal(400, 10200, "email.sending.error.email.too_big", false, 554),
                refusal(400, 10201, "email.sending.error.email.no_content_length", false, 554),
                refusal(400, 10202, "email.sending.error.email.invalid", false, 554),
                refusal(401, 10101, "email.sending.error.authentication.unauthorized", false, 535),
                refusal(403, 10102, "email.sending.error.authentication.forbidden", false, 554),
                refusal(403, 10203, "email.sending.error.email.sending_disabled", false, 554),
                refusal(403, 10204, "email.sending.error.email.sender_not_configured", false, 554),
                refusal(404, 10000, "email.sending.error.not_found", false, 554),
                refusal(429, 10004, "email.sending.error.throttled", true, 451),
                refusal(500, 10002, "email.sending.error.internal_server", true, 451),
                refusal(500, 10003, "email.sending.error.not_implemented", false, 554),
                refusal(503, 10100, "email.sending.error.authentication.upstream", true, 451));
    }

    private static Arguments refusal(int status, int code, String message, boolean retryable, int replyCode) {
        return Arguments.of(status, code, message, retryable, replyCode);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void theApiRefusedTheRequest(int status, int code, String message, boolean retryable, int replyCode)
            throws Exception {
        sandbox.fail(Fault.error(status, code, message).header("Retry-After", "7"));
        Result result = send(session(), "a@example.net", "b@example.net");
        result.isEvent(TransportEvent.MESSAGE_NOT_DELIVERED, null, result.to(), null);
        CloudflareSendFailedException failure = result.throwsArrays(null, result.to(), null);
        assertEquals(status, failure.getStatus());
        assertEquals(
                Optional.of(String.valueOf(code)), failure.getErrors().get(0).getCode());
        assertEquals(message, failure.getErrors().get(0).getMessage());
        assertTrue(failure.getMessage().contains("HTTP " + status + ", " + code + " " + message), failure.getMessage());
        assertEquals(retryable, failure.isRetryable());
        assertEquals(Optional.of(Duration.ofSeconds(7)), failure.getRetryAfter());
        assertFalse(failure.isAcceptanceUnknown());
        SMTPSendFailedException smtp = assertInstanceOf(SMTPSendFailedException.class, failure.getNextException());
        assertEquals(replyCode, smtp.getReturnCode());
        assertArrayEquals(result.to(), smtp.getValidUnsentAddresses());
        assertEquals(1, sandbox.requests().size());
        assertTrue(result.connected(), "a refusal is no reason to disconnect");
    }

    static Stream<Fault> unknowns() {
        return Stream.of(
                Fault.reset(),
                Fault.hangUp(),
                Fault.reset().afterAccepting(),
                Fault.html(502),
                Fault.html(500),
                Fault.html(503),
                Fault.html(504),
                Fault.status(500, ""),
                Fault.status(502, "{\"success\":false,\"errors\":[{\"code\":1,\"message\":\"bad gateway\"}]}"),
                Fault.status(200, "<html>a proxy</html>"),
                Fault.status(200, ""),
                Fault.status(200, "{\"success\":true,\"result\":{\"permanent_bounces\":\"a@example.net\"}}"),
                Fault.status(200, "{\"success\":true,\"result\":[]}"),
                Fault.truncated(200, "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":null}", 20),
                Fault.status(200, "{\"success\":true").delay(Duration.ofMillis(1)));
    }

    @ParameterizedTest
    @MethodSource("unknowns")
    void nobodyCanTell(Fault fault) throws Exception {
        sandbox.fail(fault);
        isUnknown(send(session(), "a@example.net", "b@example.net"));
    }

    /** What ends the second request of a message whose first one leaves its recipients unknown. */
    static Stream<Fault> secondRequests() {
        return Stream.of(
                Fault.error(429, 10004, "email.sending.error.throttled").header("Retry-After", "7"),
                Fault.error(503, 10100, "email.sending.error.authentication.upstream"),
                Fault.error(400, 10202, "email.sending.error.email.invalid"));
    }

    /** A retry would send the message twice to the unknown recipients, even if the last answer alone is retryable. */
    @ParameterizedTest
    @MethodSource("secondRequests")
    void anUnknownRecipientForbidsARetry(Fault second) throws Exception {
        sandbox.fail(
                Fault.status(200, "{\"success\":true,\"result\":{\"permanent_bounces\":[\"stranger@example.com\"]}}"),
                second);
        String[] to =
                IntStream.range(0, 51).mapToObj(i -> "r" + i + "@example.net").toArray(String[]::new);
        Result result = send(session(), to);
        result.isEvent(TransportEvent.MESSAGE_NOT_DELIVERED, null, result.to(), null);
        CloudflareSendFailedException failure = result.throwsArrays(null, result.to(), null);
        assertTrue(failure.isAcceptanceUnknown());
        assertFalse(failure.isRetryable());
        assertEquals(50, failure.getReport().count(RecipientStatus.UNKNOWN));
        assertEquals(1, failure.getReport().count(RecipientStatus.REFUSED));
        assertTrue(failure.getMessage().contains("; not sent to r50@example.net: HTTP "), failure.getMessage());
        SMTPSendFailedException smtp = assertInstanceOf(SMTPSendFailedException.class, failure.getNextException());
        assertEquals(554, smtp.getReturnCode());
        assertEquals(2, sandbox.requests().size());
    }

    @Test
    void nobodyCanTellAfterATimeout() throws Exception {
        sandbox.fail(Fault.none().delay(Duration.ofSeconds(60)));
        Result result = send(session("mail.cloudflare.timeout", "200"), "a@example.net", "b@example.net");
        CloudflareSendFailedException failure = isUnknown(result);
        assertInstanceOf(IOException.class, failure.getNextException());
    }

    private static CloudflareSendFailedException isUnknown(Result result) {
        result.isEvent(TransportEvent.MESSAGE_NOT_DELIVERED, null, result.to(), null);
        CloudflareSendFailedException failure = result.throwsArrays(null, result.to(), null);
        assertTrue(failure.isAcceptanceUnknown());
        assertFalse(failure.isRetryable());
        assertTrue(failure.getMessage().contains("may have been accepted"), failure.getMessage());
        assertEquals(1, failure.getReport().getAttempts());
        return failure;
    }

    @Test
    void successFalseIsAFailureEvenWithStatus200() throws Exception {
        sandbox.fail(Fault.status(
                200,
                "{\"success\":false,\"errors\":[{\"code\":10202,\"message\":\"x.email.invalid\"}],\"result\":null}"));
        Result result = send(session(), "a@example.net");
        result.isEvent(TransportEvent.MESSAGE_NOT_DELIVERED, null, result.to(), null);
        assertFalse(result.throwsArrays(null, result.to(), null).isAcceptanceUnknown());
    }

    @Test
    void aPeerThatIsNotThere() throws Exception {
        int port = Mail.closedPort();
        Result result = send(session("mail.cloudflare.endpoint", "http://127.0.0.1:" + port), "a@example.net");
        result.isEvent(TransportEvent.MESSAGE_NOT_DELIVERED, null, result.to(), null);
        assertEquals(MessagingException.class, result.thrown().getClass());
        assertInstanceOf(IOException.class, result.thrown().getNextException());
        assertTrue(
                result.thrown().getMessage().contains("nothing was sent"),
                result.thrown().getMessage());
        assertFalse(result.connected(), "as SMTP does, an I/O failure ends the connection");
    }

    @Test
    void aConnectionThatBreaksBeforeTheBodyIsWhole() throws Exception {
        sandbox.fail(Fault.resetBeforeBody());
        Session session = session();
        MimeMessage message = Mail.message(session, "a@example.net");
        message.setText("x".repeat(70).concat("\n").repeat(60_000)); // more than socket buffers hold
        message.saveChanges();
        Result result = send(session, message, Mail.addresses("a@example.net"));
        result.isEvent(TransportEvent.MESSAGE_NOT_DELIVERED, null, result.to(), null);
        assertEquals(MessagingException.class, result.thrown().getClass());
        assertTrue(sandbox.accepted().isEmpty());
    }

    @Test
    void aRecipientThatCannotBeWrittenDown() throws Exception {
        Result result = send(session(), "a@example.net", "jürgen@example.net", "b@example.net");
        Address[] good = {result.to()[0], result.to()[2]};
        Address[] bad = {result.to()[1]};
        result.isEvent(TransportEvent.MESSAGE_NOT_DELIVERED, null, good, bad);
        CloudflareSendFailedException failure = result.throwsArrays(null, good, bad);
        SMTPAddressFailedException smtp =
                assertInstanceOf(SMTPAddressFailedException.class, failure.getNextException());
        assertSame(bad[0], smtp.getAddress());
        assertTrue(sandbox.requests().isEmpty(), "nothing goes out");
    }

    @Test
    void closedTransportsSayClosedOnce() throws Exception {
        Transport transport = session().getTransport();
        Events events = Events.of(transport);
        transport.connect();
        transport.close();
        transport.close();
        assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
        assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
        transport.connect();
        assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
        assertTrue(events.isQuiet());
        assertThrows(IllegalStateException.class, transport::connect);
    }

    private static void assertAddressFailures(SendFailedException failure, Address[] bad) {
        Exception next = failure;
        for (Address address : bad) {
            next = ((MessagingException) next).getNextException();
            SMTPAddressFailedException smtp = assertInstanceOf(SMTPAddressFailedException.class, next);
            assertSame(address, smtp.getAddress());
            assertEquals(550, smtp.getReturnCode());
        }
        assertNull(((MessagingException) next).getNextException(), "one for each bad address");
    }

    private static CloudflareSendFailedException chained(
            CloudflareSendFailedException failure, Class<?> type, Address address, MessagingException from) {
        Exception next = from.getNextException();
        while (next instanceof SMTPAddressSucceededException success && success.getAddress() != address) {
            next = success.getNextException();
        }
        assertNotNull(next, "nothing chained for " + address);
        assertInstanceOf(type, next);
        return failure;
    }

    private static Address[] none() {
        return Mail.none();
    }

    private static Session session(String... keysAndValues) {
        Session session = Mail.session(sandbox, keysAndValues);
        session.getProperties().put("mail.cloudflare.retries", 0); // what is tried again has a test of its own
        return session;
    }

    private static Result send(Session session, String... to) throws Exception {
        return send(session, Mail.message(session, "header@example.net"), Mail.addresses(to));
    }

    private static Result send(Session session, MimeMessage message, InternetAddress[] to) throws Exception {
        try (Transport transport = session.getTransport()) {
            transport.connect();
            Events events = Events.of(transport);
            MessagingException thrown = null;
            try {
                transport.sendMessage(message, to);
            } catch (MessagingException e) {
                thrown = e;
            }
            TransportEvent event = events.next();
            assertNotNull(event, "no event");
            assertSame(message, event.getMessage());
            return new Result(event, thrown, to, transport.isConnected());
        }
    }
}
