package io.flaremail;

import io.flaremail.sandbox.Sandbox;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.Properties;

/** What tests need to send mail: sessions as an application would configure them, and plain messages. */
final class Mail {
    static final String FROM = "billing@example.com";

    private Mail() {}

    /** Nothing but the five properties that the main job may use. */
    static Properties properties(SandboxExtension sandbox) {
        return properties(sandbox.get());
    }

    static Properties properties(Sandbox sandbox) {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "cloudflare");
        properties.put("mail.transport.protocol.rfc822", "cloudflare");
        properties.put("mail.cloudflare.account", sandbox.account());
        properties.put("mail.cloudflare.token", sandbox.token());
        properties.put("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        return properties;
    }

    static Session session(SandboxExtension sandbox, String... keysAndValues) {
        return Session.getInstance(with(properties(sandbox), keysAndValues));
    }

    static Session session(Properties properties, Authenticator authenticator) {
        return Session.getInstance(properties, authenticator);
    }

    static Properties with(Properties properties, String... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    static MimeMessage message(Session session, String... to) {
        try {
            MimeMessage message = new MimeMessage(session);
            message.setFrom(new InternetAddress(FROM));
            message.setRecipients(Message.RecipientType.TO, addresses(to));
            message.setSubject("Your invoice");
            message.setText("Attached.\n");
            message.setSentDate(new Date(0));
            message.saveChanges();
            return message;
        } catch (MessagingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static MimeMessage parsed(Session session, byte[] bytes) {
        try {
            return new MimeMessage(session, new ByteArrayInputStream(bytes));
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    static MimeMessage parsed(Session session, String text) {
        return parsed(session, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static InternetAddress[] addresses(String... addresses) {
        return Arrays.stream(addresses).map(Mail::address).toArray(InternetAddress[]::new);
    }

    /** Unchecked, so that tests can make what no header parser would give. */
    static InternetAddress address(String address) {
        InternetAddress unchecked = new InternetAddress();
        unchecked.setAddress(address);
        return unchecked;
    }

    /** A port at which nothing listens: it was free a moment ago. */
    static int closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }

    static Address[] none() {
        return new Address[0];
    }

    static byte[] bytes(MimeMessage message) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
