package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.Envelope.Recipient;
import io.flaremail.api.MimeText;
import io.flaremail.config.OptionReader;
import io.flaremail.config.TransportSettings;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressSucceededException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same message once more: nobody gets it twice who has it, and nobody goes without it who has not. */
@Timeout(120)
class RetriesTest {
    private static final String A = "a@example.net";
    private static final String B = "b@example.net";
    private static final String BOUNCES = "bounce@example.net";
    private static final Fault REFUSED = Fault.error(500, 10003, "email.sending.error.not_implemented");
    private static final Fault LOST = Fault.hangUp().afterAccepting();

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private final List<SendReport> reports = Collections.synchronizedList(new ArrayList<>());

    /** Another one for each test: the guard is one for all of them. */
    private String text;

    @BeforeEach
    void chooseText() {
        text = UUID.randomUUID() + "\n";
    }

    @Test
    void whoHasItIsReportedAsSentAndNotSentAgain() throws Exception {
        MimeMessage message = message(session(), A, BOUNCES, B);
        CloudflareSendFailedException first = fails(message);
        assertArrayEquals(Mail.addresses(A, B), first.getValidSentAddresses());
        CloudflareSendFailedException second = fails(message);
        assertArrayEquals(Mail.addresses(A, B), second.getValidSentAddresses());
        assertArrayEquals(Mail.none(), second.getValidUnsentAddresses());
        assertArrayEquals(Mail.addresses(BOUNCES), second.getInvalidAddresses());
        assertEquals(
                List.of(RecipientStatus.ACCEPTED_EARLIER, RecipientStatus.BOUNCED, RecipientStatus.ACCEPTED_EARLIER),
                statuses(second.getReport()));
        assertTrue(
                second.getMessage().contains("2 already accepted by an earlier try and not sent again"),
                second.getMessage());
        assertInstanceOf(SMTPAddressFailedException.class, second.getNextException());
        assertEquals(List.of(BOUNCES), sandbox.accepted().get(1).recipients());
        assertEquals(1, copies(A));
    }

    /** The application drops the bad address, as SMTP has taught it, and sends to the others again. */
    @Test
    void whenAllHaveItNoRequestIsMadeAndAllIsWell() throws Exception {
        Session session = session();
        MimeMessage message = message(session, A, BOUNCES, B);
        fails(message);
        TransportEvent event = eventOf(session, message, A, B);
        assertEquals(TransportEvent.MESSAGE_DELIVERED, event.getType());
        assertArrayEquals(Mail.addresses(A, B), event.getValidSentAddresses());
        assertNull(event.getValidUnsentAddresses());
        assertNull(event.getInvalidAddresses());
        assertEquals(1, sandbox.requests().size());
        SendReport report = reports.get(1);
        assertTrue(report.isSuccess());
        assertEquals(0, report.getAttempts());
        assertEquals(0, report.getStatus());
        assertEquals(List.of(RecipientStatus.ACCEPTED_EARLIER, RecipientStatus.ACCEPTED_EARLIER), statuses(report));
    }

    @Test
    void afterSuccessTheSameMessageIsMeant() throws Exception {
        Session session = session();
        MimeMessage message = message(session, A, B);
        Transport.send(message);
        Transport.send(message);
        assertEquals(2, copies(A));
        fails(message, A, BOUNCES);
        Transport.send(message, Mail.addresses(A));
        assertEquals(3, copies(A), "held back: it was accepted in the send that failed");
        Transport.send(message, Mail.addresses(A));
        assertEquals(4, copies(A), "and the send that went well has ended that");
    }

    @ParameterizedTest
    @CsvSource({
        // what changes before it is sent again; copies by default, and with content
        "nothing,             1, 1",
        "text,                2, 2",
        "subject,             2, 2",
        "From,                2, 2",
        "To,                  2, 2",
        "attachment,          2, 2",
        "envelope sender,     2, 2",
        "Date,                1, 1",
        "Message-ID,          1, 1",
        "an equal message,    2, 1",
        "read back,           1, 1",
        "read back without a Message-ID, 2, 1",
    })
    void anythingElseIsAnotherMessage(String change, int byDefault, int byContent) throws Exception {
        assertEquals(byDefault, copiesAfter(change, session()), "by default");
        text = "for the other grade " + text;
        sandbox.get().reset();
        assertEquals(byContent, copiesAfter(change, session("mail.cloudflare.guard", "content")), "by content");
    }

    private int copiesAfter(String change, Session session) throws Exception {
        MimeMessage message = message(session, A, BOUNCES);
        fails(message);
        Session again = change.equals("envelope sender")
                ? Mail.session(sandbox, "mail.cloudflare.from", "other@example.com")
                : session;
        if (change.equals("envelope sender")) {
            again.getProperties()
                    .put(
                            "mail.cloudflare.guard",
                            session.getProperties().getOrDefault("mail.cloudflare.guard", "certain"));
        }
        send(again, changed(change, session, message), A, BOUNCES);
        return copies(A);
    }

    private MimeMessage changed(String change, Session session, MimeMessage message) throws Exception {
        switch (change) {
            case "text" -> message.setText("another " + text);
            case "subject" -> message.setSubject("another");
            case "From" -> message.setFrom(new InternetAddress("other@example.com"));
            case "To" -> message.setRecipients(Message.RecipientType.TO, A);
            case "attachment" -> message.setContent(text, "text/html");
            case "Date" -> message.setSentDate(new Date(1_000_000));
            case "an equal message" -> {
                return message(session, A, BOUNCES);
            }
            case "read back" -> {
                return Mail.parsed(session, Mail.bytes(message));
            }
            case "read back without a Message-ID" -> {
                MimeMessage parsed = Mail.parsed(session, Mail.bytes(message));
                parsed.removeHeader("Message-ID");
                return parsed;
            }
            default -> {
                // the same object; saving it gives it another Message-ID
            }
        }
        if (!change.equals("nothing")) {
            message.saveChanges();
        }
        return message;
    }

    @ParameterizedTest
    @CsvSource({"certain, 1", "off, 2"})
    void onlyTheRequestsThatWereNotAcceptedAreMadeAgain(String grade, int copies) throws Exception {
        Session session = session("mail.cloudflare.guard", grade);
        String[] to =
                IntStream.range(0, 120).mapToObj(i -> "r" + i + "@example.net").toArray(String[]::new);
        MimeMessage message = message(session, "list@example.net");
        sandbox.fail(Fault.none(), REFUSED);
        CloudflareSendFailedException first = fails(session, message, to);
        assertEquals(50, first.getValidSentAddresses().length);
        assertEquals(70, first.getValidUnsentAddresses().length);
        assertNull(send(session, message, to));
        assertEquals(copies, copies("r0@example.net"));
        assertEquals(copies, copies("r49@example.net"));
        assertEquals(1, copies("r50@example.net"));
        assertEquals(1, copies("r119@example.net"));
    }

    /** The application takes the rest from the exception, as SMTP has taught it; then the message is done with. */
    @Test
    void aRetryToTheRestThatGoesWellIsTheEndOfIt() throws Exception {
        Session session = session();
        String[] to =
                IntStream.range(0, 60).mapToObj(i -> "r" + i + "@example.net").toArray(String[]::new);
        MimeMessage message = message(session, "list@example.net");
        sandbox.fail(Fault.none(), REFUSED);
        fails(session, message, to);
        assertNull(send(session, message, Arrays.copyOfRange(to, 50, 60)));
        assertNull(send(session, message, to));
        assertEquals(2, copies("r0@example.net"), "sent once more on purpose");
    }

    @Test
    void whoWasRefusedOrNotReachedIsTriedAgain() throws Exception {
        MimeMessage message = message(session(), A, B);
        sandbox.fail(REFUSED);
        fails(message);
        Transport.send(message);
        assertEquals(List.of(1, 1), List.of(copies(A), copies(B)));
    }

    @Test
    void aRetryThatDoesNotReachTheApiSaysWhoHasIt() throws Exception {
        Session session = session();
        MimeMessage message = message(session, A, BOUNCES);
        fails(message);
        session.getProperties().put("mail.cloudflare.retries", 0);
        session.getProperties().put("mail.cloudflare.connectiontimeout", 2_000);
        sandbox.fail(Fault.error(429, 10004, "email.sending.error.throttled"));
        CloudflareSendFailedException second = fails(message);
        assertArrayEquals(Mail.addresses(A), second.getValidSentAddresses());
        assertArrayEquals(Mail.addresses(BOUNCES), second.getValidUnsentAddresses());
        assertTrue(second.isRetryable());
        fails(message);
        assertEquals(1, copies(A));
    }

    /** A token that cannot be read ends the retry before its first request. */
    @Test
    void aRetryThatFailsBeforeItsRequestSaysWhoHasIt() throws Exception {
        Session session = session();
        Path token = Files.createTempFile("token", "");
        Files.writeString(token, sandbox.token());
        session.getProperties().remove("mail.cloudflare.token");
        session.getProperties().put("mail.cloudflare.token.file", token.toString());
        try (Transport transport = session.getTransport()) {
            transport.connect();
            MimeMessage message = message(session, A, BOUNCES);
            failure(transport, message, A, BOUNCES);
            Files.delete(token);
            CloudflareSendFailedException second =
                    assertInstanceOf(CloudflareSendFailedException.class, failure(transport, message, A, BOUNCES));
            assertArrayEquals(Mail.addresses(A), second.getValidSentAddresses());
            assertArrayEquals(Mail.addresses(BOUNCES), second.getValidUnsentAddresses());
            assertTrue(second.getMessage().contains("cannot be read"), second.getMessage());
        }
    }

    @Test
    void successThatIsReportedCountsThemToo() throws Exception {
        Session session = session("mail.cloudflare.reportsuccess", "true");
        MimeMessage message = message(session, A, BOUNCES);
        fails(message);
        CloudflareSendFailedException success = fails(session, message, A);
        assertTrue(success.getReport().isSuccess());
        SMTPAddressSucceededException smtp =
                assertInstanceOf(SMTPAddressSucceededException.class, success.getNextException());
        assertEquals(Mail.address(A), smtp.getAddress());
        assertEquals(1, copies(A));
        fails(session, message, A);
        assertEquals(2, copies(A), "success is never remembered, though it is thrown");
    }

    @Test
    void whoMayHaveItIsTriedAgainByDefault() throws Exception {
        MimeMessage message = message(session(), A);
        sandbox.fail(LOST);
        assertTrue(fails(message).isAcceptanceUnknown());
        Transport.send(message);
        assertEquals(2, copies(A));
    }

    @Test
    void whoMayHaveItIsHeldBackIfTheApplicationWantsItSo() throws Exception {
        Session session = session("mail.cloudflare.guard.unknown", "true");
        MimeMessage message = message(session, A);
        sandbox.fail(LOST);
        assertTrue(fails(message).isAcceptanceUnknown());
        CloudflareSendFailedException second = fails(message);
        assertTrue(second.isAcceptanceUnknown());
        assertFalse(second.isRetryable());
        assertArrayEquals(Mail.addresses(A), second.getValidUnsentAddresses());
        assertNull(second.getValidSentAddresses());
        assertEquals(0, second.getStatus());
        assertEquals(0, second.getReport().getAttempts());
        assertEquals(
                "Not sent again to 1 of 1 recipients: an earlier try may have been accepted for them,"
                        + " and mail.cloudflare.guard.unknown is on",
                second.getMessage());
        assertEquals(1, copies(A));
        assertEquals(1, sandbox.requests().size());
        TransportEvent event = eventOf(session, message, A);
        assertEquals(TransportEvent.MESSAGE_NOT_DELIVERED, event.getType());
        assertArrayEquals(Mail.addresses(A), event.getValidUnsentAddresses());
    }

    @Test
    void theOthersGoOutWhileSomeAreHeldBack() throws Exception {
        Session session = session("mail.cloudflare.guard.unknown", "true");
        MimeMessage message = message(session, A, B);
        sandbox.fail(LOST);
        fails(session, message, A);
        CloudflareSendFailedException second = fails(session, message, A, B, BOUNCES);
        assertEquals(
                List.of(RecipientStatus.UNKNOWN, RecipientStatus.ACCEPTED, RecipientStatus.BOUNCED),
                statuses(second.getReport()));
        assertTrue(second.getMessage().startsWith("Not sent again to 1 of 3 recipients"), second.getMessage());
        assertTrue(second.getMessage().contains("The last answer for the others: HTTP 200"), second.getMessage());
        sandbox.fail(Fault.error(429, 10004, "email.sending.error.throttled").header("Retry-After", "100"));
        CloudflareSendFailedException third = fails(session, message, A, B, BOUNCES);
        assertEquals(
                List.of(RecipientStatus.UNKNOWN, RecipientStatus.ACCEPTED_EARLIER, RecipientStatus.REFUSED),
                statuses(third.getReport()));
        assertFalse(third.isRetryable(), "the valid unsent addresses include one that may have it");
        assertEquals(List.of(1, 1), List.of(copies(A), copies(B)));
    }

    /** The API names a lost recipient that none of the others is, while one is held back: the text says both. */
    @Test
    void aLostStrangerWhileSomeAreHeldBack() throws Exception {
        Session session = session("mail.cloudflare.guard.unknown", "true");
        MimeMessage message = message(session, A, B);
        sandbox.fail(LOST);
        fails(session, message, A);
        sandbox.fail(Fault.status(
                200,
                "{\"success\":true,\"result\":{\"permanent_bounces\":[\"stranger@example.com\"],\"delivered\":[]}}"));
        CloudflareSendFailedException second = fails(session, message, A, B, "c@example.net");
        assertEquals(Collections.nCopies(3, RecipientStatus.UNKNOWN), statuses(second.getReport()));
        assertTrue(second.getMessage().startsWith("Not sent again to 1 of 3 recipients"), second.getMessage());
        assertTrue(second.getMessage().contains("stranger@example.com"), second.getMessage());
        int requests = sandbox.requests().size();
        assertTrue(fails(session, message, A, B, "c@example.net").isAcceptanceUnknown());
        assertEquals(requests, sandbox.requests().size(), "all three may have it");
    }

    /** One address gets the mail of all; it is the one that has the message, for the recipients that the message names. */
    @ParameterizedTest
    @CsvSource({"'a@example.net,b@example.net', 1", "a@example.net, 2"})
    void redirectedMailIsKnownByItsRecipients(String again, int copies) throws Exception {
        Session session =
                session("mail.cloudflare.redirect", "staging@example.com", "mail.cloudflare.guard.unknown", "true");
        MimeMessage message = message(session, A, B);
        sandbox.fail(LOST);
        fails(message);
        MessagingException second = send(session, message, again.split(","));
        assertEquals(copies, copies("staging@example.com"));
        assertEquals(copies == 1, second != null);
        assertEquals(0, copies(A));
    }

    /** What was sent to the redirect has not reached those it was for. */
    @Test
    void withoutTheRedirectItIsAnotherMessage() throws Exception {
        Session staging = session("mail.cloudflare.redirect", A, "mail.cloudflare.guard.unknown", "true");
        MimeMessage message = message(staging, A);
        sandbox.fail(LOST);
        fails(message);
        assertNull(send(session("mail.cloudflare.guard.unknown", "true"), message, A));
        assertEquals(2, copies(A));
    }

    @Test
    void aWindowOfNoTimeRemembersNothing() throws Exception {
        MimeMessage message = message(session("mail.cloudflare.guard.window", "0"), A, BOUNCES);
        fails(message);
        fails(message);
        assertEquals(2, copies(A));
    }

    /** One text to several lists: the success of one says nothing of another. */
    @Test
    void whatIsSentToOthersInBetweenChangesNothing() throws Exception {
        Session session = session();
        MimeMessage message = message(session, "list@example.net");
        fails(session, message, A, BOUNCES);
        assertNull(send(session, message, B));
        assertNull(send(session, message, A));
        assertEquals(List.of(1, 1), List.of(copies(A), copies(B)));
    }

    /** Counts how often it is serialised, and fails when it is asked for its id, if that is wanted. */
    private static final class Counted extends MimeMessage {
        private int written;
        private boolean failsWhenAsked;

        Counted(MimeMessage message) throws MessagingException {
            super(message);
        }

        @Override
        public void writeTo(OutputStream out, String[] leftOut) throws IOException, MessagingException {
            written++;
            super.writeTo(out, leftOut);
        }

        @Override
        public String getMessageID() throws MessagingException {
            if (failsWhenAsked) {
                throw new NoClassDefFoundError("a class of the application's");
            }
            return super.getMessageID();
        }
    }

    private Counted counted(Session session, int bytes, String... to) throws Exception {
        MimeMessage message = message(session, to);
        message.setText(text + "0123456789abcde\n".repeat(bytes / 16));
        message.saveChanges();
        return new Counted(message);
    }

    /** What was kept for the requests is there for the digest, too. */
    @Test
    void theGuardSerialisesNothing() throws Exception {
        Session session = session();
        Counted small = counted(session, 100, A, BOUNCES);
        Counted large = counted(session, 1_000_000, A);
        for (Counted message : List.of(small, large)) {
            assertNotNull(send(session, message, A, BOUNCES));
            assertEquals(1, message.written);
            assertNotNull(send(session, message, A, BOUNCES));
            assertEquals(2, message.written, "the retry");
        }
        assertEquals(2, copies(A));
    }

    /** A temporary file that cannot be read back, or too little memory: the outcome stays, and nothing is remembered. */
    @Test
    void aDigestThatFailsAfterASendChangesNothing() throws Exception {
        Session session = session();
        ByteArrayOutputStream debug = debug(session);
        MimeMessage message = message(session, A);
        List<Recipient> recipients = List.of(new Recipient(Mail.address(A)), new Recipient(Mail.address(BOUNCES)));
        TransportSettings settings = TransportSettings.from(OptionReader.of(session.getProperties(), null));
        MimeText unreadable = new MimeText() {
            @Override
            public long length() {
                return 0;
            }

            @Override
            public void writeTo(OutputStream out) {
                throw new OutOfMemoryError("in a test");
            }
        };
        SendProgress progress = new SendProgress(recipients, null);
        progress.begin(List.of(A));
        int remembered = RetryGuard.SHARED.messages();
        GuardedSend.begin(
                        settings,
                        sandbox.account(),
                        new DebugLog(session),
                        Envelope.of(message, recipients, settings, session),
                        message,
                        unreadable,
                        Set.of(A, BOUNCES))
                .end(progress);
        assertEquals(remembered, RetryGuard.SHARED.messages());
        assertTrue(debug.toString().contains("a retry of this message would not be recognised: java.lang.OutOfMemory"));
    }

    @Test
    void aDigestThatFailsBeforeASendChangesNothing() throws Exception {
        Session session = session();
        ByteArrayOutputStream debug = debug(session);
        Counted message = counted(session, 1_000_000, A);
        fails(session, message, A, BOUNCES);
        message.failsWhenAsked = true;
        fails(session, message, A, BOUNCES);
        assertEquals(2, copies(A), "sent as without a guard");
        assertTrue(debug.toString().contains("not known whether this message was sent before: java.lang.NoClassDef"));
    }

    private static ByteArrayOutputStream debug(Session session) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        session.setDebugOut(new PrintStream(out, true));
        session.setDebug(true);
        return out;
    }

    /** The debug output is the application's as well. */
    @Test
    void aLogThatFailsChangesNothing() throws Exception {
        Session session = session();
        Counted message = counted(session, 1_000_000, A);
        message.failsWhenAsked = true;
        session.setDebugOut(new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void println(String line) {
                if (line.contains("NoClassDefFoundError")) {
                    throw new LinkageError("of the application's");
                }
            }
        });
        session.setDebug(true);
        assertArrayEquals(Mail.addresses(A), fails(session, message, A, BOUNCES).getValidSentAddresses());
    }

    /** Whoever has it gets no second copy, however many threads try at once; whoever has not gets one at least. */
    @ParameterizedTest
    @ValueSource(strings = {"certain", "content"})
    void threadsThatRetryAtOnce(String grade) throws Exception {
        int threads = 8;
        Session session = session("mail.cloudflare.guard", grade);
        MimeMessage message = message(session, A, B, BOUNCES);
        fails(session, message, A, BOUNCES);
        Phaser start = new Phaser(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < threads; i++) {
            executor.execute(() -> {
                start.arriveAndAwaitAdvance();
                for (int j = 0; j < 5; j++) {
                    try {
                        assertInstanceOf(CloudflareSendFailedException.class, send(session, message, A, B, BOUNCES));
                    } catch (Throwable e) {
                        wrong.add(e);
                    }
                }
            });
        }
        executor.shutdown();
        assertTrue(executor.awaitTermination(60, TimeUnit.SECONDS));
        assertEquals(List.of(), wrong);
        assertEquals(1, copies(A));
        assertTrue(copies(B) >= 1 && copies(B) <= threads, copies(B) + " copies");
    }

    private Session session(String... keysAndValues) {
        Session session = Mail.session(sandbox, keysAndValues);
        session.getProperties().put("mail.cloudflare.listener", (SendListener) reports::add);
        return session;
    }

    private MimeMessage message(Session session, String... to) throws MessagingException {
        MimeMessage message = Mail.message(session, to);
        message.setText(text);
        message.saveChanges();
        return message;
    }

    /** As an application sends: with Transport.send, which saves the message anew. */
    private static CloudflareSendFailedException fails(MimeMessage message) {
        try {
            Transport.send(message);
        } catch (MessagingException e) {
            return assertInstanceOf(CloudflareSendFailedException.class, e);
        }
        throw new AssertionError("no exception");
    }

    private static CloudflareSendFailedException fails(MimeMessage message, String... to) throws MessagingException {
        try {
            Transport.send(message, Mail.addresses(to));
        } catch (CloudflareSendFailedException e) {
            return e;
        }
        throw new AssertionError("no exception");
    }

    private static CloudflareSendFailedException fails(Session session, MimeMessage message, String... to)
            throws MessagingException {
        return assertInstanceOf(CloudflareSendFailedException.class, send(session, message, to));
    }

    /** Sends the message as it is, to these; null when all is well. */
    private static MessagingException send(Session session, MimeMessage message, String... to)
            throws MessagingException {
        try (Transport transport = session.getTransport()) {
            transport.connect();
            return failure(transport, message, to);
        }
    }

    private static MessagingException failure(Transport transport, MimeMessage message, String... to) {
        try {
            transport.sendMessage(message, Mail.addresses(to));
            return null;
        } catch (MessagingException e) {
            return e;
        }
    }

    private static TransportEvent eventOf(Session session, MimeMessage message, String... to) throws Exception {
        try (Transport transport = session.getTransport()) {
            transport.connect();
            Events events = Events.of(transport);
            failure(transport, message, to);
            return events.next();
        }
    }

    private static List<RecipientStatus> statuses(SendReport report) {
        return report.getRecipients().stream().map(RecipientOutcome::getStatus).toList();
    }

    private static int copies(String address) {
        return sandbox.mailbox(address).size();
    }
}
