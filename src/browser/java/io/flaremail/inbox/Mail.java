package io.flaremail.inbox;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Sends to a sandbox as applications do, with Jakarta Mail through Flaremail. */
final class Mail {
    private final Session session;

    Mail(Sandbox sandbox) {
        this(sandbox, sandbox.account(), sandbox.token());
    }

    Mail(Sandbox sandbox, String account, String token) {
        Properties properties = sandbox.properties();
        properties.put("mail.cloudflare.account", account);
        properties.put("mail.cloudflare.token", token);
        session = Session.getInstance(properties);
    }

    void send(String subject, String text, String... to) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom("ada@example.com");
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        deliver(message, to);
    }

    /** @param message its header and body, as RFC 5322 writes them but with LF */
    void sendRaw(String message, String... to) throws MessagingException {
        byte[] bytes = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        deliver(new MimeMessage(session, new ByteArrayInputStream(bytes)), to);
    }

    void sendHtml(String subject, String html, String... to) throws MessagingException {
        sendRaw(
                "From: ada@example.com\nSubject: " + subject + "\nMIME-Version: 1.0\n"
                        + "Content-Type: text/html; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n" + html + "\n",
                to);
    }

    private static void deliver(MimeMessage message, String... to) throws MessagingException {
        Address[] recipients = InternetAddress.parse(String.join(", ", to));
        try {
            Transport.send(message, recipients);
        } catch (SendFailedException e) {
            if (e.getInvalidAddresses() == null || e.getInvalidAddresses().length == 0) {
                throw e; // not a bounce of some of them
            }
        }
    }
}
