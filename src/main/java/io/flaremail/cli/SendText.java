package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.SendResult;

/** What became of a message of parts. */
final class SendText {
    static final String MAY_BE_SENT = "The message may have been sent. Do not send it again; ask the recipients.";

    private SendText() {}

    static int tell(SendResult result, Page page) {
        boolean whole = result.getPermanentBounces().isEmpty()
                && result.getSuppressedRecipients().isEmpty();
        page.line("accepted" + (whole ? "" : " for some")
                + result.getMessageId().map(id -> " as " + id).orElse(""));
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
