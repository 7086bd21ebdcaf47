package io.flaremail;

import io.flaremail.Envelope.Recipient;
import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.EmailSending;
import io.flaremail.api.SendOutcome;
import io.flaremail.config.Credentials;
import io.flaremail.config.CredentialsException;
import io.flaremail.config.TransportSettings;
import io.flaremail.http.Deadline;
import io.flaremail.http.RequestBodyException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Sends messages for one connected transport: all steps of a send, from message and recipients to a report.
 * {@link #send} does not throw; every failure becomes part of the report.
 *
 * <p>Tests: OutcomeTableTest, HazardsTest, KnownOutcomesTest, DeadlineTest.
 */
final class MessageSender {
    private final TransportSettings settings;
    private final Credentials credentials;
    private final SendListener listener;
    private final Session session;
    private final DebugLog log;
    private final ServiceMessageId messageId;
    private final EmailSending api;

    /** @throws IllegalStateException if a library on the class path is too old; the message names it */
    MessageSender(
            TransportSettings settings, Credentials credentials, SendListener listener, Session session, DebugLog log) {
        this.settings = settings;
        this.credentials = credentials;
        this.listener = listener;
        this.session = session;
        this.log = log;
        this.messageId = new ServiceMessageId(settings, log);
        this.api = SessionSettings.client(settings).sharedConnections().build().sending(credentials.account);
    }

    /**
     * Sends a message:
     *
     * <ol>
     *   <li>unusable recipients are marked; the send ends here unless partial sending is on and others are left;
     *   <li>the {@link Envelope} is made: the reverse-path and the usable recipients;
     *   <li>the message is serialised once, as a {@link WireMessage}, with the {@link HeaderRules} applied;
     *   <li>{@link GuardedSend} asks the {@link RetryGuard} which recipients have it from an earlier send;
     *   <li>{@link EmailSending#sendRaw} posts it, for up to 50 recipients at a time, and returns the outcome of each request;
     *   <li>the {@link SendReport} is created, and the listener receives it.
     * </ol>
     *
     * @return the outcome for each recipient; never null
     */
    SendReport send(MimeMessage message, List<Recipient> recipients) {
        long start = System.nanoTime();
        Deadline deadline = Deadline.in(settings.deadline);
        SendProgress progress = new SendProgress(recipients, settings.redirect);
        try {
            boolean allowPartial = settings.sendPartial || SmtpProvider.sendsPartially(message);
            if (progress.markUnusable(allowPartial)) {
                Envelope envelope = Envelope.of(message, progress.usable(), settings, session);
                progress.describe(message, envelope);
                try (WireMessage wire = WireMessage.of(message, headerRules(message, envelope))) {
                    sendGuarded(message, envelope, wire, progress, deadline);
                }
            }
        } catch (Throwable e) {
            recordFailure(progress, e);
        }
        SendReport report = progress.report(Duration.ofNanos(System.nanoTime() - start));
        messageId.afterSend(message, report);
        tell(report);
        return report;
    }

    /** A redirected message names the recipients it was meant for. */
    private HeaderRules headerRules(MimeMessage message, Envelope envelope) throws MessagingException {
        HeaderRules rules = HeaderRules.without(settings.strip).withFrom(message, envelope.reversePath());
        return settings.redirect == null ? rules : rules.withIntendedRecipients(envelope.recipients());
    }

    /** Sends to the recipients who have not had the message from an earlier send. */
    private void sendGuarded(
            MimeMessage message, Envelope envelope, WireMessage wire, SendProgress progress, Deadline deadline) {
        GuardedSend guarded = GuardedSend.begin(
                settings, credentials.account, log, envelope, message, wire, progress.wireAddresses(any -> true));
        try {
            progress.holdBack(guarded.accepted(), guarded.unknown());
            post(envelope, wire, progress, deadline);
        } catch (Throwable e) {
            recordFailure(progress, e);
        }
        guarded.end(progress);
    }

    /** Sends up to 50 recipients in one request, and stops after the first request that fails. */
    private void post(Envelope envelope, WireMessage wire, SendProgress progress, Deadline deadline)
            throws CredentialsException {
        List<String> all = progress.wireAddresses();
        log.fine("sending " + wire.length() + " bytes from " + envelope.reversePath() + " to " + all.size()
                + " addresses" + (settings.redirect == null ? "" : ", redirected to " + settings.redirect));
        for (int from = 0; from < all.size(); from += EmailSending.MAX_RECIPIENTS) {
            if (from > 0 && !deadline.allowsAnother()) {
                progress.outOfTime();
                return;
            }
            List<String> request = all.subList(from, Math.min(from + EmailSending.MAX_RECIPIENTS, all.size()));
            String token = credentials.token.read();
            progress.begin(request);
            SendOutcome outcome = api.sendRaw(token, envelope.reversePath(), request, wire, deadline);
            progress.add(request, outcome);
            if (outcome.getKind() != SendOutcome.Kind.ACCEPTED) {
                return;
            }
        }
    }

    private static void recordFailure(SendProgress progress, Throwable e) {
        if (e instanceof CredentialsException) {
            progress.failed(new AuthenticationFailedException(e.getMessage()));
        } else if (e instanceof Exception) {
            progress.failed((Exception) e);
        } else {
            progress.failed(
                    progress.isAnythingSent()
                            ? new IOException("the send failed: " + e, e)
                            : new RequestBodyException("the message failed while it was being written", e));
        }
    }

    private void tell(SendReport report) {
        if (log.isFine()) {
            report.getRecipients().forEach(outcome -> log.fine("  " + outcome));
            report.getFailure().ifPresent(failure -> log.fine("  " + failure));
            log.fine(report.toString());
        }
        try {
            listener.onSend(report);
        } catch (Throwable e) {
            // Also undeclared checked exceptions of other languages: the outcome is decided.
            log.warning("the SendListener failed: " + e.getClass().getName());
        }
    }

    /** As {@link #verify}, with the exceptions of the client. */
    void probe() throws CredentialsException, CloudflareApiException {
        api.verify(credentials.token.read(), Deadline.in(settings.deadline));
    }

    /**
     * Makes a harmless request to check that the API can be reached with this token.
     *
     * @throws AuthenticationFailedException if the token is refused
     * @throws MessagingException if the API cannot be reached, or its response is unexpected
     */
    void verify() throws MessagingException {
        try {
            probe();
        } catch (CredentialsException e) {
            throw new AuthenticationFailedException(e.getMessage());
        } catch (CloudflareApiException e) {
            String advice = FailureText.advice(e.getStatus(), e.getErrors(), credentials.token);
            if (e.getStatus() == 401 || e.getStatus() == 403) {
                AuthenticationFailedException failure =
                        new AuthenticationFailedException(e.getMessage() + "." + advice);
                failure.setNextException(e);
                throw failure;
            }
            throw new MessagingException(
                    "Could not verify the connection: " + e.getMessage() + (advice.isEmpty() ? "" : "." + advice), e);
        }
    }

    /**
     * The event and the exception for a report.
     *
     * @param reportSuccess whether success throws too, in place of the option; null for the option
     */
    TransportResult result(SendReport report, MimeMessage message, Boolean reportSuccess) {
        boolean successToo = reportSuccess == null ? settings.reportSuccess : reportSuccess;
        return TransportResult.of(report, message, successToo, credentials.token.toString());
    }
}
