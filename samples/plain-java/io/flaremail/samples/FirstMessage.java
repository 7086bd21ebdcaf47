package io.flaremail.samples;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** One message with plain Jakarta Mail: only the properties are specific to Cloudflare. */
public final class FirstMessage {
    private FirstMessage() {}

    public static void main(String[] args) throws MessagingException {
        try (Sandbox sandbox = Sandbox.start()) {
            send(sandbox.account(), sandbox.token(), sandbox.endpoint().toString());
            byte[] arrived = sandbox.mailbox("grace@example.org").get(0);
            System.out.println(new String(arrived, StandardCharsets.UTF_8));
        }
    }

    static void send(String account, String token, String endpoint) throws MessagingException {
        // tag::first[]
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "cloudflare");
        properties.put("mail.transport.protocol.rfc822", "cloudflare");
        properties.put("mail.cloudflare.account", account);
        properties.put("mail.cloudflare.token", token);
        properties.put("mail.cloudflare.endpoint", endpoint); // the local sandbox's URL; omit it for the live service

        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("ada@example.com");
        message.setRecipients(Message.RecipientType.TO, "grace@example.org");
        message.setSubject("First message");
        message.setText("Hello from plain Jakarta Mail");
        Transport.send(message);
        // end::first[]
    }
}
