package io.flaremail.samples.outbox;

import io.flaremail.api.DeliveryEvent;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which queue a delivery event moves the message to. Immutable.
 *
 * @param queue one of {@link #QUEUES}
 * @param serviceId the Message-ID that the service gave the message
 * @param reason for people; empty for a delivery
 * @param permanent whether the address should not be written to again
 */
record FinalOutcome(String queue, String serviceId, String recipient, String reason, boolean permanent) {
    /** A delivery moves only from an earlier one to a later one. */
    static final List<String> QUEUES = List.of(Outbox.ACCEPTED, Outbox.DELIVERED, Outbox.BOUNCED, Outbox.COMPLAINED);

    private static final String QUEUE = "queue";
    private static final String SERVICE_ID = "serviceId";
    private static final String RECIPIENT = "recipient";
    private static final String REASON = "reason";
    private static final String PERMANENT = "permanent";

    /** Empty if the event ends nothing, as while the service retries. */
    static Optional<FinalOutcome> of(DeliveryEvent event) {
        return switch (event.getKind()) {
            case DELIVERED -> Optional.of(new FinalOutcome(Outbox.DELIVERED, event, "", false));
            case COMPLAINED -> Optional.of(new FinalOutcome(Outbox.COMPLAINED, event, "complaint", true));
            case BOUNCED ->
                event.isTerminal()
                        ? Optional.of(new FinalOutcome(Outbox.BOUNCED, event, why(event), event.isHardBounce()))
                        : Optional.empty();
            case FAILED, REJECTED -> Optional.of(new FinalOutcome(Outbox.BOUNCED, event, why(event), false));
            case DEFERRED, UNKNOWN -> Optional.empty();
        };
    }

    private FinalOutcome(String queue, DeliveryEvent event, String reason, boolean permanent) {
        this(queue, event.getMessageId(), event.getRecipient(), reason, permanent);
    }

    private static String why(DeliveryEvent event) {
        return event.getExplanation().orElse(event.getKind().toString().toLowerCase(Locale.ROOT));
    }

    boolean isOf(RecipientRecord delivery) {
        return delivery.serviceIds().contains(serviceId);
    }

    /** Empty if it is none: other programs may write to a queue. */
    static Optional<FinalOutcome> of(Message message) throws JMSException {
        if (!(message.getObjectProperty(QUEUE) instanceof String queue)
                || !(message.getObjectProperty(SERVICE_ID) instanceof String serviceId)
                || !(message.getObjectProperty(RECIPIENT) instanceof String recipient)
                || !(message.getObjectProperty(REASON) instanceof String reason)
                || !(message.getObjectProperty(PERMANENT) instanceof Boolean permanent)
                || !QUEUES.contains(queue)) {
            return Optional.empty();
        }
        return Optional.of(new FinalOutcome(queue, serviceId, recipient, reason, permanent));
    }

    Message in(Session session) throws JMSException {
        Message message = session.createMessage();
        message.setStringProperty(QUEUE, queue);
        message.setStringProperty(SERVICE_ID, serviceId);
        message.setStringProperty(RECIPIENT, recipient);
        message.setStringProperty(REASON, reason);
        message.setBooleanProperty(PERMANENT, permanent);
        return message;
    }
}
