package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code /accounts/../email/sending}: messages in, quotas and stored messages out. */
final class SendingEndpoints {
    static final String BASE = "/accounts/{account}/email/sending";

    private final Settings settings;
    private final Access access;
    private final Domains domains;
    private final Acceptance acceptance;

    SendingEndpoints(Settings settings, Access access, Domains domains, Acceptance acceptance) {
        this.settings = settings;
        this.acceptance = acceptance;
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
        StoredRequest.InMemory request = StoredRequest.inMemory(call.body());
        return submit(Submission.parse(call.body()), request, call, ledger);
    }

    private Answer send(Call call, Ledger ledger) {
        access.requireAccount(call);
        requireContentLength(call);
        StructuredMail mail = StructuredMail.parse(call.body());
        RawMessage message = Composer.compose(mail, settings.clock().instant());
        StoredRequest.InMemory request = StoredRequest.inMemory(call.body(), message.bytes());
        return submit(new Submission(mail.from().address(), mail.recipients(), message), request, call, ledger);
    }

    private Answer submit(Submission submission, StoredRequest.InMemory request, Call call, Ledger ledger) {
        domains.requireSending(submission.senderDomain());
        submission.requireSize();
        if (!settings.acceptAnyHeader()) {
            submission.requireHeader(settings.acceptTraceFields());
        }
        StrictMessage.require(submission, settings);
        // Asked and counted at once: of two messages for one place in the quota, one is refused.
        synchronized (ledger) {
            List<String> suppressed = suppressed(submission, ledger);
            requireQuota(ledger);
            AcceptedFacts accepted =
                    acceptance.accept(submission, request, suppressed, settings.keepMessageId(), call.ray(), ledger);
            return Answer.result(result(accepted, domains.dropsSuppressed(submission.senderDomain())));
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
        return ledger.messages().countSince(quota.windowStart(settings.clock().instant()));
    }

    private static void requireContentLength(Call call) {
        if (call.header("Content-Length") == null) {
            throw new Refusal(ApiError.NO_CONTENT_LENGTH, "announce the length: do not send chunked");
        }
    }

    /** @param listsSuppressed whether the list of suppressed recipients is there even if it is empty */
    private ObjectNode result(AcceptedFacts accepted, boolean listsSuppressed) {
        ObjectNode result = Answer.object().put("message_id", accepted.messageId());
        fill(result.putArray("delivered"), settings.listDelivered() ? accepted.with(Fate.DELIVERED) : List.of());
        fill(result.putArray("queued"), accepted.with(Fate.QUEUED));
        fill(result.putArray("permanent_bounces"), accepted.with(Fate.BOUNCE));
        List<String> suppressed = accepted.with(Fate.SUPPRESSED);
        if (listsSuppressed || !suppressed.isEmpty()) {
            fill(result.putArray("suppressed_recipients"), suppressed);
        }
        return result;
    }

    private void fill(ArrayNode array, List<String> addresses) {
        addresses.forEach(address -> array.add(settings.spelled(address)));
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
        ReceivedMessage stored = ledger.messages()
                .find(call.variable("message"))
                .orElseThrow(() -> new Refusal(ApiError.NOT_FOUND, "no message " + call.variable("message")));
        return Answer.of(200, "message/rfc822", stored.raw());
    }
}
