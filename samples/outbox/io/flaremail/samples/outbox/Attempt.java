package io.flaremail.samples.outbox;

import io.flaremail.CloudflareSendFailedException;
import io.flaremail.RecipientOutcome;
import io.flaremail.SendReport;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one attempt to send came to. Immutable.
 *
 * @param next the recipients who do not have the message, by the queue where it belongs for them
 * @param reason for people
 * @param retryAfter how long the service asked to wait
 */
record Attempt(Map<String, List<String>> next, String reason, Optional<Duration> retryAfter) {
    private static final String ACCEPTED = "";

    /** No fault of the message's: with a new token it will go. */
    private static final int TOKEN_REFUSED = 401;

    /** Sends, once. Whatever goes wrong is an outcome. */
    static Attempt at(Letter letter, Properties properties) {
        try {
            send(letter, properties);
            return new Attempt(Map.of(), "", Optional.empty());
        } catch (CloudflareSendFailedException failure) {
            return of(failure);
        } catch (MessagingException nothingWasSent) {
            return all(letter, Outbox.WAITING, nothingWasSent);
        } catch (RuntimeException anywhere) {
            return all(letter, Outbox.UNKNOWN, anywhere);
        }
    }

    private static void send(Letter letter, Properties properties) throws MessagingException {
        Properties mine = new Properties(properties);
        mine.put("mail.cloudflare.from", letter.from());
        mine.put("mail.cloudflare.retries", "0"); // the queue does that, and holds up nobody
        Session session = Session.getInstance(mine);
        MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(letter.mime()));
        try (Transport transport = session.getTransport("cloudflare")) {
            transport.connect();
            transport.sendMessage(message, InternetAddress.parse(String.join(",", letter.to())));
        }
    }

    private static Attempt of(CloudflareSendFailedException failure) {
        SendReport report = failure.getReport();
        Map<String, List<String>> next = report.getRecipients().stream()
                .collect(Collectors.groupingBy(
                        recipient -> queue(recipient, report),
                        TreeMap::new,
                        Collectors.mapping(recipient -> recipient.getAddress().getAddress(), Collectors.toList())));
        next.remove(ACCEPTED);
        return new Attempt(next, failure.getMessage(), failure.getRetryAfter());
    }

    /** Recipients of one message may differ: the service takes fifty at a time. */
    private static String queue(RecipientOutcome recipient, SendReport report) {
        return switch (recipient.getStatus()) {
            case ACCEPTED, DELIVERED, QUEUED, ACCEPTED_EARLIER -> ACCEPTED;
            case UNKNOWN -> Outbox.UNKNOWN;
            case UNSENT -> Outbox.WAITING;
            case REFUSED ->
                report.isRetryable() || report.getStatus() == TOKEN_REFUSED ? Outbox.WAITING : Outbox.REFUSED;
            case BOUNCED, SUPPRESSED, INVALID -> Outbox.REFUSED;
        };
    }

    private static Attempt all(Letter letter, String queue, Exception why) {
        return new Attempt(Map.of(queue, letter.to()), why.toString(), Optional.empty());
    }
}
