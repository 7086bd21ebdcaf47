package io.flaremail.cli;

import io.flaremail.CloudflareProvider;
import io.flaremail.RecipientOutcome;
import io.flaremail.RecipientStatus;
import io.flaremail.SendListener;
import io.flaremail.SendReport;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

/** Sends an .eml file the way an application would: a session, a transport. */
final class SendFile {
    private SendFile() {}

    static int send(Send send, Settings settings, Page page) throws Trouble {
        AtomicReference<SendReport> report = new AtomicReference<>();
        Address[] recipients = recipients(send.to);
        Session session = session(send, settings, report::set);
        session.setDebugOut(page.lines());
        session.addProvider(new CloudflareProvider());
        MimeMessage message = read(send, session);
        try (Transport transport = session.getTransport(CloudflareProvider.PROTOCOL)) {
            transport.connect();
            send.begin();
            transport.sendMessage(message, recipients);
        } catch (MessagingException failure) {
            return SendFileText.tell(failure, report.get(), settings.token().place, page);
        } catch (Error failure) {
            if (report.get() != null && isUnsent(report.get())) {
                send.nothingWasSent();
            }
            throw failure;
        }
        return SendFileText.tell(report.get(), page);
    }

    private static boolean isUnsent(SendReport report) {
        return report.getRecipients().stream()
                .map(RecipientOutcome::getStatus)
                .allMatch(status -> status == RecipientStatus.UNSENT
                        || status == RecipientStatus.INVALID
                        || status == RecipientStatus.REFUSED);
    }

    private static Session session(Send send, Settings settings, SendListener listener) throws Trouble {
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        properties.put("mail.cloudflare.token", settings.token().value);
        properties.put("mail.cloudflare.account", settings.account());
        properties.put("mail.cloudflare.endpoint", settings.endpoint().toString());
        properties.put("mail.cloudflare.listener", listener);
        if (send.from != null) {
            properties.put("mail.cloudflare.from", send.from);
        }
        return Session.getInstance(properties);
    }

    private static MimeMessage read(Send send, Session session) throws Trouble {
        boolean standard = send.file.toString().equals("-");
        try (InputStream in = standard ? send.surroundings().in : Files.newInputStream(send.file)) {
            return new MimeMessage(session, new ByteArrayInputStream(bytes(in, send.file.toString())));
        } catch (IOException | MessagingException unreadable) {
            throw Trouble.usage("cannot read " + send.file + ": " + Input.reason(send.file, unreadable));
        }
    }

    private static byte[] bytes(InputStream in, String name) throws Trouble, IOException {
        byte[] bytes = Input.bytes(in, name);
        if (bytes.length == 0) {
            throw Trouble.usage(name + ": there is nothing in it");
        }
        return bytes;
    }

    private static Address[] recipients(List<String> to) throws Trouble {
        List<Address> recipients = new ArrayList<>();
        for (String each : to) {
            try {
                recipients.add(new InternetAddress(each, true));
            } catch (AddressException malformed) {
                throw Trouble.usage("--to: expected one address: " + malformed.getMessage());
            }
        }
        return recipients.toArray(new Address[0]);
    }
}
