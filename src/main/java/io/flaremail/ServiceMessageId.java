package io.flaremail;

import io.flaremail.bounces.MessageIdFolder;
import io.flaremail.config.TransportSettings;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Paths;

/**
 * Applies {@code mail.cloudflare.messageid} and {@code mail.cloudflare.messageid.store} after a send. Failures are only
 * logged, since the message has been sent.
 *
 * <p>Tests: MessageIdOptionsTest.
 */
final class ServiceMessageId {
    private final TransportSettings settings;
    private final DebugLog log;

    /** Null until it is needed, and while it cannot be opened. */
    private volatile MessageIdFolder folder;

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
            if (folder == null) {
                folder = MessageIdFolder.at(Paths.get(settings.messageIdStore));
            }
            MessageIdRecorder.record(report, folder);
        } catch (Throwable e) {
            folder = null; // it may have been deleted
            log.warning("mail.cloudflare.messageid.store: the Message-ID was not stored: " + e);
        }
    }

    private void write(MimeMessage message, String id) {
        try {
            message.setHeader("Message-ID", id);
        } catch (Throwable e) {
            log.warning("mail.cloudflare.messageid: the message cannot be changed: " + e);
        }
    }
}
