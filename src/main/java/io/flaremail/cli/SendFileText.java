package io.flaremail.cli;

import io.flaremail.CloudflareProperty;
import io.flaremail.SendReport;
import jakarta.mail.MessagingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of an .eml file. */
final class SendFileText {
    private SendFileText() {}

    static int tell(SendReport report, Page page) {
        page.line("accepted" + report.getMessageId().map(id -> " as " + id).orElse(""));
        recipients(report, page);
        page.json(json(report));
        return ExitCode.OK;
    }

    /**
     * @param report null when connecting failed
     * @param tokenPlace where the command line found the token; the transport knows it by a property
     */
    static int tell(MessagingException failure, SendReport report, String tokenPlace, Page page) {
        String message = String.valueOf(failure.getMessage())
                .replace(
                        "The token came from " + CloudflareProperty.TOKEN.key() + ".",
                        "The token came from " + tokenPlace + ".");
        if (report == null) {
            page.error(message, error(message, false));
            return ExitCode.USAGE;
        }
        if (report.isSuccess()) {
            return tell(report, page); // the session asks for an exception after success, too
        }
        if (report.isAcceptanceUnknown()) {
            SendText.mayBeSent(message, page);
            return ExitCode.MAY_BE_SENT;
        }
        recipients(report, page);
        Map<String, Object> details = json(report);
        details.putAll(error(message, report.isRetryable()));
        page.error(message, details);
        boolean unreached = report.getStatus() == 0 && report.getAttempts() > 0;
        return unreached ? ExitCode.UNREACHABLE : ExitCode.WRONG;
    }

    private static void recipients(SendReport report, Page page) {
        page.table(
                Arrays.asList("BECAME", "RECIPIENT"),
                report.getRecipients().stream()
                        .map(outcome -> Arrays.asList(
                                outcome.getStatus().name().toLowerCase(Locale.ROOT),
                                outcome.getAddress().getAddress()))
                        .collect(Collectors.toList()));
    }

    private static Map<String, Object> json(SendReport report) {
        return JsonText.object(
                "message_id",
                report.getMessageId(),
                "recipients",
                report.getRecipients().stream()
                        .map(outcome -> JsonText.object(
                                "address",
                                outcome.getAddress().getAddress(),
                                "status",
                                outcome.getStatus().name().toLowerCase(Locale.ROOT)))
                        .collect(Collectors.toList()),
                "rays",
                report.getRays(),
                "attempts",
                report.getAttempts(),
                "may_have_been_sent",
                report.isAcceptanceUnknown());
    }

    private static Map<String, Object> error(String message, boolean retryable) {
        return JsonText.object("error", JsonText.object("message", message, "retryable", retryable));
    }
}
