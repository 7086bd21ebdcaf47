package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.NewSuppression;
import io.flaremail.api.SubscribedQueue;
import io.flaremail.api.Suppression;
import io.flaremail.api.SuppressionChange;
import io.flaremail.api.SuppressionFilter;
import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.ReceivedMessage;
import io.flaremail.sandbox.Sandbox;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the service does where its behaviour is unknown: ordinary mail is sent, and all outcomes are right. */
@Timeout(60)
class StrictSandboxTest {
    @RegisterExtension
    static final SandboxExtension sandbox =
            new SandboxExtension(Sandbox.builder().strict(true));

    private static final String BOB = "bob@example.org";

    private interface Edit {
        void of(MimeMessage message) throws Exception;
    }

    private enum Ordinary {
        TEXT(message -> message.setText("Hello")),
        UMLAUTS(message -> message.setText("Gr\u00fc\u00dfe \ud83d\udc4b", "UTF-8")),
        LATIN_1(message -> message.setText("Gr\u00fc\u00dfe", "ISO-8859-1")),
        HTML(message -> message.setText("<p>Hello", "UTF-8", "html")),
        FROM_WITH_A_NAME(message -> message.setFrom(new InternetAddress(Mail.FROM, "Bill\u00ebng, Inc.", "UTF-8"))),
        CC_AND_BCC(message -> {
            message.setRecipients(RecipientType.CC, "cleo@example.org");
            message.setRecipients(RecipientType.BCC, "dan@example.org");
        }),
        TAGGED_RECIPIENT(message -> message.setRecipients(RecipientType.CC, "Cleo+news@Example.org")),
        REPLY_TO(message -> message.setReplyTo(InternetAddress.parse("desk@example.net"))),
        NOW(message -> message.setSentDate(new Date())),
        ATTACHMENT(message -> {
            MimeBodyPart text = new MimeBodyPart();
            text.setText("Hello");
            MimeBodyPart file = new MimeBodyPart();
            file.setDataHandler(new DataHandler(new ByteArrayDataSource(new byte[] {0, 1, 2}, "image/png")));
            file.setFileName("a.png");
            message.setContent(new MimeMultipart(text, file));
        });

        private final Edit edit;

        Ordinary(Edit edit) {
            this.edit = edit;
        }
    }

    @ParameterizedTest
    @EnumSource(Ordinary.class)
    void ordinaryMailIsAccepted(Ordinary ordinary) throws Exception {
        MimeMessage message = Mail.message(Mail.session(sandbox), BOB);
        ordinary.edit.of(message);
        message.saveChanges();

        Transport.send(message);

        ReceivedMessage received = sandbox.messages().to(BOB).list().get(0);
        assertEquals("Your invoice", received.subject());
        assertEquals(message.getAllRecipients().length, received.recipients().size());
    }

    @Test
    void theOutcomeForEachRecipientIsRightHoweverItIsSpelled() {
        Session session = Mail.session(sandbox);
        MimeMessage message = Mail.message(session, BOB, "queued@example.org", "Bounce+1@example.org");

        CloudflareSendFailedException thrown =
                assertThrows(CloudflareSendFailedException.class, () -> Transport.send(message));

        Map<String, RecipientStatus> outcomes = thrown.getReport().getRecipients().stream()
                .collect(Collectors.toMap(
                        outcome -> outcome.getAddress().getAddress(),
                        RecipientOutcome::getStatus,
                        (first, second) -> first,
                        TreeMap::new));
        assertEquals(
                Map.of(
                        BOB,
                        RecipientStatus.ACCEPTED,
                        "queued@example.org",
                        RecipientStatus.QUEUED,
                        "Bounce+1@example.org",
                        RecipientStatus.BOUNCED),
                outcomes);
        assertEquals(List.of(), thrown.getReport().getUnmatchedAddresses());
    }

    @Test
    void aThrottledSendIsRetriedWithoutRetryAfter() throws Exception {
        sandbox.get().fail(Fault.error(ApiError.THROTTLED));
        Transport.send(Mail.message(Mail.session(sandbox), BOB));
        assertEquals(2, sandbox.requests().size());
    }

    @Test
    void whatAStrictServiceRefusesIsNotSentAndNotRetried() throws Exception {
        MimeMessage message = Mail.message(Mail.session(sandbox), BOB);
        message.setHeader("DKIM-Signature", "v=1");
        CloudflareSendFailedException thrown =
                assertThrows(CloudflareSendFailedException.class, () -> Transport.send(message));
        assertEquals(400, thrown.getReport().getStatus());
        assertEquals("10202", thrown.getReport().getErrors().get(0).getCode().orElse(""));
        assertEquals(false, thrown.getReport().isAcceptanceUnknown());
        assertEquals(1, sandbox.requests().size());
    }

    @Test
    void everyEventIsHandledOnce() throws Exception {
        try (SubscribedQueue queue =
                SubscribedQueue.start(Sandbox.builder().strict(true).eventDelay(Duration.ZERO), 3)) {
            Transport.send(Mail.message(Session.getInstance(Mail.properties(queue.sandbox)), BOB, "complain@x.org"));
            Transport.send(Mail.message(Session.getInstance(Mail.properties(queue.sandbox)), "bounce-later@x.org"));
            List<DeliveryEvent> handled = new ArrayList<>();

            queue.events().listen(handled::add).untilEmpty().run();

            Map<DeliveryEvent.Kind, Integer> kinds = new EnumMap<>(DeliveryEvent.Kind.class);
            handled.forEach(event -> kinds.merge(event.getKind(), 1, Integer::sum));
            assertEquals(
                    Map.of(
                            DeliveryEvent.Kind.DELIVERED, 2,
                            DeliveryEvent.Kind.COMPLAINED, 1,
                            DeliveryEvent.Kind.BOUNCED, 1),
                    kinds);
            assertEquals(0, queue.backlog());
        }
    }

    @Test
    void theSuppressionListIsReadAndChanged() throws Exception {
        try (CloudflareEmail client = CloudflareEmail.builder()
                .token(sandbox.token())
                .endpoint(sandbox.endpoint())
                .build()) {
            var suppressions = client.suppressions(sandbox.account());
            for (String address : List.of("a@x.org", "b@x.org", "c@x.org")) {
                suppressions.add(NewSuppression.of(address));
            }
            try (Stream<Suppression> all =
                    suppressions.list(SuppressionFilter.all().reason("manual").perPage(1))) {
                assertEquals(3, all.count());
            }
            String fixed =
                    sandbox.get().suppress("d@x.org", "policy", null, true).id();
            CloudflareApiException refused = assertThrows(
                    CloudflareApiException.class,
                    () -> suppressions.update(fixed, SuppressionChange.none().note("x")));
            assertEquals(403, refused.getStatus());
            assertTrue(refused.getMessage().contains("read_only"), refused.getMessage());
        }
    }
}
