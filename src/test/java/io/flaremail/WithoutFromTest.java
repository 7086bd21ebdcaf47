package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.IntStream;
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

    /** Its bytes are those of the Sender, whether UTF-8 or not; what is not is re-encoded, as everywhere. */
    @ParameterizedTest
    @CsvSource({"UTF-8,      J\u00F6rg <s@example.com>", "ISO-8859-1, =?iso-8859-1?Q?J=F6rg?= <s@example.com>"})
    void aSenderThatIsNotAsciiIsCopied(Charset charset, String from) throws Exception {
        Session session = Mail.session(sandbox);
        byte[] bytes = "Sender: J\u00F6rg\r\n <s@example.com>\r\nTo: a@example.net\r\n\r\nHello\r\n".getBytes(charset);
        try (Transport transport = session.getTransport()) {
            transport.connect();
            transport.sendMessage(Mail.parsed(session, bytes), Mail.addresses("a@example.net"));
        }
        String wire = new String(sandbox.accepted().get(0).mime(), StandardCharsets.UTF_8);
        String unfolded = wire.replace("\r\n ", " ").toLowerCase(Locale.ROOT);
        String expected = from.toLowerCase(Locale.ROOT);
        assertTrue(unfolded.startsWith("from: " + expected + "\r\nsender: " + expected + "\r\n"), wire);
    }

    /** Each request of a message that needs several, and each try of one, has the same From. */
    @Test
    void everyRequestHasTheSameFrom() throws Exception {
        Session session = Mail.session(sandbox, "mail.from", "f@example.com");
        MimeMessage message = Mail.message(session, "a@example.net");
        message.removeHeader("From");
        String[] to =
                IntStream.range(0, 120).mapToObj(i -> "r" + i + "@example.net").toArray(String[]::new);
        sandbox.fail(Fault.error(429, 10004, "email.sending.error.throttled").header("Retry-After", "0"));
        Transport.send(message, Mail.addresses(to));
        assertEquals(3, sandbox.accepted().size());
        for (Accepted accepted : sandbox.accepted()) {
            assertTrue(new String(accepted.mime(), StandardCharsets.UTF_8).startsWith("From: f@example.com\r\n"));
        }
    }

    /** Nothing is sent, and the text says which address is meant. */
    @ParameterizedTest
    @CsvSource({
        "From,   j\u00F6rg@example.com, The From address",
        "Sender, j\u00F6rg@example.com, The Sender address",
    })
    void anUnusableSenderIsNamedByItsField(String field, String address, String text) throws Exception {
        Session session = Mail.session(sandbox);
        MimeMessage message = Mail.message(session, "a@example.net");
        message.removeHeader("From");
        message.setHeader(field, address);
        MessagingException thrown = assertThrows(MessagingException.class, () -> Transport.send(message));
        assertTrue(thrown.getMessage().contains(text), thrown.getMessage());
        assertEquals(0, sandbox.requests().size());
    }

    /** Servers keep the account id as the session's user; at an onboarded mail.host recipients would read it. */
    @Test
    void theAccountIdIsNeverTheSender() throws Exception {
        Session session = Mail.session(sandbox, "mail.user", sandbox.account(), "mail.host", "example.com");
        MimeMessage message = Mail.message(session, "a@example.net");
        message.removeHeader("From");
        MessagingException thrown = assertThrows(MessagingException.class, () -> Transport.send(message));
        assertTrue(thrown.getMessage().contains("set a From address on the message"), thrown.getMessage());
        assertTrue(sandbox.requests().isEmpty());
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
}
