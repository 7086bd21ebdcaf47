package io.flaremail;

import io.flaremail.api.ApiError;
import io.flaremail.api.SendOutcome;
import io.flaremail.api.SendResult;
import jakarta.mail.internet.InternetAddress;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of one message: reaches a {@link SendListener}, and comes with every
 * {@link CloudflareSendFailedException}. Immutable.
 *
 * <p>A message to more than 50 recipients is several requests; the report is one.
 *
 * <p>Tests: TransportResultTest, OutcomeTableTest.
 */
public final class SendReport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<RecipientOutcome> recipients;

    /** One for each request, in order; only the last one may be no acceptance. */
    private final ArrayList<SendOutcome> outcomes;

    /** The failure of our own that ended the send, if {@link #failedLocally}. */
    private final transient Exception failure;

    private final boolean failedLocally;
    private final boolean retryable;
    private final ArrayList<String> unmatched;
    private final int unknownHeldBack;
    private final String reversePath;
    private final String redirect;
    private final Duration duration;

    /**
     * @param failure null if no failure of our own ended the send
     * @param reversePath null if there was none yet
     * @param redirect null for none
     */
    SendReport(
            List<RecipientOutcome> recipients,
            List<SendOutcome> outcomes,
            Exception failure,
            boolean retryable,
            List<String> unmatched,
            int unknownHeldBack,
            String reversePath,
            String redirect,
            Duration duration) {
        this.recipients = new ArrayList<>(recipients);
        this.outcomes = new ArrayList<>(outcomes);
        this.failure = failure;
        this.failedLocally = failure != null;
        this.retryable = retryable;
        this.unmatched = new ArrayList<>(unmatched);
        this.unknownHeldBack = unknownHeldBack;
        this.reversePath = reversePath;
        this.redirect = redirect;
        this.duration = duration;
    }

    private Optional<SendOutcome> last() {
        return outcomes.isEmpty() ? Optional.empty() : Optional.of(outcomes.get(outcomes.size() - 1));
    }

    /** The Message-ID the service gave, angle brackets included; of several requests the first one's. */
    public Optional<String> getMessageId() {
        return getMessageIds().stream().findFirst();
    }

    /** The Message-IDs of all requests that were accepted, in order; never null. */
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
        return Collections.unmodifiableList(outcomes.stream()
                .map(SendOutcome::getRay)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect(Collectors.toList()));
    }

    /**
     * How many HTTP requests were begun. 0 when the message was refused before the first one, or when all its recipients were held back
     * because of an earlier send; see {@code mail.cloudflare.guard}.
     */
    public int getAttempts() {
        return outcomes.stream().mapToInt(SendOutcome::getAttempts).sum();
    }

    /** From the call to the outcome. */
    public Duration getDuration() {
        return duration;
    }

    /** The HTTP status of the last answer, or 0 when there was none, as when no request was made. */
    public int getStatus() {
        return failedLocally ? 0 : last().map(SendOutcome::getStatus).orElse(0);
    }

    /** The reasons the API gave with its last answer; never null. */
    public List<ApiError> getErrors() {
        return last().map(SendOutcome::getErrors).orElse(Collections.emptyList());
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
        return last().flatMap(SendOutcome::getRetryAfter);
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
        return failedLocally
                ? Optional.ofNullable(failure)
                : last().flatMap(SendOutcome::getCause).map(cause -> cause);
    }

    /** The Error behind the failure, when nothing was sent because of it; null when there is none. */
    Error error() {
        Throwable cause = getFailure().map(Throwable::getCause).orElse(null);
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
