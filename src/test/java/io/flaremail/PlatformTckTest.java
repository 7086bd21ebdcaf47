package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.flaremail.config.Endpoint;
import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the six transport tests of the Jakarta EE platform TCK ask of a transport (jakartaee/platform-tck, send_Test): with
 * our protocol, with our class for "smtp", with the form jar's transport to both kinds of host, and with Angus Mail's SMTP
 * transport, which shows that the tests ask it, too.
 */
class PlatformTckTest {
    private static final String USER = "tck@example.com";
    private static final String TO = "tck@example.net";
    private static final String LOCAL = "local@example.com";

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @RegisterExtension
    final SmtpServer smtp = new SmtpServer();

    private enum Side {
        OUR_PROTOCOL,
        OUR_CLASS,
        FORM_TO_CLOUDFLARE,
        FORM_TO_SMTP,
        ANGUS;

        String protocol() {
            return this == OUR_PROTOCOL ? "cloudflare" : "smtp";
        }

        boolean isForm() {
            return this == FORM_TO_CLOUDFLARE || this == FORM_TO_SMTP;
        }

        boolean isSmtp() {
            return this == FORM_TO_SMTP || this == ANGUS;
        }
    }

    @BeforeEach
    void addUser() {
        smtp.addUser(USER, USER, "password");
    }

    /** The TCK's session, and the name of this host, which would else be whatever the machine has. */
    private Session session(Side side) throws MessagingException {
        Properties properties = side == Side.ANGUS ? new Properties() : Mail.properties(sandbox);
        if (side != Side.OUR_PROTOCOL) {
            properties.remove("mail.transport.protocol");
            properties.remove("mail.transport.protocol.rfc822");
            properties.put("mail.smtp.submitter", USER);
            properties.put("mail.smtp.auth", "true");
            properties.put("mail.smtp.host", side == Side.FORM_TO_CLOUDFLARE ? Endpoint.FORM_HOST : "127.0.0.1");
            properties.put("mail.smtp.port", String.valueOf(smtp.port()));
        }
        if (side == Side.OUR_CLASS) {
            properties.put("mail.smtp.class", CloudflareTransport.class.getName());
        }
        properties.put("mail.user", "local");
        properties.put("mail.host", "example.com");
        Session session = Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(USER, password(side));
            }
        });
        return side.isForm() ? SmtpFormTransportTest.with(session) : session;
    }

    private static String password(Side side) {
        return side == Side.OUR_PROTOCOL || side == Side.FORM_TO_CLOUDFLARE ? sandbox.token() : "password";
    }

    private static MimeMessage message(Session session, boolean hasFrom) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        if (hasFrom) {
            message.setFrom(new InternetAddress(USER));
        }
        message.setRecipients(Message.RecipientType.TO, Mail.addresses(TO));
        message.setSubject("The platform's transport tests");
        message.setContent("A line.\nAnother line.", "text/plain");
        return message;
    }

    /** The envelope sender of each message that arrived; waits for those. */
    private void assertArrived(Side side, String... senders) throws MessagingException {
        List<String> arrived = new ArrayList<>();
        if (side.isSmtp()) {
            smtp.await(senders.length);
            for (MimeMessage message : smtp.received()) {
                arrived.add(message.getHeader("Return-Path", null).replaceAll("[<>]", ""));
            }
            assertEquals(0, sandbox.requests().size(), "the other transport");
        } else {
            sandbox.accepted().stream().map(Accepted::from).forEach(arrived::add);
            assertEquals(0, smtp.received().length, "the other transport");
        }
        assertEquals(List.of(senders), arrived);
    }

    /** testSend */
    @ParameterizedTest
    @EnumSource
    void aMessageWithoutFromIsSent(Side side) throws Exception {
        Transport.send(message(session(side), false));
        assertArrived(side, LOCAL);
    }

    /** testSend2 */
    @ParameterizedTest
    @EnumSource
    void aMessageWithoutFromIsSentToGivenAddresses(Side side) throws Exception {
        Transport.send(message(session(side), false), Mail.addresses(TO));
        assertArrived(side, LOCAL);
    }

    /** testSend3 */
    @ParameterizedTest
    @EnumSource
    void theSendersTypeIsRfc822(Side side) throws Exception {
        MimeMessage message = message(session(side), true);
        assertEquals("rfc822", message.getFrom()[0].getType());
        Transport.send(message);
        assertArrived(side, USER);
    }

    /** testconnect1; nor does the TCK close it. */
    @ParameterizedTest
    @EnumSource
    void aTransportConnectsWithoutArguments(Side side) throws Exception {
        Session session = session(side);
        Transport transport = session.getTransport(side.protocol());
        assertEquals(side == Side.OUR_PROTOCOL || side == Side.OUR_CLASS, transport instanceof CloudflareTransport);
        assertEquals(side.isForm() || side == Side.ANGUS, transport instanceof SMTPTransport);
        transport.connect();
        transport.sendMessage(message(session, true), Mail.addresses(TO));
        assertArrived(side, USER);
        transport.close();
    }

    /** testSendMessage, and what listeners hear of it. */
    @ParameterizedTest
    @EnumSource
    void aConnectedTransportSendsWhatIsNotSaved(Side side) throws Exception {
        Session session = session(side);
        try (Transport transport = session.getTransport(side.protocol())) {
            Events events = Events.of(transport);
            transport.connect();
            MimeMessage message = message(session, true);
            transport.sendMessage(message, Mail.addresses(TO));
            assertEquals(ConnectionEvent.OPENED, events.nextConnection().getType());
            TransportEvent event = assertInstanceOf(TransportEvent.class, events.next());
            assertEquals(TransportEvent.MESSAGE_DELIVERED, event.getType());
            assertArrayEquals(Mail.addresses(TO), event.getValidSentAddresses());
            assertEquals(message, event.getMessage());
        }
        assertArrived(side, USER);
    }

    /** test4 */
    @ParameterizedTest
    @EnumSource
    void aMessageIsSentAgainAndAnotherWithUserAndPassword(Side side) throws Exception {
        Session session = session(side);
        MimeMessage message = message(session, true);
        Transport.send(message);
        Transport.send(message, Mail.addresses(TO));
        Transport.send(message(session, true), USER, password(side));
        assertArrived(side, USER, USER, USER);
    }
}
