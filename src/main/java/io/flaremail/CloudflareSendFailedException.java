package io.flaremail;

import io.flaremail.api.ApiError;
import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Thrown if a message was not accepted for all recipients, or its acceptance is unknown; with
 * {@code mail.cloudflare.reportsuccess} also after success. Its report has the outcome for each recipient and tells
 * whether a retry is safe.
 *
 * <p>The address arrays follow Angus Mail's SMTP transport: bounced and suppressed recipients are invalid, recipients
 * of a refused request are valid unsent. If the application has an SMTP provider, its
 * {@code SMTPAddressFailedException} and {@code SMTPSendFailedException} are chained, see {@link #getNextException()}.
 */
public final class CloudflareSendFailedException extends SendFailedException {
    private static final long serialVersionUID = 1L;

    private final SendReport report;

    CloudflareSendFailedException(
            String message,
            Exception cause,
            Address[] validSent,
            Address[] validUnsent,
            Address[] invalid,
            SendReport report) {
        super(message, cause, validSent, validUnsent, invalid);
        this.report = report;
    }

    /** The outcome of the message; never null. */
    public SendReport getReport() {
        return report;
    }

    /** The HTTP status of the last response, or 0 if there was none; see {@link SendReport#getStatus()}. */
    public int getStatus() {
        return report.getStatus();
    }

    /** The errors in the API's last response; never null, may be empty. */
    public List<ApiError> getErrors() {
        return report.getErrors();
    }

    /**
     * True if the message was not sent to the recipients that are {@code REFUSED} or {@code UNSENT}, and a later retry
     * to them may succeed. Check {@link #isAcceptanceUnknown()} first.
     */
    public boolean isRetryable() {
        return report.isRetryable();
    }

    /** The wait before a retry that the API asked for; empty if it asked for none. */
    public Optional<Duration> getRetryAfter() {
        return report.getRetryAfter();
    }

    /**
     * True if the message may have been accepted for some recipients without a confirmation. Do not retry it
     * automatically: it could arrive twice. A person, or the recipients, can find out whether it arrived.
     */
    public boolean isAcceptanceUnknown() {
        return report.isAcceptanceUnknown();
    }
}
