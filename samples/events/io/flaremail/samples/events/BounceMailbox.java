package io.flaremail.samples.events;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.InternetHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A typical application written for SMTP: it reads bounces from a mailbox, and finds its own messages by the
 * Message-ID in the returned header. It does not use Flaremail.
 */
public final class BounceMailbox {
    private final Session session = Session.getInstance(new Properties());
    private final String host;
    private final int port;
    private final String user;
    private final String password;

    public BounceMailbox(String host, int port, String user, String password) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
    }

    /** The Message-IDs and recipients of unread bounces, which are then marked as read. */
    public List<String> read() throws MessagingException, IOException {
        List<String> bounces = new ArrayList<>();
        try (Store store = session.getStore("imap")) {
            store.connect(host, port, user, password);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_WRITE);
                for (Message message : inbox.getMessages()) {
                    if (message.isMimeType("multipart/report") && !message.isSet(Flags.Flag.SEEN)) {
                        Multipart report = (Multipart) message.getContent();
                        String recipient = headers(report, 1, true).getHeader("Final-Recipient", null);
                        String id = headers(report, 2, false).getHeader("Message-ID", null);
                        bounces.add(id + " " + recipient);
                        message.setFlag(Flags.Flag.SEEN, true);
                    }
                }
            }
        }
        return bounces;
    }

    /** @param second whether to skip the first group of fields, which is about the whole message */
    private static InternetHeaders headers(Multipart report, int part, boolean second)
            throws MessagingException, IOException {
        try (InputStream in = report.getBodyPart(part).getInputStream()) {
            InternetHeaders headers = new InternetHeaders(in);
            return second ? new InternetHeaders(in) : headers;
        }
    }
}
