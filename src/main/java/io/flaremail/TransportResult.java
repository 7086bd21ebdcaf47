package io.flaremail;

import io.flaremail.http.RequestBodyException;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;

/**
 * Translates a report into Jakarta Mail's terms: one event, and at most one exception. Only decides: it does not fire
 * or throw. Null and empty arrays differ as in Angus Mail's SMTP transport.
 *
 * <p>Tests: TransportResultTest, OutcomeTableTest, FailureTextTest.
 */
final class TransportResult {
    private static final Address[] NONE = {};

    final int event;
    final Address[] validSent;
    final Address[] validUnsent;
    final Address[] invalid;

    /** Null after success, unless {@code reportsuccess} is on. */
    final MessagingException exception;

    /**
     * An Error of the message, thrown instead of the exception as with SMTP; null if any recipient may have the
     * message.
     */
    final Error error;

    /** Whether the network failed, which closes the transport as with SMTP. */
    final boolean disconnects;

    /** @param text the exception's message, or null for no exception */
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
     * @param message the message sent; exceptions of its SMTP provider are chained
     * @param reportSuccess whether success throws too
     * @param tokenSource where the token came from; named if the token is refused
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

    /** A plain MessagingException, as with SMTP, if no address is sent, invalid or unknown. */
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

    /** Whether the network failed, not the message or its addresses. */
    static boolean isOfTheNetwork(SendReport report) {
        return report.getAttempts() > 0
                && report.getFailure()
                        .filter(failure -> !(failure instanceof RequestBodyException))
                        .isPresent();
    }
}
