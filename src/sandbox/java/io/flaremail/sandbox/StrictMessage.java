package io.flaremail.sandbox;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.time.Duration;
import java.util.Set;

/** What a strict sandbox refuses or loses, since it is unknown whether the service takes it. */
final class StrictMessage {
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);
    private static final Set<String> PLATFORM = Set.of("Return-Path", "DKIM-Signature", "Feedback-ID");
    private static final Set<String> ARC = Set.of("ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results");

    private StrictMessage() {}

    static void require(Submission submission, Settings settings) {
        RawMessage message = submission.message();
        if (settings.isStrict(SendingBehavior.SUB_ADDRESS)
                && submission.localPart().contains("+")) {
            throw JsonBody.invalid("from: a strict sandbox takes no +tag");
        }
        if (settings.acceptAnyHeader()) {
            return;
        }
        if (settings.isStrict(SendingBehavior.OTHER_FROM) && !isFrom(message.value("From"), submission.from())) {
            throw invalid("From: expected the envelope's sender, " + submission.from());
        }
        if (settings.isStrict(SendingBehavior.BCC_FIELD) && message.has("Bcc")) {
            throw invalid("carries a Bcc field");
        }
        if (settings.isStrict(SendingBehavior.PLATFORM_FIELDS) && (hasAny(message, PLATFORM) || hasAny(message, ARC))) {
            throw invalid("carries a field that the service writes");
        }
    }

    private static boolean hasAny(RawMessage message, Set<String> names) {
        return names.stream().anyMatch(message::has);
    }

    private static Refusal invalid(String reason) {
        return new Refusal(ApiError.INVALID_EMAIL, "a strict sandbox refuses the message: " + reason);
    }

    private static boolean isFrom(String field, String sender) {
        try {
            InternetAddress[] addresses = InternetAddress.parseHeader(field, false);
            return addresses.length == 1 && sender.equalsIgnoreCase(addresses[0].getAddress());
        } catch (AddressException e) {
            return false;
        }
    }

    /** Whether all recipients are answered as queued, and then neither get the message nor have events. */
    static boolean isLost(Submission submission, Settings settings) {
        String date = submission.message().value("Date");
        if (date == null || !settings.isStrict(SendingBehavior.FUTURE_DATE)) {
            return false;
        }
        try {
            return new MailDateFormat()
                    .parse(date)
                    .toInstant()
                    .isAfter(settings.clock().instant().plus(CLOCK_DIFFERENCE));
        } catch (ParseException e) {
            return false; // another matter
        }
    }
}
