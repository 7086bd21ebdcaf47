package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Date;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SMTP sends a message without From, and the API refuses one: the sender SMTP would take is written on the wire. */
class WithoutFromTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    /** Fields and properties are separated by blanks; what is compared is the envelope's sender, and the From on the wire. */
    @ParameterizedTest(name = "{0}, {1}: {2}, {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Sender:s@example.com          | ''                                                | s@example.com | s@example.com",
                "Sender:S<s@example.com>       | mail.from=f@example.com                           | s@example.com | S<s@example.com>",
                "''                            | mail.from=f@example.com                           | f@example.com | f@example.com",
                "''                            | mail.user=u mail.host=example.com                 | u@example.com | u@example.com",
                "''                            | mail.cloudflare.from=c@example.com mail.from=x@y.z | c@example.com | c@example.com",
                "Sender:s@example.com          | mail.cloudflare.from=c@example.com                | c@example.com | s@example.com",
                "From: Sender:s@example.com    | mail.from=f@example.com                           | f@example.com | s@example.com",
                "From:                         | mail.from=f@example.com                           | f@example.com | f@example.com",
                "From:a@example.com            | mail.from=f@example.com                           | a@example.com | a@example.com",
            })
    void theSenderIsSmtpsAndStandsOnTheWire(String fields, String properties, String sender, String from)
            throws Exception {
        Session session = Mail.session(sandbox);
        for (String property : properties.split(" ")) {
            String[] keyAndValue = property.split("=");
            if (keyAndValue.length == 2) {
                session.getProperties().put(keyAndValue[0], keyAndValue[1]);
            }
        }
        MimeMessage message = Mail.message(session, "a@example.net");
        message.removeHeader("From");
        for (String field : fields.split(" ")) {
            if (!field.isEmpty()) {
                message.addHeader(field.split(":")[0], field.substring(field.indexOf(':') + 1));
            }
        }
        byte[] before = Mail.bytes(message);
        try (Transport transport = session.getTransport()) {
            transport.connect();
            transport.sendMessage(message, Mail.addresses("a@example.net"));
        }
        Accepted accepted = sandbox.accepted().get(0);
        assertEquals(sender, accepted.from());
        MimeMessage wire = new MimeMessage(session, new ByteArrayInputStream(accepted.mime()));
        assertArrayEquals(new String[] {from}, wire.getHeader("From"));
        assertArrayEquals(before, Mail.bytes(message), "the caller's message has none still");
    }

    /** The operating system's user at this host is the last resort; a domain that is not onboarded is named. */
    @Test
    void aRefusedSenderIsNamed() throws Exception {
        Session session = Mail.session(sandbox, "mail.user", "root", "mail.host", "host.invalid");
        MimeMessage message = Mail.message(session, "a@example.net");
        message.removeHeader("From");
        MessagingException thrown = assertThrows(MessagingException.class, () -> Transport.send(message));
        assertTrue(thrown.getMessage().contains("The envelope sender is root@host.invalid."), thrown.getMessage());
    }

    @Test
    void resentBccNeverLeaves() throws Exception {
        Session session = Mail.session(sandbox);
        MimeMessage message = Mail.message(session, "a@example.net");
        message.setHeader("Resent-Bcc", "hidden@example.net");
        message.setHeader("Resent-To", "seen@example.net");
        Transport.send(message, Mail.addresses("a@example.net", "hidden@example.net"));
        MimeMessage wire = new MimeMessage(
                session, new ByteArrayInputStream(sandbox.accepted().get(0).mime()));
        assertNull(wire.getHeader("Resent-Bcc"));
        assertArrayEquals(new String[] {"seen@example.net"}, wire.getHeader("Resent-To"));
        assertFalse(new String(sandbox.accepted().get(0).mime()).contains("hidden"));
    }

    /** What the six transport tests of the Jakarta EE platform TCK ask for (jakartaee/platform-tck, send_Test). */
    @Nested
    class PlatformTck {
        private final Session session =
                Mail.session(sandbox, "mail.user", "tck", "mail.host", "example.com", "mail.smtp.class", "none");

        private MimeMessage message(boolean from) throws MessagingException {
            MimeMessage message = new MimeMessage(session);
            if (from) {
                message.setFrom(new InternetAddress("tck@example.com"));
            }
            message.setRecipients(Message.RecipientType.TO, Mail.addresses("tck@example.net"));
            message.setSubject("TCK " + new Date());
            message.setContent("Testing the transport.\nSecond line.", "text/plain");
            return message;
        }

        @Test
        void aMessageWithoutFromIsSent() throws Exception {
            Transport.send(message(false));
            assertEquals(1, sandbox.accepted().size());
        }

        @Test
        void aMessageWithoutFromIsSentToTheseAddresses() throws Exception {
            Transport.send(message(false), Mail.addresses("other@example.net"));
            assertEquals(
                    "other@example.net", sandbox.accepted().get(0).recipients().get(0));
        }

        @Test
        void theTypeOfAnAddressIsRfc822() throws Exception {
            MimeMessage message = message(true);
            assertEquals("rfc822", message.getFrom()[0].getType());
            Transport.send(message);
            assertEquals(1, sandbox.accepted().size());
        }

        @Test
        void aTransportConnectsWithoutArgumentsAndSends() throws Exception {
            try (Transport transport = session.getTransport("cloudflare")) {
                transport.connect();
                transport.sendMessage(message(true), Mail.addresses("tck@example.net"));
                transport.sendMessage(message(true), Mail.addresses("tck@example.net"));
            }
            assertEquals(2, sandbox.accepted().size());
        }

        @Test
        void oneMessageIsSentTwiceAndAnotherWithUserAndPassword() throws Exception {
            MimeMessage message = message(true);
            Transport.send(message);
            Transport.send(message, Mail.addresses("tck@example.net"));
            Transport.send(message(true), sandbox.account(), sandbox.token());
            assertEquals(3, sandbox.accepted().size());
        }
    }
}
