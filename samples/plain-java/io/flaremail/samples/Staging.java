package io.flaremail.samples;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** A test system with real addresses: one property keeps its mail from customers. */
public final class Staging {
    private Staging() {}

    public static void main(String[] args) throws MessagingException {
        try (Sandbox sandbox = Sandbox.start()) {
            Properties properties = SandboxMail.properties(sandbox);
            // tag::redirect[]
            properties.put("mail.cloudflare.redirect", "staging@example.com");
            // end::redirect[]
            MimeMessage message = SandboxMail.message(properties, "grace@example.org, alan@example.net");
            message.setRecipients(Message.RecipientType.BCC, "confidant@example.net");
            Transport.send(message);

            System.out.println("messages in Grace's mailbox: "
                    + sandbox.mailbox("grace@example.org").size());
            byte[] arrived = sandbox.mailbox("staging@example.com").get(0);
            System.out.println(new String(arrived, StandardCharsets.UTF_8));
        }
    }
}
