package io.flaremail;

import io.flaremail.bounces.MessageIds;
import java.io.IOException;
import java.util.Objects;

/**
 * Stores which Message-ID the service assigned to each accepted message, so that bounces can name the original one.
 * For a folder the option {@code mail.cloudflare.messageid.store} is enough.
 *
 * <p>Tests: MessageIdOptionsTest.
 */
public final class MessageIdRecorder implements SendListener {
    private final MessageIds ids;

    public MessageIdRecorder(MessageIds ids) {
        this.ids = Objects.requireNonNull(ids, "ids");
    }

    /** @throws IllegalStateException if the ids cannot be stored */
    @Override
    public void onSend(SendReport report) {
        try {
            record(report, ids);
        } catch (IOException e) {
            throw new IllegalStateException("the Message-ID was not stored: " + e.getMessage(), e);
        }
    }

    static void record(SendReport report, MessageIds ids) throws IOException {
        if (report.getOriginalMessageId().isPresent()) {
            for (String serviceId : report.getMessageIds()) {
                ids.add(serviceId, report.getOriginalMessageId().get());
            }
        }
    }
}
