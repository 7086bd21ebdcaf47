package io.flaremail.api;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What happened to a message for one recipient after the API had accepted it. Immutable.
 *
 * <p>Events come at least once and in any order: a {@link Kind#COMPLAINED complaint} follows a delivery, and a
 * {@link Kind#DEFERRED deferral} may arrive after the final event.
 *
 * @see <a href="https://developers.cloudflare.com/email-service/">Cloudflare: Email Service</a>
 */
public final class DeliveryEvent {
    private static final String PREFIX = "cf.email.sending.";

    /** The kinds of events. */
    public enum Kind {
        /** The recipient's server accepted the message. */
        DELIVERED,
        /** The recipient's server refused it for now; the service tries again. Never final. */
        DEFERRED,
        /** The recipient's server refused it, or the service gave up. */
        BOUNCED,
        /** An internal failure of the service. */
        FAILED,
        /** The service did not try, for example since the address is suppressed. */
        REJECTED,
        /** The recipient marked the message as spam. Follows a delivery. */
        COMPLAINED,
        /** A kind that this version does not know; see {@link DeliveryEvent#getType()}. */
        UNKNOWN;

        /** All kinds that a subscription can publish. */
        public static Set<Kind> all() {
            return EnumSet.complementOf(EnumSet.of(UNKNOWN));
        }

        /** The name in a subscription, such as {@code message.bounced}. */
        String subscription() {
            return "message." + name().toLowerCase(java.util.Locale.ROOT);
        }

        static Kind ofSubscription(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind != UNKNOWN && kind.subscription().equals(name))
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }

    private final JsonValue json;
    private final String raw;

    /** @param raw the JSON that was parsed */
    DeliveryEvent(JsonValue json, String raw) {
        this.json = json;
        this.raw = raw;
    }

    /** Unique for each event; a repeated delivery of the event has the same. Never null. */
    public String getEventId() {
        return payload().text("eventId").orElse("");
    }

    public Kind getKind() {
        String type = getType();
        return type.startsWith(PREFIX) ? Kind.ofSubscription(type.substring(PREFIX.length())) : Kind.UNKNOWN;
    }

    /** The full name, such as {@code cf.email.sending.message.bounced}; never null. */
    public String getType() {
        return json.text("type").orElse("");
    }

    /**
     * The service's message id, with angle brackets: as {@link SendResult#getMessageId()} returned it and as the
     * delivered message has it. Never null.
     */
    public String getMessageId() {
        return payload().text("messageId").orElse("");
    }

    /** The recipient's address; never null. */
    public String getRecipient() {
        return payload().text("recipient").orElse("");
    }

    /** The sender's address. */
    public Optional<String> getSender() {
        return payload().text("sender");
    }

    /** The message's subject; a complaint has none. */
    public Optional<String> getSubject() {
        return payload().text("subject");
    }

    /** Whether the outcome of the delivery is final. A complaint may still follow. */
    public boolean isTerminal() {
        return payload().flag("terminal").orElse(false);
    }

    /** When it happened, by the service's clock. */
    public Optional<Instant> getTime() {
        return json.get("metadata").instant("eventTimestamp");
    }

    /** The sending domain. */
    public Optional<String> getDomain() {
        return json.get("source").text("domain");
    }

    public Optional<String> getAccountId() {
        return json.get("metadata").text("accountId");
    }

    /** The event's schema version. This version of Flaremail reads 1. */
    public Optional<Long> getSchemaVersion() {
        return json.get("metadata").number("eventSchemaVersion");
    }

    /** The reply code of the recipient's server, RFC 5321 section 4.2, such as {@code 550}. */
    public Optional<String> getSmtpCode() {
        return payload().get("delivery").text("smtpStatusCode");
    }

    /** The enhanced status code of the recipient's server, RFC 3463, such as {@code 5.1.1}. */
    public Optional<String> getEnhancedStatusCode() {
        return payload().get("delivery").text("smtpEnhancedStatusCode");
    }

    /** The reply of the recipient's server. */
    public Optional<String> getSmtpResponse() {
        return payload()
                .get("delivery")
                .text("smtpResponse")
                .filter(text -> !text.trim().isEmpty());
    }

    /**
     * In words: the reply of the recipient's server, otherwise the service's reason with its detail, or the type of a
     * complaint.
     */
    public Optional<String> getExplanation() {
        Optional<String> reply = getSmtpResponse();
        if (reply.isPresent()) {
            return reply;
        }
        Optional<String> reason = getReason()
                .map(text -> getDetail().map(detail -> text + ": " + detail).orElse(text));
        return reason.isPresent() ? reason : getComplaintType();
    }

    /** Whether the recipient's server refused the address for good: do not write to it again. */
    public boolean isHardBounce() {
        return getKind() == Kind.BOUNCED
                && isTerminal()
                && getBounceType().filter("hard"::equals).isPresent();
    }

    /** {@code hard} or {@code soft}; only for bounces and deferrals. */
    public Optional<String> getBounceType() {
        return payload().get("bounce").text("type");
    }

    /** Such as {@code permanent_failure}; only for bounces and deferrals. */
    public Optional<String> getBounceClassification() {
        return payload().get("bounce").text("classification");
    }

    /** The complaint type, such as {@code abuse}; only for complaints. */
    public Optional<String> getComplaintType() {
        return payload().get("complaint").text("type");
    }

    /** Whose policy rejected the message. */
    public Optional<String> getRejectionParty() {
        return payload().get("rejection").text("party");
    }

    /** Why it bounced, was deferred, failed or was rejected, in the service's words. */
    public Optional<String> getReason() {
        for (String cause : new String[] {"bounce", "failure", "rejection"}) {
            Optional<String> reason = payload().get(cause).text("reason");
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    /** More about a rejection. */
    public Optional<String> getDetail() {
        return payload().get("rejection").text("detail");
    }

    /** The event as JSON, with fields that have no method here. */
    public String getJson() {
        return raw;
    }

    /** A field of the event's metadata. */
    JsonValue metadata(String name) {
        return json.get("metadata").get(name);
    }

    private JsonValue payload() {
        return json.get("payload");
    }

    /** The kind, recipient and message id, for logs. */
    @Override
    public String toString() {
        return getType() + " " + getRecipient() + " " + getMessageId();
    }
}
