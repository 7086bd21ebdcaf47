package io.flaremail.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/** What every client is asked to send, and how it must arrive. */
final class Letter {
    static final String FROM = "billing@example.com";
    static final String TO = "to@example.net";
    static final String CC = "cc@example.net";
    static final String BCC = "hidden@example.net";
    static final String BOUNCES = "bounce@example.net";
    static final String SUBJECT = "Rechnung für März";
    static final String HTML = "<p>Grüße, 10 €</p>";
    static final String TEXT = "Grüße, 10 €";
    static final String FILE = "invoice.pdf";
    static final byte[] FILE_BYTES = {'%', 'P', 'D', 'F', 0, (byte) 0xFF, '\r', '\n', '.', '\n'};

    private Letter() {}

    /** The five properties of an application that asks for the protocol by name. */
    static Properties byName(SandboxExtension sandbox) {
        Properties properties = account(sandbox);
        properties.setProperty("mail.transport.protocol", "cloudflare");
        properties.setProperty("mail.transport.protocol.rfc822", "cloudflare");
        return properties;
    }

    /** For an application that insists on {@code smtp}. */
    static Properties asSmtp(SandboxExtension sandbox) {
        Properties properties = account(sandbox);
        properties.setProperty("mail.smtp.class", "io.flaremail.CloudflareTransport");
        return properties;
    }

    private static Properties account(SandboxExtension sandbox) {
        Properties properties = new Properties();
        properties.setProperty("mail.cloudflare.account", sandbox.account());
        properties.setProperty("mail.cloudflare.token", sandbox.token());
        properties.setProperty("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        return properties;
    }

    /** One message was accepted, for {@link #TO}, {@link #CC} and {@link #BCC}, and looks like the one that was written. */
    static void assertArrived(SandboxExtension sandbox) throws MessagingException, IOException {
        assertEquals(1, sandbox.accepted().size());
        Accepted accepted = sandbox.accepted().get(0);
        assertEquals(FROM, accepted.from());
        assertEquals(List.of(CC, BCC, TO), List.copyOf(new TreeSet<>(accepted.recipients())));
        String wire = new String(accepted.mime(), StandardCharsets.UTF_8);
        assertFalse(wire.toLowerCase().contains("bcc:"), wire);
        assertFalse(wire.contains(BCC), wire);
        for (String recipient : accepted.recipients()) {
            assertEquals(1, sandbox.mailbox(recipient).size(), recipient);
            assertLooksAsWritten(sandbox.mailbox(recipient).get(0));
        }
    }

    private static void assertLooksAsWritten(byte[] received) throws MessagingException, IOException {
        MimeMessage message =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(received));
        assertEquals(SUBJECT, message.getSubject());
        assertTrue(message.getHeader("To", ",").contains(TO));
        assertTrue(message.getHeader("Cc", ",").contains(CC));
        List<Part> leaves = leaves(message);
        Part html = leaves.stream()
                .filter(part -> is(part, "text/html"))
                .findFirst()
                .orElseThrow();
        assertTrue(
                html.getContent().toString().contains(HTML), html.getContent().toString());
        Part file = leaves.stream()
                .filter(part -> is(part, "application/pdf"))
                .findFirst()
                .orElseThrow();
        assertEquals(FILE, file.getFileName());
        assertArrayEquals(FILE_BYTES, file.getInputStream().readAllBytes());
    }

    private static boolean is(Part part, String type) {
        try {
            return part.isMimeType(type);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Part> leaves(Part part) throws MessagingException, IOException {
        if (!part.isMimeType("multipart/*")) {
            return List.of(part);
        }
        List<Part> leaves = new ArrayList<>();
        Multipart parts = (Multipart) part.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart inner = parts.getBodyPart(i);
            leaves.addAll(leaves(inner));
        }
        return leaves;
    }
}
