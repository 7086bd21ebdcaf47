package io.flaremail.api;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The API's result for an accepted message: its id and the recipients reported individually. Immutable.
 *
 * <p>An ordinary success has empty lists: <strong>a recipient in no list was accepted</strong>.
 */
public final class SendResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String messageId;
    private final ArrayList<String> delivered;
    private final ArrayList<String> queued;
    private final ArrayList<String> permanentBounces;
    private final ArrayList<String> suppressedRecipients;

    SendResult(
            String messageId,
            List<String> delivered,
            List<String> queued,
            List<String> permanentBounces,
            List<String> suppressedRecipients) {
        this.messageId = messageId;
        this.delivered = new ArrayList<>(delivered);
        this.queued = new ArrayList<>(queued);
        this.permanentBounces = new ArrayList<>(permanentBounces);
        this.suppressedRecipients = new ArrayList<>(suppressedRecipients);
    }

    /** The Message-ID that the service assigned, with angle brackets; it replaces the message's own. */
    public Optional<String> getMessageId() {
        return Optional.ofNullable(messageId);
    }

    /** Addresses that the receiving server has accepted, in the API's spelling; never null. */
    public List<String> getDelivered() {
        return Collections.unmodifiableList(delivered);
    }

    /** Addresses that the service accepted and keeps trying to deliver to; never null. */
    public List<String> getQueued() {
        return Collections.unmodifiableList(queued);
    }

    /** Addresses that bounced permanently; never null. */
    public List<String> getPermanentBounces() {
        return Collections.unmodifiableList(permanentBounces);
    }

    /** Addresses dropped because they are on the suppression list; never null. */
    public List<String> getSuppressedRecipients() {
        return Collections.unmodifiableList(suppressedRecipients);
    }

    /** Whether all lists are empty, as for an ordinary success. */
    public boolean namesNoRecipient() {
        return delivered.isEmpty() && queued.isEmpty() && permanentBounces.isEmpty() && suppressedRecipients.isEmpty();
    }
}
