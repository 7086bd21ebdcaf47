package io.flaremail;

import io.flaremail.bounces.MessageIdFolder;
import io.flaremail.config.TransportSettings;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Paths;

/**
 * What is done with the Message-ID that the service assigned, if the options ask for it. A failure is logged: the
 * message has been sent.
 *
 * <p>Tests: MessageIdOptionsTest.
 */
final class ServiceMessageId {
    private final TransportSettings settings;
    private final DebugLog log;

    ServiceMessageId(TransportSettings settings, DebugLog log) {
        this.settings = settings;
        this.log = log;
    }

    void afterSend(MimeMessage message, SendReport report) {
        if (report.getMessageIds().isEmpty()) {
            return;
        }
        if (settings.messageIdStore != null) {
            store(report);
        }
        // Otherwise the application may send the message again, and RetryGuard must recognise it.
        if (settings.serviceMessageId && report.isSuccess()) {
            write(message, report.getMessageIds().get(0));
        }
    }

    private void store(SendReport report) {
        try {
            MessageIdRecorder.record(report, MessageIdFolder.at(Paths.get(settings.messageIdStore)));
        } catch (Exception e) {
            log.warning("mail.cloudflare.messageid.store: the Message-ID was not stored: " + e);
        }
    }

    private void write(MimeMessage message, String id) {
        try {
            message.setHeader("Message-ID", id);
        } catch (Exception e) {
            log.warning("mail.cloudflare.messageid: the message cannot be changed: " + e);
        }
    }
}
