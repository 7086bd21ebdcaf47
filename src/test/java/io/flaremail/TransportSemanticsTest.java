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

import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Jakarta Mail promises of every Transport, and its TCK checks, as far as it can be seen from outside. */
class TransportSemanticsTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private static final Address[] TO = Mail.addresses("a@example.net");

    private Session session;

    @BeforeEach
    void configure() {
        session = Mail.session(sandbox);
    }

    /** The account is the user and the token the password, as where a container or a form supplies them. */
    private static Session withoutCredentials() {
        Properties properties = Mail.properties(sandbox);
        properties.remove("mail.cloudflare.account");
        properties.remove("mail.cloudflare.token");
        return Session.getInstance(properties);
    }

    private static void assertSends(Transport transport, Session session) throws MessagingException {
        transport.sendMessage(Mail.message(session, "a@example.net"), TO);
        assertEquals(1, sandbox.accepted().size());
    }

    interface Lookup {
        Transport in(Session session) throws MessagingException;
    }

    static Stream<Named<Lookup>> lookups() {
        return Stream.of(
                Named.of("getTransport()", Session::getTransport),
                Named.of("by protocol", session -> session.getTransport("cloudflare")),
                Named.of("by provider", session -> session.getTransport(session.getProvider("cloudflare"))),
                Named.of("by address", session -> session.getTransport(TO[0])),
                Named.of("by URL", session -> session.getTransport(new URLName("cloudflare://mail.example.org"))));
    }

    @ParameterizedTest
    @MethodSource("lookups")
    void everyLookupFindsIt(Lookup lookup) throws Exception {
        try (Transport transport = lookup.in(session)) {
            assertInstanceOf(CloudflareTransport.class, transport);
            transport.connect();
            assertSends(transport, session);
        }
    }

    @Nested
    class ConnectionOperator {
        @Test
        void withoutArguments() throws Exception {
            try (Transport transport = session.getTransport()) {
                transport.connect();
                assertSends(transport, session);
            }
        }

        @Test
        void withHostAndNullCredentials() throws Exception {
            try (Transport transport = session.getTransport()) {
                transport.connect("mail.example.org", null, null);
                assertSends(transport, session);
            }
        }

        @Test
        void withUserAndPassword() throws Exception {
            Session bare = withoutCredentials();
            try (Transport transport = bare.getTransport()) {
                transport.connect(sandbox.account(), sandbox.token());
                assertSends(transport, bare);
            }
        }

        @Test
        void withHostUserAndPassword() throws Exception {
            Session bare = withoutCredentials();
            try (Transport transport = bare.getTransport()) {
                transport.connect("mail.example.org", sandbox.account(), sandbox.token());
                assertSends(transport, bare);
            }
        }

        @Test
        void withHostPortUserAndPassword() throws Exception {
            Session bare = withoutCredentials();
            try (Transport transport = bare.getTransport()) {
                transport.connect("mail.example.org", 2525, sandbox.account(), sandbox.token());
                assertSends(transport, bare);
            }
        }

        @Test
        void withTheUrlsCredentials() throws Exception {
            Session bare = withoutCredentials();
            URLName url = new URLName("cloudflare", "mail.example.org", -1, null, sandbox.account(), sandbox.token());
            try (Transport transport = bare.getTransport(url)) {
                transport.connect();
                assertSends(transport, bare);
            }
        }

        @Test
        void twiceIsAnError() throws Exception {
            try (Transport transport = session.getTransport()) {
                transport.connect();
                assertThrows(IllegalStateException.class, transport::connect);
                assertThrows(
                        IllegalStateException.class, () -> transport.connect("mail.example.org", "user", "password"));
                assertTrue(transport.isConnected());
                assertSends(transport, session);
            }
        }

        @Test
        void afterAFailureIsAllowed() throws Exception {
            session.getProperties().setProperty("mail.cloudflare.timeout", "soon");
            Transport transport = session.getTransport();
            Events events = Events.of(transport);
            assertThrows(MessagingException.class, transport::connect);
            assertFalse(transport.isConnected());
            session.getProperties().setProperty("mail.cloudflare.timeout", "1000");
            transport.connect();
            assertTrue(transport.isConnected());
            transport.close();
            assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
            assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
            assertTrue(events.isQuiet());
        }

        @Test
        void afterClosingIsAllowed() throws Exception {
            Transport transport = session.getTransport();
            for (int i = 1; i <= 3; i++) {
                transport.connect();
                transport.sendMessage(Mail.message(session, "a@example.net"), TO);
                transport.close();
                assertEquals(i, sandbox.accepted().size());
            }
        }

        @Test
        void talksToNobody() throws Exception {
            try (Transport transport = session.getTransport()) {
                transport.connect();
                assertTrue(transport.isConnected());
            }
            assertTrue(sandbox.requests().isEmpty());
            assertEquals(0, sandbox.connections());
        }
    }

    @Nested
    class BeingConnected {
        @Test
        void beginsWithConnectAndEndsWithClose() throws Exception {
            Transport transport = session.getTransport();
            assertFalse(transport.isConnected());
            transport.connect();
            assertTrue(transport.isConnected());
            transport.close();
            assertFalse(transport.isConnected());
        }

        @Test
        void endsWithTheTryBlock() throws Exception {
            Transport seen;
            try (Transport transport = session.getTransport()) {
                seen = transport;
                transport.connect();
                assertTrue(transport.isConnected());
            }
            assertFalse(seen.isConnected());
        }

        @Test
        void outlastsARefusal() throws Exception {
            try (Transport transport = session.getTransport()) {
                transport.connect();
                MimeMessage message = Mail.message(session, "bounce@example.net");
                assertThrows(
                        SendFailedException.class, () -> transport.sendMessage(message, message.getAllRecipients()));
                assertTrue(transport.isConnected());
                transport.sendMessage(message, TO);
            }
        }

        @Test
        void mayEndTwiceOrNeverHaveBegun() throws Exception {
            Transport transport = session.getTransport();
            Events events = Events.of(transport);
            transport.close();
            transport.connect();
            transport.close();
            transport.close();
            assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
            assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
            assertTrue(events.isQuiet());
        }

        @Test
        void isNeededToSend() throws Exception {
            Transport transport = session.getTransport();
            MimeMessage message = Mail.message(session, "a@example.net");
            assertThrows(IllegalStateException.class, () -> transport.sendMessage(message, TO));
            transport.connect();
            transport.close();
            assertThrows(IllegalStateException.class, () -> transport.sendMessage(message, TO));
            assertTrue(sandbox.requests().isEmpty());
        }
    }

    @Nested
    class ItsName {
        @Test
        void isTheProtocolBeforeConnecting() throws Exception {
            URLName name = session.getTransport().getURLName();
            assertEquals("cloudflare", name.getProtocol());
            assertNull(name.getHost());
            assertNull(name.getPassword());
        }

        @Test
        void hasHostPortAndUserButNoPassword() throws Exception {
            try (Transport transport = session.getTransport()) {
                transport.connect("mail.example.org", 2525, "somebody", sandbox.token());
                URLName name = transport.getURLName();
                assertEquals("cloudflare", name.getProtocol());
                assertEquals("mail.example.org", name.getHost());
                assertEquals(2525, name.getPort());
                assertEquals("somebody", name.getUsername());
                assertNull(name.getPassword());
                assertEquals("cloudflare://somebody@mail.example.org:2525", name.toString());
                assertEquals(name.toString(), transport.toString());
            }
        }

        @Test
        void ofAUrlWithAPasswordIsShownWithout() throws Exception {
            URLName url = new URLName("cloudflare://somebody:secret@mail.example.org/file");
            Transport transport = session.getTransport(url);
            assertNull(transport.getURLName().getPassword());
            assertFalse(transport.toString().contains("secret"), transport.toString());
        }
    }

    @Nested
    class StaticSends {
        @Test
        void toTheMessagesRecipients() throws Exception {
            MimeMessage message = Mail.message(session, "a@example.net", "b@example.net");
            message.setRecipients(Message.RecipientType.CC, Mail.addresses("c@example.net"));
            Transport.send(message);
            assertRecipients("a@example.net", "b@example.net", "c@example.net");
        }

        @Test
        void toTheseAddressesInstead() throws Exception {
            Transport.send(Mail.message(session, "a@example.net"), Mail.addresses("b@example.net"));
            assertRecipients("b@example.net");
        }

        @Test
        void withUserAndPassword() throws Exception {
            Transport.send(Mail.message(withoutCredentials(), "a@example.net"), sandbox.account(), sandbox.token());
            assertRecipients("a@example.net");
        }

        @Test
        void withUserAndPasswordToTheseAddressesInstead() throws Exception {
            Message message = Mail.message(withoutCredentials(), "a@example.net");
            Transport.send(message, Mail.addresses("b@example.net"), sandbox.account(), sandbox.token());
            assertRecipients("b@example.net");
        }

        @Test
        void withNullUserAndPassword() throws Exception {
            Transport.send(Mail.message(session, "a@example.net"), null, null);
            assertRecipients("a@example.net");
        }

        @Test
        void toNobodyFail() throws Exception {
            MimeMessage message = Mail.message(session, "a@example.net");
            message.setRecipients(Message.RecipientType.TO, Mail.none());
            assertToNobody(() -> Transport.send(message));
            assertToNobody(() -> Transport.send(message, Mail.none()));
            assertToNobody(() -> Transport.send(message, sandbox.account(), sandbox.token()));
        }

        private void assertToNobody(Executable send) {
            assertEquals(
                    "No recipient addresses",
                    assertThrows(SendFailedException.class, send).getMessage());
            assertTrue(sandbox.requests().isEmpty());
        }

        private void assertRecipients(String... recipients) {
            assertEquals(1, sandbox.accepted().size());
            assertEquals(List.of(recipients), sandbox.accepted().get(0).recipients());
        }
    }

    @Nested
    class ItsListeners {
        @Test
        void hearOfOpeningAndClosing() throws Exception {
            Transport transport = session.getTransport();
            Events events = Events.of(transport);
            transport.connect();
            ConnectionEvent opened = events.nextConnection();
            assertEquals(ConnectionEvent.OPENED, opened.getType());
            assertSame(transport, opened.getSource());
            transport.close();
            ConnectionEvent closed = events.nextConnection();
            assertEquals(ConnectionEvent.CLOSED, closed.getType());
            assertSame(transport, closed.getSource());
            assertTrue(events.isQuiet());
        }

        @Test
        void hearOfWhatWasDelivered() throws Exception {
            try (Transport transport = session.getTransport()) {
                Events events = Events.of(transport);
                transport.connect();
                MimeMessage message = Mail.message(session, "header@example.net");
                transport.sendMessage(message, TO);
                TransportEvent event = events.next();
                assertEquals(TransportEvent.MESSAGE_DELIVERED, event.getType());
                assertSame(transport, event.getSource());
                assertSame(message, event.getMessage());
                assertArrayEquals(TO, event.getValidSentAddresses());
                assertNull(event.getValidUnsentAddresses());
                assertNull(event.getInvalidAddresses());
            }
        }

        @Test
        void hearOfWhatWasNotWhollyDelivered() throws Exception {
            try (Transport transport = session.getTransport()) {
                Events events = Events.of(transport);
                transport.connect();
                Address[] to = Mail.addresses("a@example.net", "bounce@example.net");
                MimeMessage message = Mail.message(session, "header@example.net");
                assertThrows(SendFailedException.class, () -> transport.sendMessage(message, to));
                TransportEvent event = events.next();
                assertEquals(TransportEvent.MESSAGE_PARTIALLY_DELIVERED, event.getType());
                assertSame(transport, event.getSource());
                assertSame(message, event.getMessage());
                assertArrayEquals(TO, event.getValidSentAddresses());
                assertArrayEquals(Mail.addresses("bounce@example.net"), event.getInvalidAddresses());
            }
        }

        @Test
        void hearOfWhatWasNotDelivered() throws Exception {
            try (Transport transport = session.getTransport()) {
                Events events = Events.of(transport);
                transport.connect();
                Address[] to = Mail.addresses("bounce@example.net");
                MimeMessage message = Mail.message(session, "header@example.net");
                assertThrows(SendFailedException.class, () -> transport.sendMessage(message, to));
                TransportEvent event = events.next();
                assertEquals(TransportEvent.MESSAGE_NOT_DELIVERED, event.getType());
                assertSame(message, event.getMessage());
                assertArrayEquals(to, event.getInvalidAddresses());
            }
        }

        @Test
        void areEachTold() throws Exception {
            try (Transport transport = session.getTransport()) {
                Events one = Events.of(transport);
                Events two = Events.of(transport);
                transport.connect();
                transport.sendMessage(Mail.message(session, "a@example.net"), TO);
                assertEquals(TransportEvent.MESSAGE_DELIVERED, one.next().getType());
                assertEquals(TransportEvent.MESSAGE_DELIVERED, two.next().getType());
            }
        }

        @Test
        void hearNothingOnceRemoved() throws Exception {
            Transport transport = session.getTransport();
            Events removed = Events.of(transport);
            Events staying = Events.of(transport);
            transport.removeTransportListener(removed);
            transport.removeConnectionListener(removed);
            transport.connect();
            transport.sendMessage(Mail.message(session, "a@example.net"), TO);
            transport.close();
            assertEquals(TransportEvent.MESSAGE_DELIVERED, staying.next().getType());
            assertEquals(ConnectionEvent.OPENED, staying.nextConnection().getType());
            assertEquals(ConnectionEvent.CLOSED, staying.nextConnection().getType());
            assertTrue(removed.isQuiet());
        }

        @Test
        void stayForTheNextConnection() throws Exception {
            Transport transport = session.getTransport();
            Events events = Events.of(transport);
            for (int i = 0; i < 2; i++) {
                transport.connect();
                transport.sendMessage(Mail.message(session, "a@example.net"), TO);
                transport.close();
                assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
                assertEquals(TransportEvent.MESSAGE_DELIVERED, events.next().getType());
                assertEquals(ConnectionEvent.CLOSED, events.nextConnection().getType());
            }
            assertTrue(events.isQuiet());
        }
    }

    @Nested
    class ItsMessages {
        @Test
        void thatWereNeverSavedAreSaved() throws Exception {
            MimeMessage message = unsaved();
            try (Transport transport = session.getTransport()) {
                transport.connect();
                transport.sendMessage(message, TO);
            }
            assertNotNull(message.getMessageID());
            assertEquals("1.0", message.getHeader("MIME-Version", null));
            String wire = new String(sandbox.accepted().get(0).mime(), StandardCharsets.UTF_8);
            assertTrue(wire.contains("Message-ID: " + message.getMessageID() + "\r\n"), wire);
            assertTrue(wire.contains("\r\nSubject: Hello\r\n"), wire);
        }

        @Test
        void thatWereSavedStayAsTheyAre() throws Exception {
            MimeMessage message = Mail.message(session, "a@example.net");
            byte[] before = Mail.bytes(message);
            try (Transport transport = session.getTransport()) {
                transport.connect();
                transport.sendMessage(message, TO);
                transport.sendMessage(message, TO);
            }
            assertArrayEquals(before, Mail.bytes(message));
            assertArrayEquals(
                    sandbox.accepted().get(0).mime(), sandbox.accepted().get(1).mime());
        }

        @Test
        void areSavedByStaticSends() throws Exception {
            MimeMessage message = unsaved();
            Transport.send(message);
            assertNotNull(message.getMessageID());
            assertEquals(1, sandbox.accepted().size());
        }

        private MimeMessage unsaved() throws MessagingException {
            MimeMessage message = new MimeMessage(session);
            message.setFrom(new InternetAddress(Mail.FROM));
            message.setRecipients(Message.RecipientType.TO, TO);
            message.setSubject("Hello");
            message.setContent("This is a message body.\nHere's the second line.", "text/plain");
            return message;
        }
    }
}
