package io.flaremail;

import io.flaremail.api.MimeText;
import io.flaremail.config.GuardGrade;
import io.flaremail.config.TransportSettings;
import io.flaremail.mime.ContentDigest;
import io.flaremail.mime.JsonMimeDecoder;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Connects one send to the {@link RetryGuard}: looks up earlier sends of the message before it, and records its outcome
 * afterwards. A failure here does not affect the send, which continues as without a guard.
 *
 * <p>Tests: RetriesTest.
 */
final class GuardedSend {
    private static final EarlierTries NONE = new EarlierTries();

    private final RetryGuard guard;
    private final TransportSettings settings;
    private final DebugLog log;
    private final List<String> scope;
    private final MimeMessage message;
    private final MimeText wire;
    private RetryGuard.MessageIdentity identity;
    private EarlierTries earlier = NONE;

    private GuardedSend(
            RetryGuard guard,
            TransportSettings settings,
            String account,
            DebugLog log,
            Envelope envelope,
            MimeMessage message,
            MimeText wire) {
        this.guard = guard;
        this.settings = settings;
        this.log = log;
        this.scope =
                Arrays.asList(account, settings.endpoint.toString(), envelope.reversePath(), "" + settings.redirect);
        this.message = message;
        this.wire = wire;
    }

    /**
     * Looks up earlier sends of a message. Computes a digest of the message only if there may be some.
     *
     * @param wire the serialised message
     * @param recipients their wire addresses
     */
    static GuardedSend begin(
            TransportSettings settings,
            String account,
            DebugLog log,
            Envelope envelope,
            MimeMessage message,
            MimeText wire,
            Set<String> recipients) {
        GuardedSend send = new GuardedSend(RetryGuard.SHARED, settings, account, log, envelope, message, wire);
        send.lookUp(recipients);
        return send;
    }

    /** The recipients who already have the message. */
    Set<String> accepted() {
        return earlier.accepted();
    }

    /** The recipients to hold back because they may have the message; empty unless {@code guard.unknown} is on. */
    Set<String> unknown() {
        return settings.guardUnknown ? earlier.unknown() : NONE.unknown();
    }

    /**
     * Records a failed send, or removes the entries that a success makes obsolete.
     *
     * @param progress the whole send, including recipients that were held back
     */
    void end(SendProgress progress) {
        try {
            if (progress.isSuccess() && identity != null) {
                guard.forget(settings.guard, identity, progress.wireAddresses(any -> true));
            } else if (!progress.isSuccess() && isWorthRemembering(progress)) {
                remember(progress);
            }
        } catch (Throwable e) {
            // Serialising runs application code, and memory may be short. The outcome is already known.
            failed("a retry of this message would not be recognised", e);
        }
    }

    private void lookUp(Set<String> recipients) {
        try {
            if (guard.mayKnow(settings.guard, scope, message, localMessageId())) {
                identity = identify();
                earlier = guard.earlier(settings.guard, identity, recipients);
            }
        } catch (Throwable e) {
            // As above: the message is sent as without a guard.
            failed("not known whether this message was sent before", e);
        }
    }

    private boolean isWorthRemembering(SendProgress progress) {
        return settings.guard != GuardGrade.OFF
                && !settings.guardWindow.isZero()
                && !progress.wireAddresses(GuardedSend::mayHaveIt).isEmpty();
    }

    private static boolean mayHaveIt(RecipientStatus status) {
        return status.fate() == RecipientStatus.Fate.SENT || status == RecipientStatus.UNKNOWN;
    }

    private void remember(SendProgress progress) throws IOException {
        if (identity == null) {
            identity = identify();
        }
        EarlierTries tries = new EarlierTries();
        tries.addAll(earlier);
        long until = guard.in(settings.guardWindow);
        progress.wireAddresses(status -> status.fate() == RecipientStatus.Fate.SENT)
                .forEach(each -> tries.addAccepted(each, until));
        progress.wireAddresses(status -> status == RecipientStatus.UNKNOWN)
                .forEach(each -> tries.addUnknown(each, until));
        progress.wireAddresses(status -> !mayHaveIt(status)).forEach(tries::addFailed);
        guard.remember(settings.guard, identity, tries, progress.wireAddresses(any -> true));
    }

    private RetryGuard.MessageIdentity identify() throws IOException {
        ContentDigest digest = new ContentDigest();
        wire.writeTo(new JsonMimeDecoder(digest));
        String content = digest.finish();
        return new RetryGuard.MessageIdentity(scope, message, digest.messageId(), content);
    }

    private String localMessageId() throws MessagingException {
        String id = message.getMessageID();
        return id == null ? "" : id.trim();
    }

    private void failed(String consequence, Throwable e) {
        try {
            log.fine(consequence + ": " + e.getClass().getName());
        } catch (Throwable loggingFailsToo) {
            // A log must not change the outcome either.
        }
    }
}
