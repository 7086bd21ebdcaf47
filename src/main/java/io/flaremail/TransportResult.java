package io.flaremail;

import io.flaremail.http.RequestBodyException;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;

/**
 * Translates a report into Jakarta Mail's terms: one event, and perhaps one exception. Decides only; nothing is fired or
 * thrown here. Null and empty arrays differ as in Angus Mail's SMTP transport.
 *
 * <p>Tests: TransportResultTest, OutcomeTableTest, FailureTextTest.
 */
final class TransportResult {
    private static final Address[] NONE = {};

    final int event;
    final Address[] validSent;
    final Address[] validUnsent;
    final Address[] invalid;

    /** Null after success, unless success is reported too. */
    final MessagingException exception;

    /** Thrown instead of the exception, as SMTP would let it pass: an Error of the message, when nothing was sent. */
    final Error error;

    /** Whether the way to the API is broken, which ends the connection as it does for SMTP. */
    final boolean disconnects;

    /** @param text what the exception says, or null for no exception */
    private TransportResult(
            int event, Address[] sent, Address[] unsent, Address[] bad, SendReport report, String text) {
        this.event = event;
        this.validSent = sent;
        this.validUnsent = unsent;
        this.invalid = bad;
        this.error = report.error();
        this.disconnects = isOfTheNetwork(report);
        this.exception = text == null ? null : exception(report, text);
    }

    /**
     * @param message what was sent: exceptions of its SMTP provider are chained
     * @param reportSuccess whether success is thrown too
     * @param tokenSource where the token came from, named when it is refused
     */
    static TransportResult of(SendReport report, MimeMessage message, boolean reportSuccess, String tokenSource) {
        Address[] sent = report.addresses(RecipientStatus.Fate.SENT);
        if (report.isSuccess() && !reportSuccess) {
            return new TransportResult(TransportEvent.MESSAGE_DELIVERED, sent, null, null, report, null);
        }
        Address[] unsent = report.addresses(RecipientStatus.Fate.UNSENT);
        Address[] bad = report.addresses(RecipientStatus.Fate.BAD);
        TransportResult result = new TransportResult(
                sent == null ? TransportEvent.MESSAGE_NOT_DELIVERED : TransportEvent.MESSAGE_PARTIALLY_DELIVERED,
                sent,
                unsent == null ? NONE : unsent,
                sent != null && bad == null ? NONE : bad,
                report,
                FailureText.of(report, tokenSource));
        if (result.exception instanceof CloudflareSendFailedException) {
            CloudflareSendFailedException failure = (CloudflareSendFailedException) result.exception;
            SmtpExceptions.chain(failure, report, message, reportSuccess);
            report.getFailure().ifPresent(failure::setNextException);
        }
        return result;
    }

    /** A failure without any bad, sent or doubtful address is SMTP's plain one: no address is at fault. */
    private MessagingException exception(SendReport report, String text) {
        boolean plain =
                validSent == null && invalid == null && report.getStatus() == 0 && !report.isAcceptanceUnknown();
        if (!plain) {
            return new CloudflareSendFailedException(text, null, validSent, validUnsent, invalid, report);
        }
        Exception failure = report.getFailure().orElseThrow(IllegalStateException::new);
        return failure instanceof MessagingException
                ? (MessagingException) failure
                : new MessagingException(text, failure);
    }

    /** Whether it is the network that failed, and not the message or its addresses. */
    static boolean isOfTheNetwork(SendReport report) {
        return report.getAttempts() > 0
                && report.getFailure()
                        .filter(failure -> !(failure instanceof RequestBodyException))
                        .isPresent();
    }
}
