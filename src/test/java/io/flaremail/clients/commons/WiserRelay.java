package io.flaremail.clients.commons;

import io.flaremail.sandbox.Accepted;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayInputStream;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Hands what the sandbox accepted on to an SMTP server, as the service behind the API would. */
record WiserRelay(int port) {
    void accept(Accepted accepted) {
        // A session of its own: it does not see the system properties, mail.smtp.class among them.
        Session session = Session.getInstance(new Properties());
        try (Transport smtp = new SMTPTransport(session, null)) {
            SMTPMessage message = new SMTPMessage(session, new ByteArrayInputStream(accepted.mime()));
            message.setEnvelopeFrom(accepted.from());
            smtp.connect("127.0.0.1", port, null, null);
            smtp.sendMessage(message, recipients(accepted));
        } catch (MessagingException e) {
            throw new IllegalStateException("Cannot relay to port " + port, e);
        }
    }

    private static Address[] recipients(Accepted accepted) throws MessagingException {
        return InternetAddress.parse(String.join(",", accepted.recipients()), false);
    }
}
