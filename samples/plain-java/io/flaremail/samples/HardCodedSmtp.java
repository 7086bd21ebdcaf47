package io.flaremail.samples;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** Code that asks for "smtp" by name also sends through Cloudflare, without a change. */
public final class HardCodedSmtp {
    private HardCodedSmtp() {}

    public static void main(String[] args) throws MessagingException {
        try (Sandbox sandbox = Sandbox.start()) {
            Properties properties = new Properties();
            // tag::alias[]
            properties.put("mail.smtp.class", "io.flaremail.CloudflareTransport");
            // end::alias[]
            properties.put("mail.cloudflare.account", sandbox.account());
            properties.put("mail.cloudflare.token", sandbox.token());
            properties.put("mail.cloudflare.endpoint", sandbox.endpoint().toString());
            sendAsItAlwaysDid(SandboxMail.message(properties, "grace@example.org"), Session.getInstance(properties));
            System.out.println("messages in Grace's mailbox: "
                    + sandbox.mailbox("grace@example.org").size());
        }
    }

    /** This code does not mention Cloudflare. Host and user belong to a mail server, and are not used. */
    private static void sendAsItAlwaysDid(MimeMessage message, Session session) throws MessagingException {
        // tag::smtp[]
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("mail.example.com", 587, "user", "password");
            transport.sendMessage(message, message.getAllRecipients());
        }
        // end::smtp[]
    }
}
