package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.NewsAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a clear error, and nothing goes out. */
class ChecksBeforeSendingTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private Session session;
    private Transport transport;
    private Events events;

    @BeforeEach
    void connect() throws Exception {
        session = Mail.session(sandbox);
        transport = session.getTransport();
        transport.connect();
        events = Events.of(transport);
    }

    @AfterEach
    void nothingWentOut() throws Exception {
        transport.close();
        assertTrue(sandbox.requests().isEmpty());
    }

    @Test
    void argumentsAreCheckedInSmtpsOrderAndWithoutEvents() throws Exception {
        Message noMime = new Plain();
        Address[] wrong = {new NewsAddress("comp.mail"), null};
        MimeMessage good = Mail.message(session, "a@example.net");
        fails(MessagingException.class, "can only send MimeMessages", noMime, null);
        fails(MessagingException.class, "can only send MimeMessages", null, null);
        fails(SendFailedException.class, "No recipient addresses", good, null);
        fails(SendFailedException.class, "No recipient addresses", good, Mail.none());
        fails(MessagingException.class, "comp.mail is not an InternetAddress", good, wrong);
        fails(MessagingException.class, "null is not an InternetAddress", good, new Address[1]);
        transport.close();
        IllegalStateException closed =
                assertThrows(IllegalStateException.class, () -> transport.sendMessage(noMime, null));
        assertEquals("Not connected", closed.getMessage());
        assertEquals("closed", events.nextConnection().toString().isEmpty() ? "" : "closed");
        assertTrue(events.isQuiet(), "no transport event");
    }

    private void fails(Class<?> type, String text, Message message, Address[] addresses) {
        MessagingException thrown =
                assertThrows(MessagingException.class, () -> transport.sendMessage(message, addresses));
        assertEquals(type, thrown.getClass());
        assertTrue(thrown.getMessage().contains(text), thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "'a@example.net\r\nRCPT TO:<victim@example.org>', line break",
        "'a@exam\nple.net', line break",
        "'a\0@example.net', control",
        "jürgen@example.net, not ASCII",
        "'a b@example.net', outside quotes",
        "'a@example.net>,<victim@example.org', special character",
        "'Name <a@example.net>', special character",
        "postmaster, no local part and domain",
        "@example.net, no local part and domain",
        "a@, no local part and domain",
        "'', is empty",
        "a@ex ample.net, has an invalid domain",
        "a@x..y, has an invalid domain",
        "a@.y, has an invalid domain",
        "a@x/y, has an invalid domain",
        "a@[1.2.3.4, has an invalid domain",
        "a@evil.com@example.net, outside quotes",
        "'\"a\" <x@y>, \"b\"@example.net', outside quotes",
        "a@stra\u00dfe.example, no unambiguous punycode",
        "a@exam\u200bple.net, no unambiguous punycode",
        "a@internal\uff20evil.com, punycode",
        "a@x.net\uff1e\uff0c\uff1cb\uff20evil.com, punycode",
        "a@x\u3000y.net, punycode",
        "a@\u2100.com, punycode",
    })
    void aRecipientThatCannotBeWrittenDown(String address, String problem) throws Exception {
        MimeMessage message = Mail.message(session, "a@example.net");
        SendFailedException thrown = assertThrows(
                SendFailedException.class,
                () -> transport.sendMessage(message, Mail.addresses("ok@example.net", address)));
        assertTrue(thrown.getMessage().contains(problem), thrown.getMessage());
        assertFalse(thrown.getMessage().matches("(?s).*[\r\n\0].*"), "the message stays on one line");
        assertEquals(1, thrown.getInvalidAddresses().length);
        assertEquals(1, thrown.getValidUnsentAddresses().length);
        assertNull(thrown.getValidSentAddresses());
        assertEquals(TransportEvent.MESSAGE_NOT_DELIVERED, events.next().getType());
    }

    @Test
    void groupsMayBeEmptyButNotAll() throws Exception {
        MimeMessage message = Mail.message(session, "a@example.net");
        SendFailedException thrown = assertThrows(
                SendFailedException.class,
                () -> transport.sendMessage(message, new Address[] {new InternetAddress("undisclosed-recipients:;")}));
        assertEquals("No recipient addresses", thrown.getMessage());
    }

    @Test
    void aMessageWithoutSender() throws Exception {
        MimeMessage message = Mail.message(session, "a@example.net");
        message.removeHeader("From");
        session.getProperties().put("mail.from", "no address");
        failsUnsent(message, "no sender", "mail.cloudflare.from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jürgen@example.com", "a@example.com\r\nBcc: x@y"})
    void aSenderThatCannotBeWrittenDown(String from) throws Exception {
        SMTPMessage message = new SMTPMessage(Mail.message(session, "a@example.net"));
        message.setEnvelopeFrom(from);
        failsUnsent(message, "envelope sender of the SMTPMessage", from.contains("\r") ? "line break" : "ASCII");
    }

    @Test
    void theNullSender() throws Exception {
        SMTPMessage message = new SMTPMessage(Mail.message(session, "a@example.net"));
        message.setEnvelopeFrom("<>");
        failsUnsent(message, "null sender <>", "need SMTP");
    }

    @Test
    void aMessageThatCannotBeSerialised() throws Exception {
        failsUnsent(
                withContent(new Broken(new IOException("disk on fire"))), "could not be serialised", "disk on fire");
        failsUnsent(withContent(new Broken(new IllegalStateException("lost"))), "could not be serialised", "lost");
    }

    @Test
    void aSignedMessageThatIsNotUtf8() throws Exception {
        MimeMessage message = Mail.parsed(
                session,
                "DKIM-Signature: v=1\r\nFrom: a@example.com\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\u00fc\u00dfe\r\n");
        failsUnsent(message, "DKIM-Signature", "cannot be sent");
    }

    private void failsUnsent(MimeMessage message, String... texts) throws Exception {
        InternetAddress[] to = Mail.addresses("a@example.net");
        MessagingException thrown = assertThrows(MessagingException.class, () -> transport.sendMessage(message, to));
        assertFalse(thrown instanceof SendFailedException, "no address is at fault");
        for (String text : texts) {
            assertTrue(thrown.getMessage().contains(text), thrown.getMessage());
        }
        TransportEvent event = events.next();
        assertEquals(TransportEvent.MESSAGE_NOT_DELIVERED, event.getType());
        assertEquals(Arrays.asList(to), Arrays.asList(event.getValidUnsentAddresses()));
        assertNull(event.getInvalidAddresses());
        assertTrue(transport.isConnected());
        assertInstanceOf(MimeMessage.class, event.getMessage());
    }

    private MimeMessage withContent(DataSource content) throws MessagingException {
        MimeMessage message = Mail.message(session, "a@example.net");
        message.setDataHandler(new DataHandler(content));
        message.setHeader("Content-Transfer-Encoding", "base64");
        return message;
    }

    private record Broken(Exception failure) implements DataSource {
        @Override
        public InputStream getInputStream() throws IOException {
            if (failure instanceof IOException io) {
                throw io;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException("read-only");
        }

        @Override
        public String getContentType() {
            return "application/octet-stream";
        }

        @Override
        public String getName() {
            return "broken";
        }
    }
}
