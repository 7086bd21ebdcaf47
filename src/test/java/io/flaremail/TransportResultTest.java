package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.flaremail.api.SendOutcome;
import io.flaremail.api.SendOutcome.Kind;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

/** Statuses of recipients in, event and address arrays out: null and empty arrays differ, as with SMTP. */
class TransportResultTest {
    /** Columns: recipients' statuses, event, valid sent, valid unsent, invalid; "-" is null, "" is empty. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ACCEPTED DELIVERED QUEUED, MESSAGE_DELIVERED,           0 1 2, -,   -",
        "ACCEPTED_EARLIER,          MESSAGE_DELIVERED,           0,     -,   -",
        "ACCEPTED BOUNCED,          MESSAGE_PARTIALLY_DELIVERED, 0,     '',  1",
        "SUPPRESSED QUEUED,         MESSAGE_PARTIALLY_DELIVERED, 1,     '',  0",
        "ACCEPTED UNSENT,           MESSAGE_PARTIALLY_DELIVERED, 0,     1,   ''",
        "ACCEPTED UNKNOWN INVALID,  MESSAGE_PARTIALLY_DELIVERED, 0,     1,   2",
        "BOUNCED SUPPRESSED,        MESSAGE_NOT_DELIVERED,       -,     '',  0 1",
        "REFUSED REFUSED,           MESSAGE_NOT_DELIVERED,       -,     0 1, -",
        "UNKNOWN,                   MESSAGE_NOT_DELIVERED,       -,     0,   -",
        "INVALID UNSENT,            MESSAGE_NOT_DELIVERED,       -,     1,   0",
    })
    void statusesBecomeOneEvent(String statuses, String event, String sent, String unsent, String invalid)
            throws ReflectiveOperationException {
        Address[] to = addresses(statuses.split(" ").length);
        SendReport report = report(statuses, to, outcome(Kind.REFUSED, 400, null), null);
        TransportResult result = result(report);
        assertEquals(TransportEvent.class.getField(event).getInt(null), result.event);
        assertEquals(sent, indexes(to, result.validSent));
        assertEquals(unsent, indexes(to, result.validUnsent));
        assertEquals(invalid, indexes(to, result.invalid));
        if (event.equals("MESSAGE_DELIVERED")) {
            assertNull(result.exception);
        } else {
            SendFailedException thrown = assertInstanceOf(SendFailedException.class, result.exception);
            assertEquals(sent, indexes(to, thrown.getValidSentAddresses()));
            assertEquals(unsent, indexes(to, thrown.getValidUnsentAddresses()));
            assertEquals(invalid, indexes(to, thrown.getInvalidAddresses()));
        }
    }

    /** Without a bad, sent or unknown address, no address is at fault: the exception is the failure itself. */
    @Test
    void aFailureOfTheMessageIsThrownAsItIs() {
        MessagingException failure = new MessagingException("no sender");
        TransportResult result = result(report("UNSENT UNSENT", addresses(2), null, failure));
        assertSame(failure, result.exception);
        assertEquals(false, result.disconnects);
    }

    @ParameterizedTest(name = "{0} after {1} requests: {2}")
    @CsvSource({"UNSENT, 0, false", "UNSENT, 1, true", "UNKNOWN, 1, true", "REFUSED, 1, false"})
    void aFailureOfTheNetworkEndsTheConnection(RecipientStatus status, int attempts, boolean disconnects) {
        boolean failed = status != RecipientStatus.REFUSED;
        SendOutcome outcome = outcome(Kind.UNSENT, failed ? 0 : 400, failed ? new IOException("reset") : null);
        SendReport report = attempts == 0
                ? report(status.name(), addresses(1), null, new IOException("disk full"))
                : report(status.name(), addresses(1), outcome, null);
        assertEquals(disconnects, result(report).disconnects);
    }

    /** An Error passes to the application only if nothing was sent. */
    @ParameterizedTest
    @CsvSource({"UNSENT, true", "INVALID, true", "UNKNOWN, false", "ACCEPTED, false", "REFUSED, false"})
    void anErrorIsThrownOnlyIfNothingWasSent(RecipientStatus status, boolean thrown) {
        Error error = new StackOverflowError("in a test");
        IOException failure = new IOException(error);
        SendReport report = report("UNSENT " + status, addresses(2), null, failure);
        assertEquals(thrown ? error : null, result(report).error);
    }

    @Test
    void aReportAddsUpItsRequests() {
        SendOutcome first = outcome(Kind.ACCEPTED, 200, null);
        Mockito.when(first.getRay()).thenReturn(Optional.of("ray-1"));
        SendOutcome second = outcome(Kind.REFUSED, 429, null);
        Mockito.when(second.getAttempts()).thenReturn(3);
        Mockito.when(second.getRay()).thenReturn(Optional.of("ray-2"));
        Mockito.when(second.getRetryAfter()).thenReturn(Optional.of(Duration.ofSeconds(7)));
        SendReport report = new SendReport(
                outcomes("ACCEPTED REFUSED", addresses(2)),
                List.of(first, second),
                null,
                true,
                List.of(),
                0,
                MessageFacts.of(Instant.EPOCH, null),
                Duration.ZERO);
        assertEquals(4, report.getAttempts());
        assertEquals(List.of("ray-1", "ray-2"), report.getRays());
        assertEquals(429, report.getStatus());
        assertEquals(Optional.of(Duration.ofSeconds(7)), report.getRetryAfter());
        assertEquals(true, report.isRetryable());
        assertEquals(false, report.isSuccess());
    }

    private static SendOutcome outcome(Kind kind, int status, IOException cause) {
        SendOutcome outcome = Mockito.mock(SendOutcome.class);
        Mockito.when(outcome.getKind()).thenReturn(kind);
        Mockito.when(outcome.getStatus()).thenReturn(status);
        Mockito.when(outcome.getAttempts()).thenReturn(1);
        Mockito.when(outcome.getCause()).thenReturn(Optional.ofNullable(cause));
        Mockito.when(outcome.getResult()).thenReturn(Optional.empty());
        Mockito.when(outcome.getRay()).thenReturn(Optional.empty());
        Mockito.when(outcome.getRetryAfter()).thenReturn(Optional.empty());
        return outcome;
    }

    private static SendReport report(String statuses, Address[] to, SendOutcome outcome, Exception failure) {
        List<SendOutcome> outcomes = outcome == null ? List.of() : List.of(outcome);
        return new SendReport(
                outcomes(statuses, to),
                outcomes,
                failure,
                false,
                List.of(),
                0,
                MessageFacts.of(Instant.EPOCH, null),
                Duration.ZERO);
    }

    private static List<RecipientOutcome> outcomes(String statuses, Address[] to) {
        List<RecipientOutcome> recipients = new ArrayList<>();
        String[] each = statuses.split(" ");
        for (int i = 0; i < each.length; i++) {
            recipients.add(new RecipientOutcome(
                    (jakarta.mail.internet.InternetAddress) to[i], RecipientStatus.valueOf(each[i])));
        }
        return recipients;
    }

    private static TransportResult result(SendReport report) {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        return TransportResult.of(report, message, false, "a test");
    }

    private static Address[] addresses(int count) {
        String[] names = new String[count];
        Arrays.setAll(names, i -> "r" + i + "@example.net");
        return Mail.addresses(names);
    }

    /** "-" for null. */
    private static String indexes(Address[] all, Address[] some) {
        if (some == null) {
            return "-";
        }
        List<String> indexes = new ArrayList<>();
        for (Address each : some) {
            indexes.add("" + Arrays.asList(all).indexOf(each));
        }
        return String.join(" ", indexes);
    }
}
