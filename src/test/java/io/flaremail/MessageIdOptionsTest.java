package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.bounces.MessageIdFolder;
import io.flaremail.bounces.MessageIds;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code mail.cloudflare.messageid} and {@code mail.cloudflare.messageid.store}. */
class MessageIdOptionsTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    private final List<SendReport> reports = new ArrayList<>();

    private Session session(String... more) {
        Properties properties = Mail.properties(sandbox.get());
        properties.put("mail.cloudflare.listener", (SendListener) reports::add);
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return Session.getInstance(properties);
    }

    @Test
    void theReportNamesBothIdsAndTheSubject() throws Exception {
        MimeMessage message = Mail.message(session(), "a@example.net");
        message.setSubject("Gr\u00fc\u00dfe", "UTF-8");
        Transport.send(message);
        SendReport report = reports.get(0);
        assertEquals(Optional.of(message.getMessageID()), report.getOriginalMessageId());
        assertEquals(Optional.of("Gr\u00fc\u00dfe"), report.getSubject());
        assertEquals(
                sandbox.get().accepted().get(0).messageId(),
                report.getMessageId().orElseThrow());
        assertNotEquals(report.getMessageId(), report.getOriginalMessageId(), "the message is the caller's");
    }

    @Test
    void theServicesIdIsWrittenWhenAllWereAccepted() throws Exception {
        MimeMessage message = Mail.message(session("mail.cloudflare.messageid", "service"), "a@example.net");
        Transport.send(message);
        assertEquals(sandbox.get().accepted().get(0).messageId(), message.getMessageID());
    }

    /** The application may send it again, and it must be recognised as the same. */
    @Test
    void otherwiseTheMessageStaysAsItIs() throws Exception {
        MimeMessage message =
                Mail.message(session("mail.cloudflare.messageid", "service"), "a@example.net", "bounce@example.net");
        assertThrows(SendFailedException.class, () -> Transport.send(message));
        assertEquals(Optional.of(message.getMessageID()), reports.get(0).getOriginalMessageId());
        assertNotEquals(sandbox.get().accepted().get(0).messageId(), message.getMessageID());
    }

    @Test
    void theStoreRemembersTheOwnId() throws Exception {
        Path store = folder.resolve("ids");
        MimeMessage message =
                Mail.message(session("mail.cloudflare.messageid.store", store.toString()), "a@example.net");
        Transport.send(message);
        assertEquals(
                Optional.of(message.getMessageID()),
                MessageIdFolder.at(store).find(sandbox.get().accepted().get(0).messageId()));
    }

    @Test
    void aStoreThatCannotBeWrittenDoesNotFailTheSend() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Transport.send(Mail.message(session("mail.cloudflare.messageid.store", file.toString()), "a@example.net"));
        assertTrue(reports.get(0).isSuccess());
    }

    @Test
    void aListenerMayStoreThem() throws Exception {
        List<String> added = new ArrayList<>();
        MessageIds ids = new MessageIds() {
            @Override
            public void add(String serviceId, String originalId) throws IOException {
                added.add(serviceId + " " + originalId);
                throw new IOException("full");
            }

            @Override
            public Optional<String> find(String serviceId) {
                return Optional.empty();
            }
        };
        Properties properties = Mail.properties(sandbox.get());
        properties.put("mail.cloudflare.listener", new MessageIdRecorder(ids));
        MimeMessage message = Mail.message(Session.getInstance(properties), "a@example.net");
        Transport.send(message);
        assertEquals(List.of(sandbox.get().accepted().get(0).messageId() + " " + message.getMessageID()), added);
    }

    @Test
    void anUnknownValueIsRefused() {
        Session session = session("mail.cloudflare.messageid", "theirs");
        assertTrue(assertThrows(Exception.class, () -> Transport.send(Mail.message(session, "a@example.net")))
                .getMessage()
                .contains("mail.cloudflare.messageid: expected own or service, got \"theirs\""));
    }
}
