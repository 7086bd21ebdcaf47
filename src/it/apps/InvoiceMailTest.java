import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody's test of somebody's mail. */
class InvoiceMailTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @Test
    void arrives() throws MessagingException {
        send("ada@example.org");
        assertEquals(1, sandbox.mailbox("ada@example.org").size());
    }

    @Test
    void bounces() {
        assertThrows(SendFailedException.class, () -> send("bounce@example.org"));
        assertEquals(0, sandbox.mailbox("ada@example.org").size(), "that of the other test");
    }

    private static void send(String to) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol.rfc822", "cloudflare");
        properties.setProperty("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        properties.setProperty("mail.cloudflare.account", sandbox.account());
        properties.setProperty("mail.cloudflare.token", sandbox.token());
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("billing@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject("Your invoice");
        message.setText("Attached.");
        Transport.send(message);
    }
}
