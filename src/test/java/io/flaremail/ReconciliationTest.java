package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.EmailAnalytics;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Unknown outcomes, looked up in the analytics. */
class ReconciliationTest {
    private final Sandbox sandbox =
            Sandbox.builder().eventDelay(Duration.ZERO).noQuota().start();
    private final CloudflareEmail client = CloudflareEmail.builder()
            .token(sandbox.token())
            .endpoint(sandbox.endpoint())
            .build();
    private final List<SendReport> reports = new ArrayList<>();

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
    }

    private EmailAnalytics analytics() {
        return client.analytics(sandbox.zone());
    }

    private SendReport send(String subject, String... to) throws Exception {
        Properties properties = Mail.properties(sandbox);
        properties.put("mail.cloudflare.listener", (SendListener) reports::add);
        properties.put("mail.cloudflare.retries", "0");
        MimeMessage message = Mail.message(Session.getInstance(properties), to);
        message.setSubject(subject, "UTF-8");
        try {
            Transport.send(message);
        } catch (CloudflareSendFailedException e) {
            // the report tells
        }
        return reports.get(reports.size() - 1);
    }

    @Test
    void whatIsFoundWasAccepted() throws Exception {
        sandbox.fail(Fault.reset().afterAccepting());
        SendReport report = send("Gr\u00fc\u00dfe 1", "a@example.net", "b@example.net");
        assertTrue(report.isAcceptanceUnknown());
        Map<InternetAddress, String> accepted = new Reconciliation(analytics()).reconcile(report);
        String id = sandbox.accepted().get(0).messageId();
        assertEquals(Map.of(Mail.addresses("a@example.net")[0], id, Mail.addresses("b@example.net")[0], id), accepted);
    }

    @Test
    void whatIsNotFoundStaysUnknown() throws Exception {
        send("Other", "a@example.net");
        sandbox.fail(Fault.reset());
        SendReport report = send("Invoice 1", "a@example.net");
        assertTrue(report.isAcceptanceUnknown());
        assertEquals(Map.of(), new Reconciliation(analytics()).reconcile(report));
    }

    @Test
    void twoMessagesAlikeAreNoProof() throws Exception {
        send("Invoice 1", "a@example.net");
        sandbox.fail(Fault.reset().afterAccepting());
        SendReport report = send("Invoice 1", "a@example.net");
        assertEquals(Map.of(), new Reconciliation(analytics()).reconcile(report));
    }

    /** There may be more than a page has, and among them another message like this one. */
    @Test
    void aFullPageIsNoProof() throws Exception {
        String[] fifty =
                IntStream.range(0, 50).mapToObj(i -> i + "@example.net").toArray(String[]::new);
        send("Invoice 1", Arrays.copyOf(fifty, 49));
        for (int i = 0; i < 19; i++) {
            send("News", fifty);
        }
        assertEquals(reports.get(0).getMessageId(), find("0@example.net", "Invoice 1"));
        send("News", "50@example.net");
        assertEquals(Optional.empty(), find("0@example.net", "Invoice 1"));
    }

    private Optional<String> find(String recipient, String subject) throws Exception {
        Instant now = Instant.now();
        return analytics().findMessageId(recipient, subject, now.minusSeconds(300), now.plusSeconds(60));
    }

    @Test
    void oneRequestForAllRecipients() throws Exception {
        sandbox.fail(Fault.hangUp().afterAccepting());
        SendReport report = send("Invoice 1", "a@example.net", "b@example.net", "c@example.net");
        int before = sandbox.requests().size();
        assertEquals(3, new Reconciliation(analytics()).reconcile(report).size());
        assertEquals(before + 1, sandbox.requests().size());
    }

    @Test
    void knownOutcomesAreNotLookedUp() throws Exception {
        SendReport report = send("Invoice 1", "a@example.net", "bounce@example.net");
        int before = sandbox.requests().size();
        assertEquals(Map.of(), new Reconciliation(analytics()).reconcile(report));
        assertEquals(before, sandbox.requests().size());
    }

    @Test
    void recordsAndErrors() throws Exception {
        send("Invoice 1", "a@example.net", "bounce-later@example.net");
        Instant now = Instant.now();
        List<EmailAnalytics.SentRecord> records = analytics().find(now.minusSeconds(60), now.plusSeconds(60));
        assertEquals(2, records.size());
        assertEquals(Optional.of("delivered"), records.get(0).getStatus());
        assertEquals(Optional.of("deliveryFailed"), records.get(1).getStatus());
        assertTrue(records.get(0).getTime().isPresent());
        assertEquals(List.of(), analytics().find(now.minusSeconds(120), now.minusSeconds(60)));
        CloudflareApiException refused = assertThrows(
                CloudflareApiException.class,
                () -> client.analytics("f".repeat(32)).find(now.minusSeconds(60), now));
        assertEquals("Cloudflare's analytics: zone " + "f".repeat(32) + ": not authorized", refused.getMessage());
    }
}
