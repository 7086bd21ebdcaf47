package io.flaremail;

import io.flaremail.api.MimeTextException;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.event.TransportEvent;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * Translates a report into Jakarta Mail's terms: one event, and perhaps one exception. Decides only; nothing is fired or
 * thrown here. Null and empty arrays differ as in Angus Mail's SMTP transport.
 */
final class Conclusion {
    private static final Address[] NONE = {};

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    final int event;
    final Address[] validSent;
    final Address[] validUnsent;
    final Address[] invalid;

    /** Null when the message went out and nobody wants to hear of it. */
    final MessagingException exception;

    /** Thrown instead of the exception, as SMTP would let it pass: an Error of the message, when nothing was sent. */
    final Error error;

    /** Whether the way to the API is broken, which ends the connection as it does for SMTP. */
    final boolean disconnects;

    private final String tokenSource;

    private Conclusion(
            int event,
            Address[] sent,
            Address[] unsent,
            Address[] bad,
            SendReport report,
            boolean loudly,
            String tokenSource) {
        this.event = event;
        this.validSent = sent;
        this.validUnsent = unsent;
        this.invalid = bad;
        this.tokenSource = tokenSource;
        this.error = report.error();
        this.disconnects = isOfTheNetwork(report);
        this.exception = event == TransportEvent.MESSAGE_DELIVERED ? null : exception(report, loudly);
    }

    /**
     * @param reportSuccess whether success is thrown too
     * @param tokenSource where the token came from, for whom it is refused
     */
    static Conclusion of(SendReport report, boolean reportSuccess, String tokenSource) {
        Address[] sent = report.addresses(RecipientStatus.Fate.SENT);
        Address[] unsent = report.addresses(RecipientStatus.Fate.UNSENT);
        Address[] bad = report.addresses(RecipientStatus.Fate.BAD);
        if (report.isSuccess() && !reportSuccess) {
            return new Conclusion(TransportEvent.MESSAGE_DELIVERED, sent, null, null, report, false, tokenSource);
        }
        if (sent != null) {
            return new Conclusion(
                    TransportEvent.MESSAGE_PARTIALLY_DELIVERED,
                    sent,
                    unsent == null ? NONE : unsent,
                    bad == null ? NONE : bad,
                    report,
                    reportSuccess,
                    tokenSource);
        }
        return new Conclusion(
                TransportEvent.MESSAGE_NOT_DELIVERED,
                null,
                unsent == null ? NONE : unsent,
                bad,
                report,
                reportSuccess,
                tokenSource);
    }

    /** A failure without any bad, sent or doubtful address is SMTP's plain one: nobody's address is at fault. */
    private MessagingException exception(SendReport report, boolean reportSuccess) {
        boolean plain =
                validSent == null && invalid == null && report.getStatus() == 0 && !report.isAcceptanceUnknown();
        if (plain) {
            return plain(report);
        }
        CloudflareSendFailedException failure = new CloudflareSendFailedException(
                text(report) + acceptedEarlier(report), null, validSent, validUnsent, invalid, report);
        AngusMail.chain(failure, report, reportSuccess);
        report.getFailure().ifPresent(failure::setNextException);
        return failure;
    }

    private static MessagingException plain(SendReport report) {
        Exception failure = report.getFailure().orElseThrow(IllegalStateException::new);
        if (failure instanceof MessagingException) {
            return (MessagingException) failure;
        }
        String what = isOfTheNetwork(report)
                ? "Could not reach Cloudflare, nothing was sent: "
                : "The message could not be serialised, nothing was sent: ";
        return new MessagingException(what + reason(failure), failure);
    }

    private static boolean isOfTheNetwork(SendReport report) {
        return report.getAttempts() > 0
                && report.getFailure()
                        .filter(failure -> !(failure instanceof MimeTextException))
                        .isPresent();
    }

    private static String reason(Exception failure) {
        boolean itsWordsWillDo = failure instanceof IOException && failure.getMessage() != null;
        return Printable.line(itsWordsWillDo ? failure.getMessage() : failure.toString());
    }

    private String text(SendReport report) {
        if (report.isSuccess()) {
            return "Cloudflare accepted the message for all recipients (" + validSent.length + ")" + trace(report)
                    + ": " + CloudflareProperty.REPORT_SUCCESS.key() + " is on";
        }
        if (!report.getUnmatchedAddresses().isEmpty()) {
            return (report.unknownHeldBack() > 0 ? heldBack(report) + ". " : "") + "Cloudflare accepted the message"
                    + trace(report)
                    + " but reports as lost " + unmatched(report)
                    + ", which matches none of the recipients: it may not have been sent to all of them. Sending it"
                    + " again may send it twice";
        }
        if (report.unknownHeldBack() > 0) {
            return heldBack(report) + rest(report);
        }
        if (report.isAcceptanceUnknown()) {
            return "No usable answer from Cloudflare after the message went out" + cause(report) + trace(report)
                    + ": it may have been accepted. It was not tried again, and sending it again may send it twice";
        }
        if (report.getAttempts() == 0 && !report.getFailure().isPresent()) {
            return "Nothing was sent: "
                    + report.getRecipients().stream()
                            .filter(outcome -> outcome.getStatus() == RecipientStatus.INVALID)
                            .map(Conclusion::invalid)
                            .collect(Collectors.joining("; "));
        }
        if (report.getStatus() == 0) {
            return "Only some recipients were sent the message" + trace(report) + ", see getValidSentAddresses(); then"
                    + cause(report);
        }
        if (validUnsent.length > 0) {
            return refusal(report) + (validSent == null ? "" : " for some recipients") + cause(report) + trace(report)
                    + "." + Remedy.of(report.getStatus(), report.getErrors()) + sender(report);
        }
        return "Cloudflare refused " + invalid.length + " of "
                + report.getRecipients().size() + " recipients, " + report.count(RecipientStatus.BOUNCED)
                + " bounced and "
                + report.count(RecipientStatus.SUPPRESSED) + " suppressed" + trace(report)
                + ": see getInvalidAddresses()";
    }

    private static String unmatched(SendReport report) {
        return report.getUnmatchedAddresses().stream().map(Printable::quoted).collect(Collectors.joining(", "));
    }

    private static String heldBack(SendReport report) {
        return "Not sent again to " + report.unknownHeldBack() + " of "
                + report.getRecipients().size() + " recipients: an earlier try may have been accepted for them, and "
                + CloudflareProperty.GUARD_UNKNOWN.key() + " is on";
    }

    /** What there is to say of the recipients that were not held back. */
    private static String rest(SendReport report) {
        String why = cause(report) + trace(report);
        return why.isEmpty() ? "" : ". The last answer for the others" + why;
    }

    private static String acceptedEarlier(SendReport report) {
        long count = report.count(RecipientStatus.ACCEPTED_EARLIER);
        return count == 0 || report.isSuccess()
                ? ""
                : " (" + count + " had the message from an earlier try and were not sent it again)";
    }

    /** Which domain a 403 is about: an application may not know whom its mail is from. */
    private static String sender(SendReport report) {
        return report.getStatus() == 403
                ? report.getReversePath()
                        .map(address -> " The envelope sender is " + address + ".")
                        .orElse("")
                : "";
    }

    private static String refusal(SendReport report) {
        return report.getStatus() == PROXY_AUTHENTICATION_REQUIRED
                ? "The proxy refused the message"
                : "Cloudflare refused the message";
    }

    private static String invalid(RecipientOutcome outcome) {
        String address = String.valueOf(outcome.getAddress().getAddress());
        return "recipient " + Printable.quoted(address) + " "
                + WireAddress.of(address).problem();
    }

    private static String cause(SendReport report) {
        String status = report.getStatus() == 0 ? "" : ": HTTP " + report.getStatus();
        String errors = report.getErrors().stream().map(error -> ", " + error).collect(Collectors.joining());
        String failure = report.getFailure().map(cause -> ": " + reason(cause)).orElse("");
        return status + errors + failure;
    }

    private static String trace(SendReport report) {
        String message = report.getMessageIds().isEmpty() ? "" : "message " + String.join(" ", report.getMessageIds());
        String ray = report.getRays().isEmpty() ? "" : "ray " + String.join(" ", report.getRays());
        String both = message.isEmpty() || ray.isEmpty() ? message + ray : message + ", " + ray;
        return both.isEmpty() ? "" : " (" + both + ")";
    }
}
