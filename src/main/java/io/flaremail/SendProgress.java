package io.flaremail;

import io.flaremail.api.ApiError;
import io.flaremail.api.SendOutcome;
import io.flaremail.api.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is known so far of one message: starts with nobody sent, and takes in one outcome after the other. */
final class SendProgress {
    final List<String> messageIds = new ArrayList<>();
    final List<String> rays = new ArrayList<>();
    List<ApiError> errors = Collections.emptyList();
    int status;
    int attempts;
    Duration retryAfter;
    boolean retryable;
    Exception failure;

    private final List<Recipient> recipients;
    private final WireAddress redirect;
    private final RecipientStatus[] statuses;

    /** @param redirect who gets everything instead, or null */
    SendProgress(List<Recipient> recipients, WireAddress redirect) {
        this.recipients = recipients;
        this.redirect = redirect;
        this.statuses = new RecipientStatus[recipients.size()];
        Arrays.fill(statuses, RecipientStatus.UNSENT);
    }

    List<RecipientOutcome> recipients() {
        List<RecipientOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < statuses.length; i++) {
            outcomes.add(new RecipientOutcome(recipients.get(i).address, statuses[i]));
        }
        return outcomes;
    }

    /** The addresses to send to, as they go on the wire: each once, however often it was given. */
    List<String> wireAddresses() {
        Set<String> once = new LinkedHashSet<>();
        for (int i = 0; i < statuses.length; i++) {
            once.add(wireAddress(i));
        }
        return new ArrayList<>(once);
    }

    /** Who gets everything instead of the recipients; null when nobody does. */
    String redirect() {
        return redirect == null ? null : redirect.toString();
    }

    /** Turns down the message because of the recipients that cannot be sent to; false when there are none. */
    boolean turnDownUnusable() {
        for (int i = 0; i < statuses.length; i++) {
            if (!recipients.get(i).wire.isUsable()) {
                statuses[i] = RecipientStatus.INVALID;
            }
        }
        return Arrays.asList(statuses).contains(RecipientStatus.INVALID);
    }

    /** Whether some request was accepted, or may have been. */
    boolean isAnythingSent() {
        return Arrays.stream(statuses)
                .anyMatch(each -> each != RecipientStatus.UNSENT && each != RecipientStatus.REFUSED);
    }

    /** The message failed here, before anything more was sent. */
    void failed(Exception cause) {
        failure = cause;
        status = 0;
        retryable = false;
    }

    /**
     * Takes in what became of one request.
     *
     * @return how many addresses the API named among the lost that were not in the request: whoever is meant is not
     *     known, so the caller should hear of it
     */
    int add(List<String> request, SendOutcome outcome) {
        attempts += outcome.getAttempts();
        status = outcome.getStatus();
        errors = outcome.getErrors();
        retryAfter = outcome.getRetryAfter().orElse(null);
        retryable = outcome.isRetryable();
        failure = outcome.getCause().orElse(null);
        outcome.getRay().ifPresent(rays::add);
        outcome.getResult().flatMap(SendResult::getMessageId).ifPresent(messageIds::add);
        mark(new LinkedHashSet<>(request), general(outcome.getKind()));
        return outcome.getResult()
                .map(result -> mark(new Echoes(request), result))
                .orElse(0);
    }

    private static RecipientStatus general(SendOutcome.Kind kind) {
        switch (kind) {
            case ACCEPTED:
                return RecipientStatus.ACCEPTED;
            case REFUSED:
                return RecipientStatus.REFUSED;
            case UNKNOWN:
                return RecipientStatus.UNKNOWN;
            default:
                return RecipientStatus.UNSENT;
        }
    }

    /** The worst list wins: a recipient must not count as sent who stands among the lost as well. */
    private int mark(Echoes echoes, SendResult result) {
        mark(echoes, result.getDelivered(), RecipientStatus.DELIVERED);
        mark(echoes, result.getQueued(), RecipientStatus.QUEUED);
        return mark(echoes, result.getSuppressedRecipients(), RecipientStatus.SUPPRESSED)
                + mark(echoes, result.getPermanentBounces(), RecipientStatus.BOUNCED);
    }

    private int mark(Echoes echoes, List<String> addresses, RecipientStatus status) {
        Set<String> all = new LinkedHashSet<>();
        int strangers = 0;
        for (String address : new LinkedHashSet<>(addresses)) {
            Set<String> meant = echoes.of(address);
            all.addAll(meant);
            strangers += meant.isEmpty() ? 1 : 0;
        }
        boolean canBeNobodyElse = strangers > 0 && echoes.only().isPresent();
        mark(canBeNobodyElse ? Collections.singleton(echoes.only().get()) : all, status);
        return strangers;
    }

    private void mark(Set<String> wireAddresses, RecipientStatus status) {
        for (int i = 0; i < statuses.length; i++) {
            if (wireAddresses.contains(wireAddress(i))) {
                statuses[i] = status;
            }
        }
    }

    private String wireAddress(int recipient) {
        return (redirect != null ? redirect : recipients.get(recipient).wire).toString();
    }
}
