package io.flaremail;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.EmailAnalytics;
import io.flaremail.text.WireAddress;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Searches the zone's analytics for recipients with an unknown outcome. A recipient that is found was accepted; one that is
 * not found stays unknown, since analytics are sampled and delayed.
 *
 * <p>A record is recognised by recipient, subject and time. If the application sends the same subject to the same
 * recipient more than once within minutes, a record may be that of another message: do not use this class for such messages.
 *
 * <p>Tests: ReconciliationTest.
 */
public final class Reconciliation {
    /** How far the clocks of this machine and of the service may differ. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);

    /** How long after a send the service may have recorded it. */
    private static final Duration MAX_RECORDING_DELAY = Duration.ofMinutes(10);

    private final EmailAnalytics analytics;

    /** @param analytics of the zone that the sender's domain is in */
    public Reconciliation(EmailAnalytics analytics) {
        this.analytics = Objects.requireNonNull(analytics, "analytics");
    }

    /**
     * Looks up the unknown recipients of a report. Analytics appear with a delay: call it some minutes after the send, and
     * again if a recipient is not found.
     *
     * @return those that were accepted, by their addresses in the report, with the Message-ID that the service assigned; may
     *     be empty
     * @throws CloudflareApiException if the analytics cannot be read
     */
    public Map<InternetAddress, String> reconcile(SendReport report) throws CloudflareApiException {
        Map<InternetAddress, String> accepted = new LinkedHashMap<>();
        Instant from = report.getStarted().minus(MAX_CLOCK_SKEW);
        Instant until = report.getStarted().plus(report.getDuration()).plus(MAX_RECORDING_DELAY);
        Map<InternetAddress, String> sentTo = new LinkedHashMap<>();
        for (RecipientOutcome outcome : report.getRecipients()) {
            if (outcome.getStatus() == RecipientStatus.UNKNOWN) {
                InternetAddress address = outcome.getAddress();
                sentTo.put(
                        address,
                        report.getRedirect()
                                .orElseGet(() ->
                                        WireAddress.of(address.getAddress()).toString()));
            }
        }
        Map<String, String> ids =
                analytics.findMessageIds(sentTo.values(), report.getSubject().orElse(""), from, until);
        sentTo.forEach((address, recipient) -> {
            if (ids.containsKey(recipient)) {
                accepted.put(address, ids.get(recipient));
            }
        });
        return accepted;
    }
}
