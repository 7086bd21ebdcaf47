package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /accounts/../email/sending}: messages in, quotas and stored messages out. */
final class SendingEndpoints {
    private static final String BASE = "/accounts/{account}/email/sending";

    private final Settings settings;
    private final Access access;
    private final Domains domains;
    private final DeliveryEvents events;

    SendingEndpoints(Settings settings, Access access, Domains domains, DeliveryEvents events) {
        this.settings = settings;
        this.events = events;
        this.access = access;
        this.domains = domains;
    }

    void addTo(Router router) {
        router.addSending("POST", BASE + "/send_raw", this::sendRaw);
        router.addSending("POST", BASE + "/send", this::send);
        router.add("GET", BASE + "/limits", this::limits);
        router.add("GET", BASE + "/messages/{message}", this::message);
    }

    private Answer sendRaw(Call call, Ledger ledger) {
        access.requireAccount(call);
        requireContentLength(call);
        return submit(Submission.parse(call.body()), ledger);
    }

    private Answer send(Call call, Ledger ledger) {
        access.requireAccount(call);
        requireContentLength(call);
        StructuredMail mail = StructuredMail.parse(call.body());
        RawMessage message = Composer.compose(mail, settings.clock().instant());
        return submit(new Submission(mail.from().address(), mail.recipients(), message), ledger);
    }

    private Answer submit(Submission submission, Ledger ledger) {
        domains.requireSending(submission.senderDomain());
        submission.requireSize();
        if (!settings.acceptAnyHeader()) {
            submission.requireHeader(settings.acceptTraceFields());
        }
        // Asked and counted at once: of two messages for one place in the quota, one is refused.
        synchronized (ledger) {
            List<String> suppressed = suppressed(submission, ledger);
            requireQuota(ledger);
            return accept(submission, suppressed, ledger);
        }
    }

    private List<String> suppressed(Submission submission, Ledger ledger) {
        List<String> suppressed = ledger.suppressions()
                .among(
                        submission.recipients(),
                        submission.senderDomain(),
                        settings.clock().instant());
        if (!suppressed.isEmpty() && !domains.dropsSuppressed(submission.senderDomain())) {
            throw new Refusal(ApiError.RECIPIENT_SUPPRESSED, "suppressed: " + String.join(", ", suppressed));
        }
        return suppressed;
    }

    private void requireQuota(Ledger ledger) {
        Quota quota = settings.quota();
        if (quota != null && sent(quota, ledger) >= quota.value()) {
            throw new Refusal(ApiError.THROTTLED, "over the quota of " + quota.value() + " in a " + quota.unitName());
        }
    }

    private long sent(Quota quota, Ledger ledger) {
        return ledger.acceptedSince(quota.windowStart(settings.clock().instant()));
    }

    private static void requireContentLength(Call call) {
        if (call.header("Content-Length") == null) {
            throw new Refusal(ApiError.NO_CONTENT_LENGTH, "announce the length: do not send chunked");
        }
    }

    private Answer accept(Submission submission, List<String> suppressed, Ledger ledger) {
        RawMessage message = settings.keepMessageId()
                ? submission.message().withOwnMessageId(submission.newMessageId())
                : submission.message().withMessageId(submission.newMessageId());
        Accepted accepted = new Accepted(
                message.messageId(),
                submission.from(),
                submission.recipients(),
                settings.keepBodies() ? submission.message().bytes() : new byte[0]);
        List<String> left = new ArrayList<>(submission.recipients());
        left.removeAll(suppressed);
        Instant now = settings.clock().instant();
        byte[] raw = settings.keepBodies() ? message.bytes() : new byte[0];
        List<String> reached = settings.keepBodies() ? Fate.reached(left) : List.of();
        ledger.accept(new ReceivedMessage(accepted, raw, suppressed, now), reached);
        events.accepted(accepted, suppressed, submission.message().subject(), ledger);
        settings.onAccepted().accept(accepted);
        ObjectNode result = result(accepted.messageId(), Fate.of(left));
        if (domains.dropsSuppressed(submission.senderDomain())) {
            fill(result.withArray("suppressed_recipients"), suppressed);
        }
        return Answer.result(result);
    }

    private ObjectNode result(String messageId, Map<Fate, List<String>> fates) {
        ObjectNode result = Answer.object().put("message_id", messageId);
        fill(result.putArray("delivered"), settings.listDelivered() ? fates.get(Fate.DELIVERED) : List.of());
        fill(result.putArray("queued"), fates.get(Fate.QUEUED));
        fill(result.putArray("permanent_bounces"), fates.get(Fate.BOUNCE));
        if (!fates.get(Fate.SUPPRESSED).isEmpty()) {
            fill(result.putArray("suppressed_recipients"), fates.get(Fate.SUPPRESSED));
        }
        return result;
    }

    private void fill(ArrayNode array, List<String> addresses) {
        addresses.forEach(address -> array.add(settings.echo().apply(address)));
    }

    private Answer limits(Call call, Ledger ledger) {
        access.requireAccount(call);
        Quota quota = settings.quota();
        ObjectNode limits = Answer.object();
        if (quota == null) {
            return Answer.result(limits.putNull("quota").putNull("usage"));
        }
        long sent = sent(quota, ledger);
        limits.putObject("quota").put("unit", quota.unitName()).put("value", quota.value());
        limits.putObject("usage")
                .put("sent", sent)
                .put("over_quota", sent >= quota.value())
                .put("resets_at", quota.resetsAt(settings.clock().instant()).toString());
        return Answer.result(limits);
    }

    private Answer message(Call call, Ledger ledger) {
        access.requireAccount(call);
        ReceivedMessage stored = ledger.message(call.variable("message"))
                .orElseThrow(() -> new Refusal(ApiError.NOT_FOUND, "no message " + call.variable("message")));
        return Answer.of(200, "message/rfc822", stored.raw());
    }
}
