import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.sandbox.Messages;
import io.flaremail.sandbox.Sandbox;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody's test of somebody's mail. */
class InvoiceMailTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @Test
    void arrives(Messages messages) throws MessagingException {
        send(sandbox.properties(), "ada@example.org");
        assertEquals("Your invoice", messages.to("ada@example.org").list().get(0).subject());
    }

    @Test
    void bounces() {
        assertThrows(SendFailedException.class, () -> send(sandbox.properties(), "bounce@example.org"));
        assertEquals(0, sandbox.mailbox("ada@example.org").size(), "that of the other test");
    }

    @Nested
    class NestedTest {
        @Test
        void hasTheSameSandbox(Sandbox injected) {
            assertEquals(sandbox.token(), injected.token());
            assertEquals(0, injected.messages().list().size());
        }
    }

    private static void send(Properties properties, String to) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("billing@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject("Your invoice");
        message.setText("Attached.");
        Transport.send(message);
    }
}

/** Each test has a sandbox of its own. */
class ReminderMailTest {
    private static String last = "";

    @RegisterExtension
    final SandboxExtension sandbox = new SandboxExtension();

    @Test
    void first() {
        assertIsNew(sandbox.get());
    }

    @Test
    void second() {
        assertIsNew(sandbox.get());
    }

    private static void assertIsNew(Sandbox sandbox) {
        assertNotEquals(last, sandbox.token());
        last = sandbox.token();
    }
}

class MethodMailTest {
    @Test
    @ExtendWith(SandboxExtension.class)
    void onTheMethod(Sandbox sandbox, Messages messages) {
        assertEquals(sandbox.messages().list(), messages.list());
    }
}
