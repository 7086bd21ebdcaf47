package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of these once went wrong, or nearly. */
class HazardsTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    /** HttpClient closes its pool when it sees an Error; every other sender's mail would have ended with it. */
    @Test
    void anErrorInOneMessageLeavesTheOthersAlone() throws Exception {
        Session session = Mail.session(sandbox);
        MimeMessage message = Mail.message(session, "a@example.net");
        message.setDataHandler(new DataHandler(new FailingSource(1, () -> {
            throw new NoClassDefFoundError("a class of the application's");
        })));
        message.setHeader("Content-Transfer-Encoding", "base64");
        assertThrows(NoClassDefFoundError.class, () -> Transport.send(message));
        Transport.send(Mail.message(session, "b@example.net"));
        assertEquals(1, sandbox.accepted().size());
    }

    /** What stands between angle brackets in a quoted local part is no address of its own. */
    @Test
    void quotedLocalPartsAreNotTakenApart() throws Exception {
        Address[] to = {
            Mail.address("\"x<b>\"@example.net"),
            Mail.address("\"y<b>\"@example.net"),
            Mail.address("John@example.net"),
            Mail.address("john@example.net")
        };
        Transport.send(Mail.message(Mail.session(sandbox), "list@example.net"), to);
        assertEquals(
                List.of("\"x<b>\"@example.net", "\"y<b>\"@example.net", "John@example.net", "john@example.net"),
                sandbox.accepted().get(0).recipients());
    }

    @ParameterizedTest
    @ValueSource(strings = {"B@EXAMPLE.NET", "Bo <b@example.net>", " b@example.net ", "Bo <B@example.NET>"})
    void anEchoMeansTheAddressHoweverItIsWritten(String echo) {
        sandbox.fail(Fault.status(200, result("permanent_bounces", echo)).afterAccepting());
        SendFailedException thrown = fails("\"x <b@example.net>\"@example.net", "b@example.net");
        assertArrayEquals(Mail.addresses("b@example.net"), thrown.getInvalidAddresses());
        assertEquals(1, thrown.getValidSentAddresses().length);
    }

    @Test
    void anAddressInTwoListsIsLost() {
        sandbox.fail(
                Fault.status(
                        200,
                        "{\"success\":true,\"result\":{\"delivered\":[\"a@example.net\"],\"permanent_bounces\":[\"a@example.net\"]}}"));
        assertEquals(1, fails("a@example.net").getInvalidAddresses().length);
    }

    /** The first answer cannot know of recipients that are in no request yet. */
    @Test
    void anAnswerSpeaksOnlyOfItsOwnRequest() {
        sandbox.fail(
                Fault.status(200, result("delivered", "r120@example.net")).afterAccepting(),
                Fault.error(403, 10102, "email.sending.error.authentication.forbidden"));
        String[] to =
                IntStream.range(0, 130).mapToObj(i -> "r" + i + "@example.net").toArray(String[]::new);
        SendFailedException thrown = fails(to);
        assertEquals(50, thrown.getValidSentAddresses().length);
        assertEquals(80, thrown.getValidUnsentAddresses().length);
    }

    /** Whatever a listener does, the message was accepted and its events are told. */
    @Test
    void aListenersErrorChangesNothing() throws Exception {
        Session session = Mail.session(sandbox);
        session.getProperties().put("mail.cloudflare.listener", (SendListener) report -> {
            throw new AssertionError("a listener of the application's") {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new IllegalStateException("and its message, too");
                }
            };
        });
        Transport.send(Mail.message(session, "a@example.net"));
        assertEquals(1, sandbox.accepted().size());
    }

    @Test
    void anExecutorThatTakesNothingChangesNothing() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdownNow();
        Session session = Mail.session(sandbox);
        session.getProperties().put("mail.event.executor", executor);
        Transport transport = session.getTransport();
        Events.of(transport);
        assertThrows(RuntimeException.class, transport::connect, "Jakarta Mail itself fails here");
        transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        transport.close();
        assertFalse(transport.isConnected());
        assertEquals(1, sandbox.accepted().size());
    }

    /** Log appenders and shutdown hooks mail from interrupted threads; SMTP sends for them. */
    @Test
    void anInterruptedThreadSendsAndStaysInterrupted() throws Exception {
        Session session = Mail.session(sandbox);
        Transport transport = session.getTransport();
        transport.connect();
        Events events = Events.of(transport);
        Thread.currentThread().interrupt();
        transport.sendMessage(Mail.message(session, "a@example.net"), Mail.addresses("a@example.net"));
        transport.close();
        assertTrue(Thread.interrupted());
        assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
        assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
        assertEquals(1, sandbox.accepted().size());
    }

    /** The one that is sending finishes; CLOSED comes last, once, and no dispatching thread stays behind. */
    @Test
    void closingDuringASendWaitsForNothingAndLosesNothing() throws Exception {
        Session session = Mail.session(sandbox);
        Transport transport = session.getTransport();
        transport.connect();
        Events events = Events.of(transport);
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        session.getProperties().put("mail.cloudflare.listener", (SendListener) report -> {
            answered.countDown();
            await(closed);
        });
        transport.close();
        assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
        transport.connect();
        assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
        Thread sender = new Thread(() -> send(transport, Mail.message(session, "a@example.net")));
        sender.start();
        await(answered);
        transport.close();
        assertFalse(transport.isConnected());
        assertTrue(events.isQuiet());
        closed.countDown();
        sender.join();
        assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
        assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
        assertTrue(events.isQuiet());
    }

    @Test
    void sixteenThreadsMayShareOneTransport() throws Exception {
        Session session = Mail.session(sandbox);
        List<Thread> threads = new ArrayList<>();
        try (Transport transport = session.getTransport()) {
            transport.connect();
            for (int i = 0; i < 16; i++) {
                String to = "r" + i + "@example.net";
                threads.add(new Thread(() -> send(transport, Mail.message(session, to))));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertEquals(16, sandbox.accepted().size());
    }

    @Test
    void failuresSurviveSerialisation() throws Exception {
        sandbox.fail(Fault.html(502));
        CloudflareSendFailedException thrown = (CloudflareSendFailedException) fails("a@example.net");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(thrown);
        CloudflareSendFailedException read = (CloudflareSendFailedException)
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertEquals(thrown.getMessage(), read.getMessage());
        assertTrue(read.isAcceptanceUnknown());
        assertEquals(502, read.getStatus());
    }

    /** A token that was put in the wrong place is not repeated. */
    @ParameterizedTest
    @ValueSource(strings = {"account", "token.file", "endpoint"})
    void misplacedTokensAreNotShown(String property) {
        String token = "v1-0123456789abcdefghijklmnopqrstuvwxyzAB";
        Session session = Mail.session(sandbox);
        session.getProperties().remove("mail.cloudflare.token");
        String value = property.equals("endpoint") ? "https://u:p@x@" + token + "@example.com/?t=" + token : token;
        session.getProperties().put("mail.cloudflare.token", "something-else");
        if (property.equals("token.file")) {
            session.getProperties().remove("mail.cloudflare.token");
        }
        session.getProperties().put("mail.cloudflare." + property, value);
        MessagingException thrown = assertThrows(
                MessagingException.class, () -> session.getTransport().connect());
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertFalse(String.valueOf(each).contains(token), each.toString());
        }
    }

    @Test
    void aTokenGivenAsTheUserNameIsNotShown() {
        String token = "v1-0123456789abcdefghijklmnopqrstuvwxyzAB";
        Session session = Mail.session(sandbox);
        session.getProperties().remove("mail.cloudflare.account");
        MessagingException thrown = assertThrows(
                MessagingException.class, () -> session.getTransport().connect(null, token, "password"));
        assertFalse(thrown.getMessage().contains(token), thrown.getMessage());
    }

    @Test
    void aPeerThatEchoesTheTokenInDisguiseIsSilenced() {
        String disguised = "\\u00" + Integer.toHexString(sandbox.token().charAt(0))
                + sandbox.token().substring(1);
        sandbox.fail(
                Fault.status(403, "{\"success\":false,\"errors\":[{\"code\":1,\"message\":\"" + disguised + "\"}]}"));
        SendFailedException thrown = fails("a@example.net");
        assertTrue(thrown.getMessage().contains("[token]"), thrown.getMessage());
        assertFalse(thrown.getMessage().contains(sandbox.token()), thrown.getMessage());
    }

    @Test
    void theTransportDoesNotShowItsPassword() throws Exception {
        Session session = Mail.session(sandbox);
        Transport transport = session.getTransport(new URLName("cloudflare", null, -1, null, "user", sandbox.token()));
        transport.connect();
        assertFalse((transport + " " + transport.getURLName()).contains(sandbox.token()));
        transport.close();
    }

    /** Other languages throw checked exceptions undeclared; the message was accepted all the same. */
    @Test
    void aListenersUndeclaredExceptionChangesNothing() throws Exception {
        Session session = Mail.session(sandbox);
        session.getProperties().put("mail.cloudflare.listener", (SendListener)
                report -> HazardsTest.<RuntimeException>sneak(new java.sql.SQLException("log table")));
        Transport.send(Mail.message(session, "a@example.net"));
        assertEquals(1, sandbox.accepted().size());
    }

    /** Nor may one from a message keep its connection for ever. */
    @Test
    void anUndeclaredExceptionOfAMessageGivesItsConnectionBack() throws Exception {
        Session session =
                Mail.session(sandbox, "mail.cloudflare.maxconnections", "2", "mail.cloudflare.timeout", "3000");
        for (int i = 0; i < 3; i++) {
            MimeMessage message = Mail.message(session, "a@example.net");
            message.setDataHandler(new DataHandler(new FailingSource(
                    1, () -> HazardsTest.<RuntimeException>sneak(new java.sql.SQLException("blob")))));
            message.setHeader("Content-Transfer-Encoding", "base64");
            MessagingException thrown = assertThrows(MessagingException.class, () -> Transport.send(message));
            assertTrue(thrown.getMessage().contains("nothing was sent"), thrown.getMessage());
        }
        Transport.send(Mail.message(session, "b@example.net"));
        assertEquals(1, sandbox.accepted().size());
    }

    /** HttpClient quotes what it cannot read. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.x %s\r\n\r\n", "%s\r\n\r\n", "HTTP/1.1 200 OK\r\n%s\r\n\r\n"})
    void aPeerThatEchoesTheTokenWhereNoneBelongsIsSilenced(String answer) throws Exception {
        String token = "a-token-for-loopback-only";
        Peer.Script echoing = line -> {
            line.read();
            line.say(answer.formatted(token));
        };
        try (Peer peer = Peer.saying(echoing)) {
            Told told = Told.send(peer.properties(), 100, "a@example.net").addsUp();
            StringWriter trace = new StringWriter();
            told.thrown().printStackTrace(new PrintWriter(trace));
            assertEquals(-1, trace.toString().indexOf(token), trace::toString);
            assertEquals(Set.of(RecipientStatus.UNKNOWN), told.statuses());
        }
    }

    /** A message is serialised once, however many requests it takes. */
    @Test
    void aMessageThatFailsLaterIsNotAskedAgain() throws Exception {
        Session session = Mail.session(sandbox);
        MimeMessage message = Mail.message(session, "list@example.net");
        FailingSource source = new FailingSource(2, () -> {
            throw new NoClassDefFoundError("a class of the application's");
        });
        message.setDataHandler(new DataHandler(source));
        message.setHeader("Content-Transfer-Encoding", "base64");
        Transport.send(message, Mail.addresses(manyRecipients()));
        assertEquals(1, source.reads);
        assertEquals(3, sandbox.accepted().size());
    }

    /** Those who have it are told apart from those who have not, whatever went wrong in between. */
    @Test
    void aFailureBeforeALaterRequestDoesNotHideTheEarlierOnes(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "a-token-for-loopback-only");
        Peer.Script losing = line -> {
            for (String recipient = line.read(); recipient != null; recipient = line.read()) {
                Files.delete(token);
                line.say(Peer.accepted(recipient));
            }
        };
        try (Peer peer = Peer.saying(losing)) {
            Properties properties = peer.properties("mail.cloudflare.token.file", token.toString());
            properties.remove("mail.cloudflare.token");
            Told told = Told.send(properties, 100, manyRecipients()).addsUp();
            assertEquals(50, told.event().getValidSentAddresses().length);
            assertEquals(70, told.event().getValidUnsentAddresses().length);
            assertInstanceOf(CloudflareSendFailedException.class, told.thrown());
        }
    }

    private static String[] manyRecipients() {
        return IntStream.range(0, 120).mapToObj(i -> "r" + i + "@example.net").toArray(String[]::new);
    }

    /** A file that is gone is not the network's fault, and is not tried again. */
    @Test
    void aMessagesOwnIoExceptionIsNotTheNetworks() throws Exception {
        Session session = Mail.session(sandbox);
        MimeMessage message = Mail.message(session, "a@example.net");
        FailingSource source = new FailingSource(
                1, () -> HazardsTest.<RuntimeException>sneak(new java.io.FileNotFoundException("/data/report.pdf")));
        message.setDataHandler(new DataHandler(source));
        message.setHeader("Content-Transfer-Encoding", "base64");
        MessagingException thrown = assertThrows(MessagingException.class, () -> Transport.send(message));
        assertTrue(thrown.getMessage().contains("serialised"), thrown.getMessage());
        assertEquals(1, source.reads);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user@münchen.example", "USER@XN--MNCHEN-3YA.EXAMPLE.", "somebody else entirely"})
    void aLoneRecipientIsMeantHoweverItIsEchoed(String echo) {
        sandbox.fail(Fault.status(200, result("permanent_bounces", echo)).afterAccepting());
        assertEquals(1, fails("user@münchen.example").getInvalidAddresses().length);
    }

    /** Long ones made Java's patterns overflow the stack. */
    @Test
    void endlessAddressesAreTurnedDown() {
        SendFailedException thrown =
                fails("\"" + "a".repeat(5000) + "\"@example.net", "a@" + "a.".repeat(5000) + "net", "ok@example.net");
        assertEquals(2, thrown.getInvalidAddresses().length);
        assertEquals(1, thrown.getValidUnsentAddresses().length);
    }

    @Test
    void aBounceKeepsItsSmtpExceptionBesideAnIoException() {
        sandbox.fail(Fault.none(), Fault.reset());
        String[] to = IntStream.range(0, 60)
                .mapToObj(i -> (i == 3 ? "bounce+" : "r") + i + "@example.net")
                .toArray(String[]::new);
        MessagingException thrown = fails(to);
        assertInstanceOf(org.eclipse.angus.mail.smtp.SMTPAddressFailedException.class, thrown.getNextException());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable any) throws T {
        throw (T) any;
    }

    private static SendFailedException fails(String... to) {
        MimeMessage message = Mail.message(Mail.session(sandbox, "mail.cloudflare.retries", "0"), "list@example.net");
        InternetAddress[] addresses = Mail.addresses(to);
        return assertInstanceOf(
                SendFailedException.class,
                assertThrows(MessagingException.class, () -> Transport.send(message, addresses)));
    }

    private static String result(String list, String address) {
        return "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{\"" + list + "\":[\"" + address + "\"]}}";
    }

    private static void send(Transport transport, MimeMessage message) {
        try {
            assertNotNull(message);
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** Fails at a reading of it, the first being number 1. */
    private static final class FailingSource implements jakarta.activation.DataSource {
        private final int fatal;
        private final Runnable failure;
        private int reads;

        private FailingSource(int fatal, Runnable failure) {
            this.fatal = fatal;
            this.failure = failure;
        }

        @Override
        public InputStream getInputStream() {
            if (++reads >= fatal) {
                failure.run();
            }
            return new ByteArrayInputStream(new byte[1_000_000]);
        }

        @Override
        public OutputStream getOutputStream() {
            throw new IllegalStateException("read-only");
        }

        @Override
        public String getContentType() {
            return "application/octet-stream";
        }

        @Override
        public String getName() {
            return "attachment";
        }
    }
}
