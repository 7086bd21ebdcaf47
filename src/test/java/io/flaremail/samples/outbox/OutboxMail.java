package io.flaremail.samples.outbox;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** What the tests of the outbox send, and with which properties. */
final class OutboxMail {
    private OutboxMail() {}

    static Properties properties(Sandbox sandbox) {
        Properties properties = new Properties();
        properties.put("mail.cloudflare.account", sandbox.account());
        properties.put("mail.cloudflare.token", sandbox.token());
        properties.put("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        return properties;
    }

    static MimeMessage to(String recipients) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom("orders@example.com");
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse(recipients));
        message.setSubject("An order");
        message.setText("17 pieces");
        return message;
    }
}
