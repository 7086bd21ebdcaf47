package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.SendResult;
import io.flaremail.text.EchoedAddresses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The outcome of a message, for people and for machines. */
final class SendText {
    static final String MAY_BE_SENT = "The message may have been sent. Do not send it again; ask the recipients.";

    private SendText() {}

    /** @param recipients those of the request, each once */
    static int tell(SendResult result, List<String> recipients, Page page) {
        List<String> lost = new ArrayList<>(result.getPermanentBounces());
        lost.addAll(result.getSuppressedRecipients());
        EchoedAddresses echoed = new EchoedAddresses(recipients);
        Set<String> refused = echoed.of(lost);
        if (isAnyUnknown(result, recipients, echoed, refused, lost)) {
            mayBeSent(
                    "Cloudflare accepted the message"
                            + result.getMessageId().map(id -> " as " + id).orElse("") + " but reports a failure for "
                            + String.join(", ", echoed.strangers(lost)) + ", which matches none of the recipients",
                    page);
            return ExitCode.MAY_BE_SENT;
        }
        boolean whole = refused.isEmpty();
        page.text(outcome(recipients.size(), refused.size(), result.getMessageId()));
        result.getPermanentBounces().forEach(address -> page.line(page.bad("bounced     ") + address));
        result.getSuppressedRecipients().forEach(address -> page.line(page.bad("suppressed  ") + address));
        page.json(JsonText.object(
                "message_id",
                result.getMessageId(),
                "delivered",
                result.getDelivered(),
                "queued",
                result.getQueued(),
                "permanent_bounces",
                result.getPermanentBounces(),
                "suppressed_recipients",
                result.getSuppressedRecipients(),
                "may_have_been_sent",
                false));
        return whole ? ExitCode.OK : ExitCode.WRONG;
    }

    /** A lost address that matches no recipient may be any of those that are not confirmed. */
    private static boolean isAnyUnknown(
            SendResult result,
            List<String> recipients,
            EchoedAddresses echoed,
            Set<String> refused,
            List<String> lost) {
        Set<String> known = new HashSet<>(refused);
        known.addAll(echoed.of(result.getDelivered()));
        known.addAll(echoed.of(result.getQueued()));
        return !echoed.strangers(lost).isEmpty() && !known.containsAll(recipients);
    }

    private static String outcome(int recipients, int refused, Optional<String> id) {
        if (refused >= recipients) {
            return "not sent to any recipient"
                    + id.map(text -> " (message " + text + ")").orElse("");
        }
        String some = refused == 0 ? "" : " for " + (recipients - refused) + " of " + recipients + " recipients";
        return "accepted" + some + id.map(text -> " as " + text).orElse("");
    }

    static int tell(CloudflareApiException failure, Page page) {
        if (failure.isAcceptanceUnknown()) {
            mayBeSent(failure.getMessage(), page);
            return ExitCode.MAY_BE_SENT;
        }
        Failures.tell(failure, page);
        return failure.getStatus() == 0 ? ExitCode.UNREACHABLE : ExitCode.WRONG;
    }

    static void mayBeSent(String message, Page page) {
        page.error(
                message,
                JsonText.object(
                        "error", JsonText.object("message", message, "retryable", false, "may_have_been_sent", true)),
                MAY_BE_SENT);
    }
}
