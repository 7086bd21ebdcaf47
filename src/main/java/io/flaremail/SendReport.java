package io.flaremail;

import io.flaremail.api.ApiError;
import jakarta.mail.internet.InternetAddress;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What became of one message: reaches a {@link SendListener}, and comes with every
 * {@link CloudflareSendFailedException}. Immutable.
 *
 * <p>A message to more than 50 recipients is several requests; the report is one.
 */
public final class SendReport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> messageIds;
    private final ArrayList<String> rays;
    private final ArrayList<RecipientOutcome> recipients;
    private final ArrayList<ApiError> errors;
    private final ArrayList<String> unmatched;
    private final int status;
    private final int attempts;
    private final Duration duration;
    private final Duration retryAfter;
    private final boolean retryable;
    private final String redirect;
    private final String reversePath;
    private final int unknownHeldBack;
    private final transient Exception failure;

    SendReport(SendProgress progress, Duration duration) {
        this.messageIds = new ArrayList<>(progress.messageIds);
        this.rays = new ArrayList<>(progress.rays);
        this.recipients = new ArrayList<>(progress.recipients());
        this.errors = new ArrayList<>(progress.errors);
        this.unmatched = new ArrayList<>(progress.unmatched);
        this.status = progress.status;
        this.attempts = progress.attempts;
        this.duration = duration;
        this.retryAfter = progress.retryAfter;
        this.unknownHeldBack = progress.unknownHeldBack;
        this.retryable = progress.retryable && unknownHeldBack == 0;
        this.redirect = progress.redirect();
        this.reversePath = progress.reversePath;
        this.failure = progress.failure;
    }

    /** The Message-ID the service gave, angle brackets included; of several requests the first one's. */
    public Optional<String> getMessageId() {
        return messageIds.stream().findFirst();
    }

    /** The Message-IDs of all requests that were accepted, in order; never null. */
    public List<String> getMessageIds() {
        return Collections.unmodifiableList(messageIds);
    }

    /** The outcome for every recipient, in the order given; never null or empty. */
    public List<RecipientOutcome> getRecipients() {
        return Collections.unmodifiableList(recipients);
    }

    /**
     * The address that got the message instead of all recipients, by {@code mail.cloudflare.redirect}. The recipients'
     * outcomes are then this address's.
     */
    public Optional<String> getRedirect() {
        return Optional.ofNullable(redirect);
    }

    /** The envelope sender, as it went out; empty when the message was refused before one was found. */
    public Optional<String> getReversePath() {
        return Optional.ofNullable(reversePath);
    }

    /** The {@code cf-ray} of each answer, by which Cloudflare's support finds the request; never null. */
    public List<String> getRays() {
        return Collections.unmodifiableList(rays);
    }

    /**
     * How many HTTP requests were begun. 0 when the message was refused before the first one, or when all its recipients were held back
     * because of an earlier send; see {@code mail.cloudflare.guard}.
     */
    public int getAttempts() {
        return attempts;
    }

    /** From the call to the outcome. */
    public Duration getDuration() {
        return duration;
    }

    /** The HTTP status of the last answer, or 0 when there was none, as when no request was made. */
    public int getStatus() {
        return status;
    }

    /** The reasons the API gave with its last answer; never null. */
    public List<ApiError> getErrors() {
        return Collections.unmodifiableList(errors);
    }

    /**
     * Addresses that the API reported as lost and that match none of the recipients, as it spelled them; the first few,
     * never null. The recipients that it did not confirm are then {@link RecipientStatus#UNKNOWN}.
     */
    public List<String> getUnmatchedAddresses() {
        return Collections.unmodifiableList(unmatched);
    }

    /** How long the API asked to wait before another try. */
    public Optional<Duration> getRetryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether nothing was sent to the recipients that are {@code REFUSED} or {@code UNSENT}, and a later try may succeed. */
    public boolean isRetryable() {
        return retryable;
    }

    /**
     * Whether some recipients may have been sent the message without a confirmation. A program must not send it
     * again by itself: the API cannot tell a repeat from a new message.
     */
    public boolean isAcceptanceUnknown() {
        return recipients.stream().anyMatch(outcome -> outcome.getStatus() == RecipientStatus.UNKNOWN);
    }

    /** How many of the unknown recipients were not sent the message, since an earlier send of it may have been accepted. */
    int unknownHeldBack() {
        return unknownHeldBack;
    }

    /** Whether every recipient was accepted, by this send or an earlier one. */
    public boolean isSuccess() {
        return recipients.stream().allMatch(outcome -> outcome.getStatus().fate() == RecipientStatus.Fate.SENT);
    }

    /**
     * The local failure behind it: of I/O, of serialising the message, of its addresses. Empty in a report that has been
     * serialised and read back, since failures hold what cannot be.
     */
    public Optional<Exception> getFailure() {
        return Optional.ofNullable(failure);
    }

    /** The Error behind the failure, when nothing was sent because of it; null when there is none. */
    Error error() {
        Throwable cause = failure == null ? null : failure.getCause();
        boolean nothingSent = recipients.stream()
                .map(RecipientOutcome::getStatus)
                .allMatch(status -> status == RecipientStatus.UNSENT || status == RecipientStatus.INVALID);
        return nothingSent && cause instanceof Error ? (Error) cause : null;
    }

    /** The addresses of one fate; null when there are none. */
    InternetAddress[] addresses(RecipientStatus.Fate fate) {
        InternetAddress[] addresses = recipients.stream()
                .filter(outcome -> outcome.getStatus().fate() == fate)
                .map(RecipientOutcome::getAddress)
                .toArray(InternetAddress[]::new);
        return addresses.length == 0 ? null : addresses;
    }

    long count(RecipientStatus status) {
        return recipients.stream()
                .filter(outcome -> outcome.getStatus() == status)
                .count();
    }

    /** One line without addresses: fit for a log. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("SendReport[");
        for (RecipientStatus each : RecipientStatus.values()) {
            if (count(each) > 0) {
                line.append(count(each)).append(' ').append(each).append(", ");
            }
        }
        return line.append("messageIds=")
                .append(messageIds)
                .append(", status=")
                .append(status)
                .append(", rays=")
                .append(rays)
                .append(", attempts=")
                .append(attempts)
                .append(", ")
                .append(duration.toMillis())
                .append(" ms]")
                .toString();
    }
}
