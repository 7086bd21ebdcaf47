package io.flaremail.demo;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Reads a recipient's mailbox over IMAP. */
final class Inbox {
    private Inbox() {}

    /** The bytes of every message in it, oldest first. */
    static List<byte[]> read(Sandbox sandbox, String address) throws MessagingException, IOException {
        String[] hostAndPort = sandbox.imap().split(":");
        Session session = Session.getInstance(new Properties());
        try (Store store = session.getStore("imap")) {
            store.connect(hostAndPort[0], Integer.parseInt(hostAndPort[1]), address, "any password");
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            List<byte[]> messages = new ArrayList<>();
            for (Message message : inbox.getMessages()) {
                messages.add(bytes(message));
            }
            return messages;
        }
    }

    static MimeMessage parse(byte[] message) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
    }

    private static byte[] bytes(Message message) throws MessagingException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return bytes.toByteArray();
    }
}
