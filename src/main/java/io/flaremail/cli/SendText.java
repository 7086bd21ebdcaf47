package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.SendResult;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The outcome of a message, for people and for machines. */
final class SendText {
    static final String MAY_BE_SENT = "The message may have been sent. Do not send it again; ask the recipients.";

    private SendText() {}

    /** @param recipients how many different ones the message has */
    static int tell(SendResult result, int recipients, Page page) {
        Set<String> refused = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        refused.addAll(result.getPermanentBounces());
        refused.addAll(result.getSuppressedRecipients());
        boolean whole = refused.isEmpty();
        page.text(outcome(recipients, refused.size(), result.getMessageId()));
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
