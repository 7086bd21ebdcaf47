package io.flaremail;

import io.flaremail.api.ApiError;
import io.flaremail.api.ErrorAdvice;
import io.flaremail.config.CloudflareProperty;
import io.flaremail.http.NetworkFailure;
import io.flaremail.text.Printable;
import io.flaremail.text.WireAddress;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The message of the exception after a send, on one line: the outcome for the recipients, the cause, and advice. Many
 * programs show only this text, so it names addresses, as SMTP providers do.
 *
 * <p>Tests: FailureTextTest.
 */
final class FailureText {
    private static final int MOST_NAMED = 5;

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final SendReport report;
    private final boolean isAnySent;

    private FailureText(SendReport report) {
        this.report = report;
        this.isAnySent = report.addresses(RecipientStatus.Fate.SENT) != null;
    }

    /** @param tokenSource where the token came from; named if the token is refused */
    static String of(SendReport report, String tokenSource) {
        FailureText text = new FailureText(report);
        return report.isSuccess() ? text.success() : text.failure(tokenSource) + text.acceptedEarlier();
    }

    /**
     * Advice on an error: sentences with a leading space each, or an empty string.
     *
     * @param tokenSource where the token came from; named if the token is refused
     */
    static String advice(int status, List<ApiError> errors, Object tokenSource) {
        String refused = status == 401 || status == 403 ? " The token came from " + tokenSource + "." : "";
        return ErrorAdvice.of(status, errors).map(advice -> " " + advice.text()).orElse("") + refused;
    }

    private String failure(String tokenSource) {
        if (report.isAcceptanceUnknown()) {
            return unknown();
        }
        if (report.addresses(RecipientStatus.Fate.UNSENT) == null) {
            return rejected();
        }
        if (report.getStatus() == 0) {
            return unsent();
        }
        return refused() + "." + advice(report.getStatus(), report.getErrors(), tokenSource) + sender();
    }

    private String success() {
        return "Cloudflare accepted the message for all recipients ("
                + report.getRecipients().size() + ")" + trace() + ": " + CloudflareProperty.REPORT_SUCCESS.key()
                + " is on";
    }

    private String unknown() {
        String unknown = names(RecipientStatus.UNKNOWN);
        if (!report.getUnmatchedAddresses().isEmpty()) {
            return (report.unknownHeldBack() > 0 ? heldBack() + ". " : "") + "Cloudflare accepted the message" + trace()
                    + " but reports a failure for " + unmatched()
                    + ", which matches none of the recipients: it may not have been sent to " + unknown
                    + ". Sending it again may send it twice" + andUnsent(cause()) + andRejections();
        }
        if (report.unknownHeldBack() > 0) {
            String why = cause() + trace();
            return heldBack() + (why.isEmpty() ? "" : ". The last answer for the others" + why) + andRejections();
        }
        return "No usable answer from Cloudflare after the message went out" + cause() + trace()
                + ": it may have been accepted for " + unknown
                + ". It was not tried again, and sending it again may send it twice" + andUnsent("") + andRejections();
    }

    /** For a message of several requests, of which one left recipients unknown. */
    private String andUnsent(String cause) {
        return report.count(RecipientStatus.REFUSED) + report.count(RecipientStatus.UNSENT) == 0
                ? ""
                : "; not sent to " + names(RecipientStatus.REFUSED, RecipientStatus.UNSENT) + cause;
    }

    private String heldBack() {
        return "Not sent again to " + report.unknownHeldBack() + " of "
                + report.getRecipients().size() + " recipients: an earlier try may have been accepted for them, and "
                + CloudflareProperty.GUARD_UNKNOWN.key() + " is on";
    }

    private String acceptedEarlier() {
        long count = report.count(RecipientStatus.ACCEPTED_EARLIER);
        return count == 0 ? "" : " (" + count + " already accepted by an earlier try and not sent again)";
    }

    private String unmatched() {
        return report.getUnmatchedAddresses().stream().map(Printable::quoted).collect(Collectors.joining(", "));
    }

    /** For a failure without unsent recipients: the message was sent to the others, if any. */
    private String rejected() {
        int count = report.addresses(RecipientStatus.Fate.BAD).length;
        boolean refused = report.count(RecipientStatus.INVALID) == 0;
        if (!refused && report.getAttempts() == 0) {
            return "Nothing was sent: " + rejections();
        }
        return (refused ? "Cloudflare refused " : "The message was not sent to ") + count + " of "
                + report.getRecipients().size() + " recipients" + trace() + ": " + rejections();
    }

    private String unsent() {
        if (!report.getFailure().isPresent()) {
            return "Nothing was sent: " + rejections();
        }
        Exception failure = report.getFailure().get();
        if (isAnySent) {
            return "Only some recipients were sent the message" + trace() + "; not sent to "
                    + names(RecipientStatus.UNSENT) + ": " + reason(failure) + andRejections();
        }
        return nothingSent(failure) + andRejections();
    }

    private String nothingSent(Exception failure) {
        if (TransportResult.isOfTheNetwork(report)) {
            return "Could not reach Cloudflare, nothing was sent: " + reason(failure);
        }
        return failure instanceof MessagingException
                ? Printable.line(String.valueOf(failure.getMessage()))
                : "The message could not be serialised, nothing was sent: " + reason(failure);
    }

    private String refused() {
        boolean byProxy = report.getStatus() == PROXY_AUTHENTICATION_REQUIRED;
        return (byProxy ? "The proxy refused the message" : "Cloudflare refused the message") + " for "
                + names(RecipientStatus.REFUSED, RecipientStatus.UNSENT)
                + (isAnySent ? " (sent to the others)" : "") + cause() + trace() + andRejections();
    }

    /** The envelope sender, for a 403: the application may not have set it. */
    private String sender() {
        return report.getStatus() == 403
                ? report.getReversePath()
                        .map(address -> " The envelope sender is " + address + ".")
                        .orElse("")
                : "";
    }

    private String andRejections() {
        String rejections = rejections();
        return rejections.isEmpty() ? "" : "; " + rejections;
    }

    /** The rejected recipients, and why. */
    private String rejections() {
        List<String> rejections = new ArrayList<>();
        if (report.count(RecipientStatus.BOUNCED) > 0) {
            rejections.add("bounced " + names(RecipientStatus.BOUNCED));
        }
        if (report.count(RecipientStatus.SUPPRESSED) > 0) {
            rejections.add("suppressed " + names(RecipientStatus.SUPPRESSED));
        }
        if (report.count(RecipientStatus.INVALID) > 0) {
            rejections.add(list("; ", FailureText::invalid, RecipientStatus.INVALID));
        }
        return String.join("; ", rejections);
    }

    private static String invalid(String address) {
        return "recipient " + Printable.quoted(address) + " "
                + WireAddress.of(address).problem();
    }

    private String names(RecipientStatus... statuses) {
        return list(", ", Printable::line, statuses);
    }

    /** The first few distinct addresses. */
    private String list(String separator, Function<String, String> form, RecipientStatus... statuses) {
        List<String> addresses = new ArrayList<>();
        for (RecipientStatus status : statuses) {
            report.getRecipients().stream()
                    .filter(outcome -> outcome.getStatus() == status)
                    .map(outcome -> String.valueOf(outcome.getAddress().getAddress()))
                    .forEach(addresses::add);
        }
        List<String> once = addresses.stream().distinct().collect(Collectors.toList());
        String named = once.stream().limit(MOST_NAMED).map(form).collect(Collectors.joining(separator));
        return once.size() > MOST_NAMED ? named + " and " + (once.size() - MOST_NAMED) + " more" : named;
    }

    private String cause() {
        String status = report.getStatus() == 0 ? "" : ": HTTP " + report.getStatus();
        String errors = report.getErrors().stream().map(error -> ", " + error).collect(Collectors.joining());
        String failure = report.getFailure().map(cause -> ": " + reason(cause)).orElse("");
        return status + errors + failure;
    }

    private static String reason(Exception failure) {
        return Printable.line(
                failure instanceof IOException ? NetworkFailure.reason((IOException) failure) : failure.toString());
    }

    private String trace() {
        List<String> trace = new ArrayList<>();
        report.getRedirect().ifPresent(address -> trace.add("redirected to " + address));
        if (!report.getMessageIds().isEmpty()) {
            trace.add("message " + String.join(" ", report.getMessageIds()));
        }
        if (!report.getRays().isEmpty()) {
            trace.add("ray " + String.join(" ", report.getRays()));
        }
        return trace.isEmpty() ? "" : " (" + String.join(", ", trace) + ")";
    }
}
