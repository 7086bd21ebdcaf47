package io.flaremail.api;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What the API said of a message it took: its id and the recipients it singled out.
 *
 * <p>An ordinary success has empty lists: <strong>a recipient in no list was accepted</strong>.
 */
public final class SendResult {
    private final String messageId;
    private final List<String> delivered;
    private final List<String> queued;
    private final List<String> permanentBounces;
    private final List<String> suppressedRecipients;

    SendResult(
            String messageId,
            List<String> delivered,
            List<String> queued,
            List<String> permanentBounces,
            List<String> suppressedRecipients) {
        this.messageId = messageId;
        this.delivered = Collections.unmodifiableList(delivered);
        this.queued = Collections.unmodifiableList(queued);
        this.permanentBounces = Collections.unmodifiableList(permanentBounces);
        this.suppressedRecipients = Collections.unmodifiableList(suppressedRecipients);
    }

    /** The Message-ID the service gave the message, angle brackets included; it replaces the message's own. */
    public Optional<String> getMessageId() {
        return Optional.ofNullable(messageId);
    }

    /** Addresses the receiving server has taken, as the API spells them; never null. */
    public List<String> getDelivered() {
        return delivered;
    }

    /** Addresses accepted by the service, which keeps trying to deliver; never null. */
    public List<String> getQueued() {
        return queued;
    }

    /** Addresses that will never get this message; never null. */
    public List<String> getPermanentBounces() {
        return permanentBounces;
    }

    /** Addresses dropped because they stand on the suppression list; never null. */
    public List<String> getSuppressedRecipients() {
        return suppressedRecipients;
    }
}
