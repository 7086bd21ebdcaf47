package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Exchange;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main job: an unchanged application, five session properties, {@code Transport.send(message)}. */
class StaticSendTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @Test
    void theSessionFindsTheProviderAndNothingElseIsHijacked() throws Exception {
        Session session = Session.getInstance(Mail.properties(sandbox));
        assertEquals(
                "io.flaremail.CloudflareTransport",
                session.getProvider("cloudflare").getClassName());
        assertEquals(Provider.Type.TRANSPORT, session.getProvider("cloudflare").getType());
        Session untouched = Session.getInstance(new java.util.Properties());
        assertEquals(
                "smtp",
                untouched
                        .getTransport(new InternetAddress("a@example.net"))
                        .getURLName()
                        .getProtocol());
        String ours = CloudflareProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        for (String map : List.of("javamail.address.map", "jakarta.address.map", "javamail.default.address.map")) {
            assertFalse(Files.exists(Path.of(ours, "META-INF", map)), map);
        }
    }

    @Test
    void sendsToEveryRecipientField() throws Exception {
        MimeMessage message = Mail.message(Mail.session(sandbox), "to@example.net");
        message.setRecipients(Message.RecipientType.CC, Mail.addresses("cc@example.net"));
        message.setRecipients(Message.RecipientType.BCC, Mail.addresses("bcc@example.net"));
        Transport.send(message);
        Accepted accepted = sandbox.accepted().get(0);
        assertEquals(Mail.FROM, accepted.from());
        assertEquals(List.of("to@example.net", "cc@example.net", "bcc@example.net"), accepted.recipients());
        for (String recipient : accepted.recipients()) {
            assertEquals(1, sandbox.mailbox(recipient).size(), recipient);
        }
    }

    @Test
    void bccNeverLeaves() throws Exception {
        MimeMessage message = Mail.message(Mail.session(sandbox), "to@example.net");
        message.setRecipients(Message.RecipientType.BCC, Mail.addresses("hidden@example.net"));
        Transport.send(message);
        String wire = new String(sandbox.accepted().get(0).mime(), StandardCharsets.UTF_8);
        assertFalse(wire.toLowerCase().contains("bcc"), wire);
        assertFalse(wire.contains("hidden"), wire);
        assertArrayEquals(
                Mail.addresses("hidden@example.net"),
                message.getRecipients(Message.RecipientType.BCC),
                "the caller's message keeps it");
    }

    @Test
    void recipientsAreTheArgumentAndNothingElse() throws Exception {
        MimeMessage message = Mail.message(Mail.session(sandbox), "header@example.net");
        Transport.send(message, Mail.addresses("envelope@example.org"));
        assertEquals(List.of("envelope@example.org"), sandbox.accepted().get(0).recipients());
        assertTrue(sandbox.mailbox("header@example.net").isEmpty());
    }

    @Test
    void groupsAreTheirMembersAndDuplicatesGoOnce() throws Exception {
        MimeMessage message = Mail.message(Mail.session(sandbox), "header@example.net");
        Address[] to = {
            new InternetAddress("team:a@example.net, B <b@example.net>;"),
            new InternetAddress("\"The A\" <a@example.net>"),
            new InternetAddress("a@EXAMPLE.NET")
        };
        Transport.send(message, to);
        assertEquals(
                List.of("a@example.net", "b@example.net"),
                sandbox.accepted().get(0).recipients());
    }

    @Test
    void internationalDomainsGoAsPunycode() throws Exception {
        MimeMessage message = Mail.message(Mail.session(sandbox), "header@example.net");
        Transport.send(message, Mail.addresses("info@bücher.example"));
        assertEquals(
                List.of("info@xn--bcher-kva.example"), sandbox.accepted().get(0).recipients());
    }

    @Test
    void envelopeSendersInTheirOrder() throws Exception {
        Session session = Mail.session(sandbox);
        SMTPMessage message = new SMTPMessage(Mail.message(session, "a@example.net"));
        Transport.send(message);
        session.getProperties().put("mail.cloudflare.from", "configured@example.com");
        Transport.send(message);
        message.setEnvelopeFrom("own@example.com");
        Transport.send(message);
        assertEquals(
                List.of(Mail.FROM, "configured@example.com", "own@example.com"),
                sandbox.accepted().stream().map(Accepted::from).toList());
    }

    @Test
    void theRequestIsWhatTheApiDocuments() throws Exception {
        Transport.send(Mail.message(Mail.session(sandbox), "a@example.net"));
        Exchange request = sandbox.requests().get(0);
        assertEquals("POST", request.method());
        assertEquals("/client/v4/accounts/" + sandbox.account() + "/email/sending/send_raw", request.path());
        assertEquals("Bearer " + sandbox.token(), request.header("Authorization"));
        assertEquals("application/json", request.header("Content-Type"));
        assertEquals(String.valueOf(request.body().length), request.header("Content-Length"));
        for (String unwanted : List.of("Transfer-Encoding", "Expect", "Cookie", "Accept-Encoding", "Upgrade")) {
            assertNull(request.header(unwanted), unwanted);
        }
    }

    @Test
    void twentyStaticSendsUseOneConnection() throws Exception {
        Session session = Mail.session(sandbox);
        for (int i = 0; i < 20; i++) {
            Transport.send(Mail.message(session, "a@example.net"));
        }
        assertEquals(20, sandbox.accepted().size());
        assertTrue(sandbox.connections() <= 1, sandbox.connections() + " connections");
    }

    @Test
    void sixtyFourThreadsEachGetThrough() throws Exception {
        Session session = Mail.session(sandbox);
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Callable<Void>> sends = new ArrayList<>();
            for (int i = 0; i < 256; i++) {
                String to = "r" + i + "@example.net";
                sends.add(() -> {
                    Transport.send(Mail.message(session, to));
                    return null;
                });
            }
            for (Future<Void> sent : threads.invokeAll(sends)) {
                sent.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(256, sandbox.accepted().size());
        assertTrue(sandbox.connections() <= 64, sandbox.connections() + " connections");
    }

    @Test
    void moreThanFiftyRecipientsAreSeveralRequestsAndOneOutcome() throws Exception {
        String[] to =
                IntStream.range(0, 120).mapToObj(i -> "r" + i + "@example.net").toArray(String[]::new);
        List<SendReport> reports = new ArrayList<>();
        Session session = Mail.session(sandbox);
        session.getProperties().put("mail.cloudflare.listener", (SendListener) reports::add);
        Transport.send(Mail.message(session, "list@example.net"), Mail.addresses(to));
        assertEquals(
                List.of(50, 50, 20),
                sandbox.accepted().stream().map(a -> a.recipients().size()).toList());
        assertEquals(3, reports.get(0).getMessageIds().size());
        assertEquals(3, reports.get(0).getAttempts());
        assertEquals(120, reports.get(0).getRecipients().size());
    }

    @Test
    void whatWasSentBeforeAFailureIsValidSentAndTheRestValidUnsent() throws Exception {
        InternetAddress[] to = Mail.addresses(
                IntStream.range(0, 240).mapToObj(i -> "r" + i + "@example.net").toArray(String[]::new));
        MimeMessage message = Mail.message(Mail.session(sandbox, "mail.cloudflare.retries", "0"), "list@example.net");
        sandbox.fail(Fault.none(), Fault.none(), Fault.error(500, 10002, "email.sending.error.internal_server"));
        CloudflareSendFailedException thrown =
                assertThrows(CloudflareSendFailedException.class, () -> Transport.send(message, to));
        assertArrayEquals(Arrays.copyOf(to, 100), thrown.getValidSentAddresses());
        assertArrayEquals(Arrays.copyOfRange(to, 100, 240), thrown.getValidUnsentAddresses());
        assertEquals(3, sandbox.requests().size(), "the fourth and fifth are not tried");
        assertTrue(thrown.isRetryable());
        assertNotEquals(200, thrown.getStatus());
    }

    @Test
    void theListenerHearsOfEveryMessage() throws Exception {
        List<SendReport> reports = new ArrayList<>();
        Session session = Mail.session(sandbox);
        session.getProperties().put("mail.cloudflare.listener", (SendListener) reports::add);
        Transport.send(Mail.message(session, "a@example.net", "queued@example.net"));
        SendReport report = reports.get(0);
        assertEquals(
                sandbox.accepted().get(0).messageId(), report.getMessageId().orElseThrow());
        assertEquals(List.of(sandbox.requests().get(0).ray()), report.getRays());
        assertEquals(
                List.of(RecipientStatus.ACCEPTED, RecipientStatus.QUEUED),
                report.getRecipients().stream().map(RecipientOutcome::getStatus).toList());
        assertEquals(1, report.getAttempts());
        assertFalse(report.getDuration().isNegative());
        assertFalse(report.toString().contains("@example.net"), report.toString());
    }

    @Test
    void theListenerMayBeNamedAndCannotChangeTheOutcome() throws Exception {
        Session session = Mail.session(sandbox, "mail.cloudflare.listener", Thrower.class.getName());
        Thrower.heard = 0;
        Transport.send(Mail.message(session, "a@example.net"));
        assertEquals(1, Thrower.heard);
        assertEquals(1, sandbox.accepted().size());
    }

    /** A listener that fails. */
    public static final class Thrower implements SendListener {
        private static int heard;

        public Thrower() {}

        @Override
        public void onSend(SendReport report) {
            heard++;
            throw new IllegalStateException("a listener of the application's");
        }
    }
}
