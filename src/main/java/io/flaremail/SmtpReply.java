package io.flaremail;

import io.flaremail.text.Printable;

/**
 * The outcome of a message, expressed as an SMTP reply, for applications that call
 * {@code SMTPTransport.getLastServerResponse()}. Reply codes are from RFC 5321 section 4.2.3, and 535 from RFC 4954.
 *
 * <p>Tests: SmtpFormTransportTest.
 */
final class SmtpReply {
    /** -1 if there is no reply. */
    final int code;

    /** Null if there is no reply. */
    final String text;

    private SmtpReply(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** @param report null if no message was sent */
    static SmtpReply of(SendReport report) {
        int code = report == null ? -1 : code(report);
        return new SmtpReply(code, code < 0 ? null : code + " " + text(report));
    }

    /** A message of unknown outcome must not look temporary: it would be sent again. */
    private static int code(SendReport report) {
        if (report.isSuccess()) {
            return 250;
        }
        if (report.isAcceptanceUnknown()) {
            return 554;
        }
        if (report.isRetryable()) {
            return 451;
        }
        if (report.getStatus() == 401) {
            return 535;
        }
        return report.addresses(RecipientStatus.Fate.BAD) == null ? report.getStatus() == 0 ? -1 : 554 : 550;
    }

    private static String text(SendReport report) {
        return report.isSuccess()
                ? "Accepted " + String.join(" ", report.getMessageIds())
                : Printable.line(FailureText.of(report, "the session"));
    }
}
