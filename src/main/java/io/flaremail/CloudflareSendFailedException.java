package io.flaremail;

import io.flaremail.api.ApiError;
import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A message was not, or not wholly, accepted. The three address arrays are SMTP's; what SMTP could not say is here:
 * public so that an application can ask whether to try again.
 *
 * <p>Arrays follow Angus Mail's SMTP transport: bounced and suppressed recipients are invalid, recipients of a refused
 * request are valid unsent. With Angus Mail on the class path its {@code SMTPAddressFailedException} and
 * {@code SMTPSendFailedException} are chained, see {@link #getNextException()}.
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

    /** Everything known about the message; not null. */
    public SendReport getReport() {
        return report;
    }

    /** The HTTP status of the last answer, or 0 when there was none. */
    public int getStatus() {
        return report.getStatus();
    }

    /** The reasons the API gave; never null. */
    public List<ApiError> getErrors() {
        return report.getErrors();
    }

    /** Whether nothing was sent to the valid unsent addresses, and sending to them later may succeed. */
    public boolean isRetryable() {
        return report.isRetryable();
    }

    /** How long the API asked to wait before another try. */
    public Optional<Duration> getRetryAfter() {
        return report.getRetryAfter();
    }

    /**
     * Whether the message may have been accepted without a confirmation. A program must not send it again by
     * itself; a person, or the recipients, can tell whether it arrived.
     */
    public boolean isAcceptanceUnknown() {
        return report.isAcceptanceUnknown();
    }
}
