package io.flaremail.samples.outbox;

import io.flaremail.CloudflareSendFailedException;
import io.flaremail.RecipientOutcome;
import io.flaremail.SendReport;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
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
 * The outcome of one attempt to send. Immutable.
 *
 * @param next the recipients, by the queue that the message goes to for them
 * @param reason why it failed, for people
 * @param report what the service answered; empty if nothing was sent
 */
record Attempt(Map<String, List<String>> next, String reason, Optional<SendReport> report) {
    /** A later attempt with another token can succeed. */
    private static final int TOKEN_REFUSED = 401;

    private static final int TOO_MANY_REQUESTS = 429;

    private static final int INTERNAL_SERVER_ERROR = 500;

    /** The domain was onboarded a minute ago, or was disabled and may be enabled again. */
    private static final String SENDING_DISABLED = "10203";

    /** Sends once. Every failure becomes an outcome. */
    static Attempt at(Letter letter, Properties properties) {
        Session session = Session.getInstance(own(letter, properties));
        try (Transport transport = session.getTransport("cloudflare")) {
            transport.connect();
            return send(letter, session, transport);
        } catch (MessagingException notConnected) {
            return all(letter, isOfTheSender(letter, properties) ? Outbox.REFUSED : Outbox.WAITING, notConnected);
        } catch (RuntimeException anywhere) {
            return all(letter, Outbox.UNKNOWN, anywhere);
        }
    }

    /** Whether the session connects without this sender: a later attempt would fail too. */
    private static boolean isOfTheSender(Letter letter, Properties properties) {
        Properties without = own(letter, properties);
        without.remove("mail.cloudflare.from");
        try (Transport transport = Session.getInstance(without).getTransport("cloudflare")) {
            transport.connect();
            return true;
        } catch (MessagingException | RuntimeException configuration) {
            return false;
        }
    }

    private static Properties own(Letter letter, Properties properties) {
        Properties own = new Properties();
        properties.stringPropertyNames().forEach(name -> own.put(name, properties.getProperty(name))); // defaults too
        own.putAll(properties); // and options that are objects
        own.put("mail.cloudflare.from", letter.from());
        own.put("mail.cloudflare.retries", "0"); // the queue retries, without delaying other messages
        own.put("mail.cloudflare.reportsuccess", "true"); // success, too, comes with a report, in an exception
        own.putIfAbsent("mail.cloudflare.sendpartial", "true"); // one unusable address does not stop the others
        return own;
    }

    private static Attempt send(Letter letter, Session session, Transport transport) {
        try {
            MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(letter.mime()));
            transport.sendMessage(message, letter.recipients());
            return new Attempt(Map.of(Outbox.ACCEPTED, letter.to()), "", Optional.empty());
        } catch (CloudflareSendFailedException failure) {
            return of(failure);
        } catch (AuthenticationFailedException noToken) {
            return all(letter, Outbox.WAITING, noToken);
        } catch (MessagingException nothingWasSent) {
            // As with SMTP: if the transport is still connected, the message itself cannot be sent, now or later.
            return all(letter, transport.isConnected() ? Outbox.REFUSED : Outbox.WAITING, nothingWasSent);
        }
    }

    private static Attempt of(CloudflareSendFailedException failure) {
        SendReport report = failure.getReport();
        Map<String, List<String>> next = report.getRecipients().stream()
                .collect(Collectors.groupingBy(
                        recipient -> queue(recipient, report),
                        TreeMap::new,
                        Collectors.mapping(recipient -> recipient.getAddress().getAddress(), Collectors.toList())));
        return new Attempt(next, failure.getMessage(), Optional.of(report));
    }

    /** Recipients of one message may differ: one request has at most fifty. */
    private static String queue(RecipientOutcome recipient, SendReport report) {
        return switch (recipient.getStatus()) {
            case ACCEPTED, DELIVERED, QUEUED, ACCEPTED_EARLIER -> Outbox.ACCEPTED;
            case UNKNOWN -> Outbox.UNKNOWN;
            case UNSENT -> Outbox.WAITING;
            case REFUSED -> mayPass(report) ? Outbox.WAITING : Outbox.REFUSED;
            case BOUNCED -> Outbox.BOUNCED;
            case SUPPRESSED, INVALID -> Outbox.REFUSED;
        };
    }

    private static boolean mayPass(SendReport report) {
        return report.isRetryable()
                || report.isAcceptanceUnknown() && isTemporary(report.getStatus())
                || report.getStatus() == TOKEN_REFUSED
                || report.getErrors().stream()
                        .anyMatch(error ->
                                error.getCode().filter(SENDING_DISABLED::equals).isPresent());
    }

    /** A report with unknown recipients is never retryable as a whole, but each recipient here is queued alone. */
    private static boolean isTemporary(int status) {
        return status == TOO_MANY_REQUESTS || status >= INTERNAL_SERVER_ERROR;
    }

    private static Attempt all(Letter letter, String queue, Exception why) {
        return new Attempt(Map.of(queue, letter.to()), why.toString(), Optional.empty());
    }

    /** How long the service asked to wait. */
    Optional<Duration> retryAfter() {
        return report.flatMap(SendReport::getRetryAfter);
    }

    /** The record that events will refer to; with a redirect, its recipient is the address that the message went to. */
    RecipientRecord record(String recipient, String why) {
        return new RecipientRecord(
                report.flatMap(SendReport::getRedirect).orElse(recipient),
                report.map(SendReport::getMessageIds).orElse(List.of()),
                report.flatMap(SendReport::getOriginalMessageId).orElse(""),
                report.flatMap(SendReport::getSubject).orElse(""),
                why);
    }
}
