package io.flaremail.samples;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** Shared by the other samples: properties for a sandbox, and a short message. */
public final class SandboxMail {
    private SandboxMail() {}

    public static Properties properties(Sandbox sandbox) {
        return sandbox.properties();
    }

    public static MimeMessage message(Properties properties, String recipients) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("ada@example.com");
        message.setRecipients(MimeMessage.RecipientType.TO, InternetAddress.parse(recipients));
        message.setSubject("A sample");
        message.setText("Hello");
        return message;
    }
}
