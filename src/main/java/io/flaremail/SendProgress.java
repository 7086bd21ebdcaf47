package io.flaremail;

import io.flaremail.api.ApiError;
import io.flaremail.api.SendOutcome;
import io.flaremail.api.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    /** The addresses to send to, as they go on the wire: each once, however often and in whatever case it was given. */
    List<String> wireAddresses() {
        Map<String, String> once = new LinkedHashMap<>();
        for (int i = 0; i < statuses.length; i++) {
            once.putIfAbsent(key(wireAddress(i)), wireAddress(i));
        }
        return new ArrayList<>(once.values());
    }

    /** Who gets everything instead of the recipients; null when nobody does. */
    String redirect() {
        return redirect == null ? null : redirect.toString();
    }

    private String wireAddress(int recipient) {
        return (redirect != null ? redirect : recipients.get(recipient).wire).toString();
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

    /** The message failed here, before anything more was sent. */
    void failed(Exception cause) {
        failure = cause;
        status = 0;
        retryable = false;
    }

    /**
     * Takes in what became of one request.
     *
     * @return addresses that the API named among the lost but that were not in the request: whoever is meant is not
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
        mark(request, general(outcome.getKind()));
        return outcome.getResult().map(this::mark).orElse(0);
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
    private int mark(SendResult result) {
        mark(result.getDelivered(), RecipientStatus.DELIVERED);
        mark(result.getQueued(), RecipientStatus.QUEUED);
        return mark(result.getSuppressedRecipients(), RecipientStatus.SUPPRESSED)
                + mark(result.getPermanentBounces(), RecipientStatus.BOUNCED);
    }

    private int mark(List<String> addresses, RecipientStatus status) {
        int unmatched = 0;
        for (String address : addresses) {
            String key = key(address);
            boolean matched = false;
            for (int i = 0; i < statuses.length; i++) {
                if (key(wireAddress(i)).equals(key)) {
                    statuses[i] = status;
                    matched = true;
                }
            }
            unmatched += matched ? 0 : 1;
        }
        return unmatched;
    }

    /** Nobody knows in what case, or with what name around it, the API echoes an address. */
    private static String key(String address) {
        int open = address.lastIndexOf('<');
        int close = address.lastIndexOf('>');
        String bare = open >= 0 && close > open ? address.substring(open + 1, close) : address;
        return bare.trim().toLowerCase(Locale.ROOT);
    }
}
