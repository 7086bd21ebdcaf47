package io.flaremail;

import io.flaremail.api.ApiError;
import io.flaremail.api.SendOutcome;
import io.flaremail.api.SendResult;
import jakarta.mail.internet.InternetAddress;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The outcome of one message, passed to a {@link SendListener} and with every {@link CloudflareSendFailedException}.
 * Immutable.
 *
 * <p>A message to more than 50 recipients takes several requests, but has one report.
 *
 * <p>Tests: TransportResultTest, OutcomeTableTest.
 */
public final class SendReport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<RecipientOutcome> recipients;

    /** One for each request, in order; all but the last one were accepted. */
    private final ArrayList<SendOutcome> outcomes;

    /** The local failure that ended the send, if {@link #failedLocally}. */
    private final transient Exception failure;

    private final boolean failedLocally;
    private final boolean retryable;
    private final ArrayList<String> unmatched;
    private final int unknownHeldBack;
    private final MessageFacts message;
    private final Duration duration;

    /**
     * @param failure null if no local failure ended the send
     */
    SendReport(
            List<RecipientOutcome> recipients,
            List<SendOutcome> outcomes,
            Exception failure,
            boolean retryable,
            List<String> unmatched,
            int unknownHeldBack,
            MessageFacts message,
            Duration duration) {
        this.recipients = new ArrayList<>(recipients);
        this.outcomes = new ArrayList<>(outcomes);
        this.failure = failure;
        this.failedLocally = failure != null;
        this.retryable = retryable;
        this.unmatched = new ArrayList<>(unmatched);
        this.unknownHeldBack = unknownHeldBack;
        this.message = message;
        this.duration = duration;
    }

    private Optional<SendOutcome> last() {
        return outcomes.isEmpty() ? Optional.empty() : Optional.of(outcomes.get(outcomes.size() - 1));
    }

    /**
     * The Message-ID that the service assigned, with angle brackets; the first one if there were several requests.
     * Empty if no request was accepted, or the API gave no id.
     */
    public Optional<String> getMessageId() {
        return getMessageIds().stream().findFirst();
    }

    /** The Message-IDs of all accepted requests, in order; never null. */
    public List<String> getMessageIds() {
        return Collections.unmodifiableList(outcomes.stream()
                .map(outcome -> outcome.getResult().flatMap(SendResult::getMessageId))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect(Collectors.toList()));
    }

    /** The outcome for every recipient, in the order given; never null or empty. */
    public List<RecipientOutcome> getRecipients() {
        return Collections.unmodifiableList(recipients);
    }

    /**
     * The address that the message went to instead of all recipients, see {@code mail.cloudflare.redirect}. Each
     * recipient then has the outcome for this address.
     */
    public Optional<String> getRedirect() {
        return Optional.ofNullable(message.redirect);
    }

    /** The envelope sender; empty if the send failed before it was determined. */
    public Optional<String> getReversePath() {
        return Optional.ofNullable(message.reversePath);
    }

    /**
     * The message's own Message-ID, which the service replaces by {@link #getMessageId()}. Empty if it had none, or the
     * send failed before the message was read.
     */
    public Optional<String> getOriginalMessageId() {
        return Optional.ofNullable(message.messageId);
    }

    /** The message's subject, decoded. Empty if it had none, or the send failed before the message was read. */
    public Optional<String> getSubject() {
        return message.subject();
    }

    /** When the send began, by the clock of this machine. */
    public Instant getStarted() {
        return message.started;
    }

    /** The {@code cf-ray} of each response, with which Cloudflare's support finds the request; never null. */
    public List<String> getRays() {
        return Collections.unmodifiableList(outcomes.stream()
                .map(SendOutcome::getRay)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect(Collectors.toList()));
    }

    /**
     * The number of HTTP requests that were begun, including retries. 0 if the send failed before the first one, or if
     * all recipients were held back because of an earlier send; see {@code mail.cloudflare.guard}.
     */
    public int getAttempts() {
        return outcomes.stream().mapToInt(SendOutcome::getAttempts).sum();
    }

    /** The time from the call to the outcome; never null. */
    public Duration getDuration() {
        return duration;
    }

    /** The HTTP status of the last response, or 0 if there was none or a local failure ended the send. */
    public int getStatus() {
        return failedLocally ? 0 : last().map(SendOutcome::getStatus).orElse(0);
    }

    /** The errors in the API's last response; never null, may be empty. */
    public List<ApiError> getErrors() {
        return last().map(SendOutcome::getErrors).orElse(Collections.emptyList());
    }

    /**
     * The first few addresses that the API reported as bounced or suppressed and that match no recipient, in its
     * spelling; never null. Recipients that it did not confirm are then {@link RecipientStatus#UNKNOWN}.
     */
    public List<String> getUnmatchedAddresses() {
        return Collections.unmodifiableList(unmatched);
    }

    /** The wait before a retry that the API asked for; empty if it asked for none. */
    public Optional<Duration> getRetryAfter() {
        return last().flatMap(SendOutcome::getRetryAfter);
    }

    /**
     * True if the message was not sent to the recipients that are {@code REFUSED} or {@code UNSENT}, and a later try
     * may succeed. False if any recipient is {@code UNKNOWN}, that is, never together with
     * {@link #isAcceptanceUnknown()}.
     */
    public boolean isRetryable() {
        return retryable;
    }

    /**
     * True if the message may have been accepted for some recipients without a confirmation. Do not retry it
     * automatically: the API cannot tell a retry from a new message.
     */
    public boolean isAcceptanceUnknown() {
        return recipients.stream().anyMatch(outcome -> outcome.getStatus() == RecipientStatus.UNKNOWN);
    }

    /** How many of the unknown recipients were held back, since an earlier send may have been accepted. */
    int unknownHeldBack() {
        return unknownHeldBack;
    }

    /** Whether every recipient was accepted, by this send or an earlier one. */
    public boolean isSuccess() {
        return recipients.stream().allMatch(outcome -> outcome.getStatus().fate() == RecipientStatus.Fate.SENT);
    }

    /**
     * The exception that caused the failure, such as an I/O error or a message that cannot be serialised. Empty if
     * there was none, and after Java serialisation, since exceptions may hold objects that are not serialisable.
     */
    public Optional<Exception> getFailure() {
        return failedLocally
                ? Optional.ofNullable(failure)
                : last().flatMap(SendOutcome::getCause).map(cause -> cause);
    }

    /** The Error that caused the failure, if the message was not sent to any recipient; otherwise null. */
    Error error() {
        Throwable cause = getFailure().map(Throwable::getCause).orElse(null);
        boolean nothingSent = recipients.stream()
                .map(RecipientOutcome::getStatus)
                .allMatch(status -> status == RecipientStatus.UNSENT || status == RecipientStatus.INVALID);
        return nothingSent && cause instanceof Error ? (Error) cause : null;
    }

    /** The addresses of one fate; null if there are none. */
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

    /** One line without addresses, safe to log. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("SendReport[");
        for (RecipientStatus each : RecipientStatus.values()) {
            if (count(each) > 0) {
                line.append(count(each)).append(' ').append(each).append(", ");
            }
        }
        return line.append("messageIds=")
                .append(getMessageIds())
                .append(", status=")
                .append(getStatus())
                .append(", rays=")
                .append(getRays())
                .append(", attempts=")
                .append(getAttempts())
                .append(", ")
                .append(duration.toMillis())
                .append(" ms]")
                .toString();
    }
}
