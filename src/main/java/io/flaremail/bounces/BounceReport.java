package io.flaremail.bounces;

import io.flaremail.api.DeliveryEvent;
import io.flaremail.mime.UnstructuredField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail that reports a delivery event as an SMTP server would: a delivery status notification, RFC 3464, for a bounce,
 * rejection, failure or delay; a feedback report, RFC 5965, for a complaint. Immutable.
 *
 * <p>Its Message-ID is made from the event's id, so that two reports of one event can be recognised.
 *
 * <p>Tests: BounceReportTest.
 */
public final class BounceReport {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String STATUS = "[45]\\.\\d{1,3}\\.\\d{1,3}";

    private final DeliveryEvent event;
    private final String originalId;
    private final Instant now;

    private BounceReport(DeliveryEvent event, String originalId, Instant now) {
        this.event = event;
        this.originalId = originalId;
        this.now = now;
    }

    /**
     * The report of an event.
     *
     * @param originalId the Message-ID that the application gave the message; empty to report the service's
     * @param now the date of an event without a time
     * @return empty for a delivery, and for kinds that this version does not know
     */
    public static Optional<BounceReport> of(DeliveryEvent event, Optional<String> originalId, Instant now) {
        switch (event.getKind()) {
            case BOUNCED:
            case FAILED:
            case REJECTED:
            case DEFERRED:
            case COMPLAINED:
                return Optional.of(new BounceReport(event, originalId.orElse(event.getMessageId()), now));
            default:
                return Optional.empty();
        }
    }

    /** The id of the event, for example for file names. */
    public String getEventId() {
        return event.getEventId();
    }

    /** The Message-ID of this report, with angle brackets; the same whenever the event is reported. */
    public String getMessageId() {
        return "<" + ReportText.word(event.getEventId()) + "@" + reportingDomain() + ">";
    }

    /** The address that the report is for: the sender of the message. Empty if the event does not name it. */
    public Optional<String> getTo() {
        return event.getSender().map(ReportText::oneLine);
    }

    /** The message, with CRLF line ends, in ASCII. */
    public byte[] getMessage() {
        String boundary = "=_" + ReportText.word(event.getEventId());
        ReportText mail = new ReportText();
        String time = DATE.format(event.getTime().orElse(now));
        mail.field("Date", time);
        mail.field(
                "From",
                (isComplaint() ? "Feedback Loop" : "Mail Delivery System") + " <MAILER-DAEMON@" + reportingDomain()
                        + ">");
        getTo().ifPresent(to -> mail.field("To", to));
        mail.field("Subject", title());
        mail.field("Message-ID", getMessageId());
        if (!originalId.isEmpty()) {
            mail.field("In-Reply-To", originalId);
            mail.field("References", originalId);
        }
        mail.field("Auto-Submitted", "auto-replied");
        if (isFinalFailure()) {
            mail.field("X-Failed-Recipients", event.getRecipient());
        }
        mail.field("MIME-Version", "1.0");
        mail.line("Content-Type: multipart/report; report-type="
                + (isComplaint() ? "feedback-report" : "delivery-status") + ";");
        mail.line(" boundary=\"" + boundary + "\"");
        mail.line("");
        mail.part(boundary, "text/plain; charset=us-ascii", explanation());
        mail.part(boundary, isComplaint() ? "message/feedback-report" : "message/delivery-status", status(time));
        mail.part(boundary, "text/rfc822-headers", header());
        mail.line("--" + boundary + "--");
        return mail.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private boolean isComplaint() {
        return event.getKind() == DeliveryEvent.Kind.COMPLAINED;
    }

    private boolean isFinalFailure() {
        return !isComplaint() && event.getKind() != DeliveryEvent.Kind.DEFERRED;
    }

    private String title() {
        switch (event.getKind()) {
            case COMPLAINED:
                return "Complaint about your message";
            case DEFERRED:
                return "Delayed Mail (still being retried)";
            default:
                return "Undelivered Mail Returned to Sender";
        }
    }

    private ReportText explanation() {
        String recipient = "<" + ReportText.oneLine(event.getRecipient()) + ">";
        ReportText text = new ReportText();
        switch (event.getKind()) {
            case COMPLAINED:
                text.line("The recipient of your message marked it as spam:");
                break;
            case DEFERRED:
                text.line("Your message could not be delivered yet. It will be retried:");
                break;
            case REJECTED:
                text.line("Your message was not sent to this recipient:");
                break;
            default:
                text.line("Your message could not be delivered to this recipient:");
        }
        text.line("");
        text.line(recipient
                + event.getExplanation()
                        .map(reason -> ": " + ReportText.oneLine(reason))
                        .orElse(""));
        return text;
    }

    private ReportText status(String time) {
        return isComplaint() ? feedback() : deliveryStatus(time);
    }

    /** RFC 3464 section 2. */
    private ReportText deliveryStatus(String time) {
        ReportText status = new ReportText();
        status.field("Reporting-MTA", "dns; " + reportingDomain());
        status.field("X-Flaremail-Event", event.getEventId());
        status.field("X-Cloudflare-Message-ID", event.getMessageId());
        if (!originalId.isEmpty() && !originalId.equals(event.getMessageId())) {
            status.field("X-Original-Message-ID", originalId);
        }
        status.line("");
        status.field("Final-Recipient", addressType() + ReportText.address(event.getRecipient()));
        status.field("Original-Recipient", addressType() + ReportText.address(event.getRecipient()));
        status.field("Action", isFinalFailure() ? "failed" : "delayed");
        status.field("Status", statusCode());
        if (event.getSmtpResponse().isPresent()) {
            status.field(
                    "Diagnostic-Code",
                    "smtp; " + ReportText.ascii(event.getSmtpResponse().get()));
        } else {
            event.getReason()
                    .ifPresent(reason -> status.field("Diagnostic-Code", "x-cloudflare; " + ReportText.ascii(reason)));
        }
        status.field("Last-Attempt-Date", time);
        return status;
    }

    private String addressType() {
        return event.getRecipient().chars().allMatch(c -> c < 0x7F) ? "rfc822; " : "utf-8; ";
    }

    /** RFC 3463: the server's, otherwise a generic code. */
    private String statusCode() {
        Optional<String> given = event.getEnhancedStatusCode().filter(code -> code.matches(STATUS));
        if (given.isPresent()) {
            return given.get();
        }
        boolean soft = event.getBounceType().filter("soft"::equals).isPresent();
        switch (event.getKind()) {
            case DEFERRED:
                return "4.0.0";
            case REJECTED:
                return "5.7.1";
            case FAILED:
                return "5.3.0";
            default:
                return soft ? "5.4.7" : "5.0.0"; // 5.4.7: the time for delivery expired
        }
    }

    /** RFC 5965 section 3. */
    private ReportText feedback() {
        ReportText report = new ReportText();
        String type = event.getComplaintType().orElse("abuse");
        report.field("Feedback-Type", type.matches("[A-Za-z-]{1,40}") ? type : "other");
        report.field("User-Agent", "Flaremail");
        report.field("Version", "1");
        event.getSender().ifPresent(sender -> report.field("Original-Mail-From", "<" + sender + ">"));
        report.field("Original-Rcpt-To", "<" + event.getRecipient() + ">");
        report.field("X-Flaremail-Event", event.getEventId());
        report.field("X-Cloudflare-Message-ID", event.getMessageId());
        event.getDomain().ifPresent(domain -> report.field("Reported-Domain", domain));
        return report;
    }

    /** What is known of the message. */
    private ReportText header() {
        ReportText header = new ReportText();
        if (!originalId.isEmpty()) {
            header.field("Message-ID", originalId);
        }
        event.getSender().ifPresent(sender -> header.field("From", sender));
        header.field("To", event.getRecipient());
        event.getSubject().ifPresent(subject -> header.line(UnstructuredField.write("Subject", subject)));
        return header;
    }

    /** Bounces come back to this name: it has the MX records. */
    private String reportingDomain() {
        String domain =
                event.getDomain().orElseGet(() -> event.getSender().orElse("").replaceFirst(".*@", ""));
        return "cf-bounce." + (domain.matches("[A-Za-z0-9.-]{1,150}") ? domain : "invalid");
    }
}
