package io.flaremail;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.EmailSending;
import io.flaremail.api.SendOutcome;
import io.flaremail.http.Deadline;
import io.flaremail.http.RequestBodyException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One connected transport's way to the API: turns a message and its recipients into a report, and throws nothing. */
final class Delivery {
    private final TransportSettings settings;
    private final EmailSending sending;
    private final Session session;
    private final DebugLog log;

    Delivery(TransportSettings settings, Session session, DebugLog log) {
        this.settings = settings;
        this.session = session;
        this.log = log;
        this.sending = client(settings).sharedConnections().build().sending(settings.account);
    }

    static CloudflareEmail.Builder client(TransportSettings settings) {
        return CloudflareEmail.builder()
                .endpoint(settings.endpoint)
                .connectTimeout(settings.connectionTimeout)
                .responseTimeout(settings.timeout)
                .maxConnections(settings.maxConnections)
                .proxy(settings.proxy)
                .tls(settings.tls)
                .retries(settings.retries)
                .deadline(settings.deadline);
    }

    SendReport send(MimeMessage message, List<Recipient> recipients) {
        long start = System.nanoTime();
        Deadline deadline = Deadline.in(settings.deadline);
        SendProgress progress = new SendProgress(recipients, settings.redirect);
        try {
            boolean partially = settings.sendPartial || SmtpProvider.sendsPartially(message);
            if (progress.turnDownUnusable(partially)) {
                Envelope envelope = Envelope.of(message, progress.usable(), settings, session);
                progress.reversePath = envelope.reversePath();
                try (WireMessage wire = WireMessage.of(message, form(message, envelope))) {
                    send(message, envelope, wire, progress, deadline);
                }
            }
        } catch (Throwable e) {
            fail(progress, e);
        }
        SendReport report = new SendReport(progress, Duration.ofNanos(System.nanoTime() - start));
        tell(report);
        return report;
    }

    /** Sends to whoever has not had the message from an earlier try. */
    private void send(
            MimeMessage message, Envelope envelope, WireMessage wire, SendProgress progress, Deadline deadline) {
        GuardedSend guarded =
                GuardedSend.begin(settings, log, envelope, message, wire, progress.wireAddresses(any -> true));
        try {
            progress.holdBack(guarded.accepted(), guarded.unknown());
            post(envelope, wire, progress, deadline);
        } catch (Throwable e) {
            fail(progress, e);
        }
        guarded.end(progress);
    }

    private static void fail(SendProgress progress, Throwable e) {
        if (e instanceof Exception) {
            progress.failed((Exception) e);
        } else {
            progress.failed(
                    progress.isAnythingSent()
                            ? new IOException("the send failed: " + e, e)
                            : new RequestBodyException("the message failed while it was being written", e));
        }
    }

    /**
     * Asks the API something harmless, to see whether it can be reached with this token.
     *
     * @throws AuthenticationFailedException when it does not let us in
     * @throws MessagingException when it cannot be reached, or does not answer as it should
     */
    void verify() throws MessagingException {
        try {
            sending.verify(settings.token.read(), Deadline.in(settings.deadline));
        } catch (CloudflareApiException refusal) {
            String remedy = Remedy.of(refusal.getStatus(), refusal.getErrors(), settings.token);
            if (refusal.getStatus() == 401 || refusal.getStatus() == 403) {
                AuthenticationFailedException failure =
                        new AuthenticationFailedException(refusal.getMessage() + "." + remedy);
                failure.setNextException(refusal);
                throw failure;
            }
            throw new MessagingException(
                    "Could not verify the connection: " + refusal.getMessage() + (remedy.isEmpty() ? "" : "." + remedy),
                    refusal);
        }
    }

    private WireForm form(MimeMessage message, Envelope envelope) throws MessagingException {
        WireForm form = WireForm.without(settings.strip).from(message, envelope.reversePath());
        return settings.redirect == null ? form : form.naming(envelope.recipients());
    }

    /** Up to 50 recipients go in one request; the first request that fails is the last. */
    private void post(Envelope envelope, WireMessage wire, SendProgress progress, Deadline deadline)
            throws MessagingException {
        List<String> all = progress.wireAddresses();
        log.fine("sending " + wire.length() + " bytes from " + envelope.reversePath() + " to " + all.size()
                + " addresses" + (settings.redirect == null ? "" : ", redirected to " + settings.redirect));
        for (int from = 0; from < all.size(); from += EmailSending.MAX_RECIPIENTS) {
            if (from > 0 && !deadline.allowsAnother()) {
                progress.outOfTime();
                return;
            }
            List<String> request = all.subList(from, Math.min(from + EmailSending.MAX_RECIPIENTS, all.size()));
            String token = settings.token.read();
            progress.begin(request);
            SendOutcome outcome = sending.sendRaw(token, envelope.reversePath(), request, wire, deadline);
            progress.add(request, outcome);
            if (outcome.getKind() != SendOutcome.Kind.ACCEPTED) {
                return;
            }
        }
    }

    private void tell(SendReport report) {
        if (log.isFine()) {
            report.getRecipients().forEach(outcome -> log.fine("  " + outcome));
            report.getFailure().ifPresent(failure -> log.fine("  " + failure));
            log.fine(report.toString());
        }
        try {
            settings.listener.onSend(report);
        } catch (Throwable theirs) {
            // Whatever it is, checked exceptions of other languages included: the message has its fate already.
            log.warning("the SendListener failed: " + theirs.getClass().getName());
        }
    }
}
