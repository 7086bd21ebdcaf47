package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** {@code /accounts/../email/sending}: messages in, quotas and stored messages out. */
final class SendingEndpoints {
    private static final String BASE = "/accounts/{account}/email/sending";
    private static final long DAILY_QUOTA = 1000;

    private final Settings settings;
    private final Access access;
    private final Domains domains;

    SendingEndpoints(Settings settings, Access access, Domains domains) {
        this.settings = settings;
        this.access = access;
        this.domains = domains;
    }

    void addTo(Router router) {
        router.addSending("POST", BASE + "/send_raw", this::sendRaw);
        router.add("GET", BASE + "/limits", this::limits);
        router.add("GET", BASE + "/messages/{message}", this::message);
    }

    private Answer sendRaw(Call call, Ledger ledger) {
        access.requireAccount(call);
        requireContentLength(call);
        Submission submission = Submission.parse(call.body());
        domains.requireSending(submission.senderDomain());
        submission.requireSize();
        if (!settings.acceptAnyHeader()) {
            submission.requireHeader(settings.acceptTraceFields());
        }
        return accept(submission, ledger);
    }

    private static void requireContentLength(Call call) {
        if (call.header("Content-Length") == null) {
            throw new Refusal(ApiError.NO_CONTENT_LENGTH, "announce the length: do not send chunked");
        }
    }

    private Answer accept(Submission submission, Ledger ledger) {
        RawMessage message = settings.keepMessageId()
                ? submission.message().withOwnMessageId(submission.newMessageId())
                : submission.message().withMessageId(submission.newMessageId());
        Accepted accepted = new Accepted(
                message.messageId(),
                submission.from(),
                submission.recipients(),
                settings.keepBodies() ? submission.message().bytes() : new byte[0]);
        Map<Fate, List<String>> fates = Fate.of(submission.recipients());
        if (settings.keepBodies()) {
            ledger.accept(accepted, message.bytes(), Fate.reached(submission.recipients()));
        } else {
            ledger.accept(accepted, new byte[0], List.of());
        }
        settings.onAccepted().accept(accepted);
        return Answer.result(result(accepted.messageId(), fates));
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
        ObjectNode limits = Answer.object();
        limits.putObject("quota").put("unit", "day").put("value", DAILY_QUOTA);
        long sent = ledger.accepted().size();
        limits.putObject("usage")
                .put("sent", sent)
                .put("over_quota", sent > DAILY_QUOTA)
                .putNull("resets_at");
        return Answer.result(limits);
    }

    private Answer message(Call call, Ledger ledger) {
        access.requireAccount(call);
        byte[] stored = ledger.stored(call.variable("message"))
                .orElseThrow(() -> new Refusal(ApiError.NOT_FOUND, "no message " + call.variable("message")));
        return Answer.of(200, "message/rfc822", stored);
    }
}
