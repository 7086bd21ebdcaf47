package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A delivery event of one recipient, before a subscription publishes it. Immutable.
 *
 * @param kind without its prefix, such as {@code bounced}
 * @param subject null for none
 * @param detail the fields that this kind has besides those of all
 */
record SandboxEvent(
        String id,
        String kind,
        String messageId,
        String sender,
        String recipient,
        String subject,
        ObjectNode detail,
        Instant at) {
    private static final String PREFIX = "cf.email.sending.message.";

    static SandboxEvent of(AcceptedFacts message, String recipient, Fate.Event event, Instant at) {
        return new SandboxEvent(
                UUID.randomUUID().toString(),
                event.kind(),
                message.messageId(),
                message.from(),
                recipient,
                event.kind().equals("complained") ? null : message.subject(),
                event.detail(),
                at);
    }

    String senderDomain() {
        return sender.substring(sender.lastIndexOf('@') + 1).toLowerCase(java.util.Locale.ROOT);
    }

    boolean isTerminal() {
        return !kind.equals("deferred");
    }

    /** A bounce that does not have what the other server answered. */
    SandboxEvent withoutBounceCodes() {
        if (!kind.equals("bounced")) {
            return this;
        }
        ObjectNode shorter = detail.deepCopy();
        shorter.withObject("/delivery").remove(List.of("smtpStatusCode", "smtpEnhancedStatusCode", "smtpResponse"));
        return new SandboxEvent(id, kind, messageId, sender, recipient, subject, shorter, at);
    }

    /** As a subscription publishes it. */
    String json(String account, String zone, String subscription) {
        ObjectNode json = Answer.object().put("type", PREFIX + kind);
        json.putObject("source")
                .put("type", "email.sending")
                .put("zoneId", zone)
                .put("domain", senderDomain());
        ObjectNode payload = json.putObject("payload")
                .put("eventId", id)
                .put("messageId", messageId)
                .put("sender", sender)
                .put("recipient", recipient);
        if (subject != null) {
            payload.put("subject", subject);
        }
        payload.put("terminal", isTerminal());
        payload.setAll(detail);
        json.putObject("metadata")
                .put("accountId", account)
                .put("eventSubscriptionId", subscription)
                .put("eventSchemaVersion", 1)
                .put("eventTimestamp", at.toString());
        return json.toString();
    }
}
