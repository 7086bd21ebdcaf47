package io.flaremail;

import io.flaremail.Envelope.Recipient;
import io.flaremail.api.SendOutcome;
import io.flaremail.api.SendResult;
import io.flaremail.text.EchoedAddresses;
import io.flaremail.text.WireAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The state of one send: starts with every recipient unsent, then adds the outcome of each request.
 *
 * <p>Tests: SendProgressTest, OutcomeTableTest.
 */
final class SendProgress {
    private static final int MOST_UNMATCHED = 5;

    private MessageFacts message;
    private final List<Recipient> recipients;
    private final WireAddress redirect;
    private final List<SendOutcome> outcomes = new ArrayList<>();

    /** The first few addresses reported as bounced or suppressed that match no recipient. */
    private final List<String> unmatched = new ArrayList<>();

    private RecipientStatus[] statuses;
    private Exception failure;
    private boolean retryable;

    /** How many recipients were held back because they may have the message from an earlier send. */
    private int unknownHeldBack;

    /** @param redirect the address that all mail goes to instead, or null */
    SendProgress(List<Recipient> recipients, WireAddress redirect) {
        this.recipients = recipients;
        this.redirect = redirect;
        this.message = MessageFacts.of(Instant.now(), redirect);
        this.statuses = new RecipientStatus[recipients.size()];
        Arrays.fill(statuses, RecipientStatus.UNSENT);
    }

    SendReport report(Duration duration) {
        return new SendReport(
                recipients(),
                outcomes,
                failure,
                retryable && !isAnyUnknown(),
                unmatched,
                unknownHeldBack,
                message,
                duration);
    }

    void describe(MimeMessage sent, Envelope envelope) {
        message = message.with(sent, envelope);
    }

    List<RecipientOutcome> recipients() {
        List<RecipientOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < statuses.length; i++) {
            outcomes.add(new RecipientOutcome(recipients.get(i).address, statuses[i]));
        }
        return outcomes;
    }

    /** The distinct wire addresses to send to. */
    List<String> wireAddresses() {
        return new ArrayList<>(wireAddresses(status -> status == RecipientStatus.UNSENT));
    }

    /** The distinct wire addresses of recipients with these statuses, without unusable ones. */
    Set<String> wireAddresses(Predicate<RecipientStatus> which) {
        Set<String> once = new LinkedHashSet<>();
        for (int i = 0; i < statuses.length; i++) {
            if (which.test(statuses[i]) && wireAddress(i) != null) {
                once.add(wireAddress(i));
            }
        }
        return once;
    }

    /** Whether a recipient may have the message without a confirmation. A retry could then send it twice. */
    private boolean isAnyUnknown() {
        return Arrays.stream(statuses).anyMatch(status -> status == RecipientStatus.UNKNOWN);
    }

    /** Holds back recipients who have, or may have, the message from an earlier send. */
    void holdBack(Set<String> accepted, Set<String> unknown) {
        mark(statuses, accepted, RecipientStatus.ACCEPTED_EARLIER);
        mark(statuses, unknown, RecipientStatus.UNKNOWN);
        unknownHeldBack = (int) Arrays.stream(statuses)
                .filter(status -> status == RecipientStatus.UNKNOWN)
                .count();
    }

    boolean isSuccess() {
        return Arrays.stream(statuses).allMatch(status -> status.fate() == RecipientStatus.Fate.SENT);
    }

    /**
     * Marks the unusable recipients.
     *
     * @param allowPartial whether the message is sent to the others
     * @return whether the message is to be sent
     */
    boolean markUnusable(boolean allowPartial) {
        int usable = usable().size();
        for (int i = 0; i < statuses.length; i++) {
            if (!recipients.get(i).wire.isUsable()) {
                statuses[i] = RecipientStatus.INVALID;
            }
        }
        return allowPartial ? usable > 0 : usable == statuses.length;
    }

    /** The recipients with a usable address. */
    List<Recipient> usable() {
        return recipients.stream().filter(each -> each.wire.isUsable()).collect(Collectors.toList());
    }

    /** Whether a request was, or may have been, accepted. */
    boolean isAnythingSent() {
        return Arrays.stream(statuses)
                .anyMatch(each -> each != RecipientStatus.UNSENT
                        && each != RecipientStatus.REFUSED
                        && each != RecipientStatus.INVALID);
    }

    /** Ends the send with a local failure; the statuses stay as they are. */
    void failed(Exception cause) {
        failure = cause;
        retryable = false;
    }

    /** The deadline left no time to begin the next request. */
    void outOfTime() {
        failure = new SocketTimeoutException("the deadline left no time for the other recipients");
        retryable = true;
    }

    /** Marks the recipients of a request as unknown until its outcome is added. */
    void begin(List<String> request) {
        mark(statuses, new LinkedHashSet<>(request), RecipientStatus.UNKNOWN);
    }

    /** Adds the outcome of one request. If this throws, no status has changed. */
    void add(List<String> request, SendOutcome outcome) {
        RecipientStatus[] next = statuses.clone();
        mark(next, new LinkedHashSet<>(request), general(outcome.getKind()));
        outcome.getResult().ifPresent(result -> mark(next, request, result));
        retryable = outcome.isRetryable();
        outcomes.add(outcome);
        statuses = next;
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

    /** The worst list wins: a recipient that is also bounced or suppressed must not count as sent. */
    private void mark(RecipientStatus[] next, List<String> request, SendResult result) {
        if (result.namesNoRecipient()) {
            return; // an ordinary success
        }
        EchoedAddresses echoed = new EchoedAddresses(request);
        mark(next, echoed.of(result.getDelivered()), RecipientStatus.DELIVERED);
        mark(next, echoed.of(result.getQueued()), RecipientStatus.QUEUED);
        Set<String> strangers = echoed.strangers(result.getPermanentBounces());
        strangers.addAll(echoed.strangers(result.getSuppressedRecipients()));
        if (!strangers.isEmpty()) {
            doubtUnconfirmed(next, request);
            strangers.stream().limit(MOST_UNMATCHED - unmatched.size()).forEach(unmatched::add);
        }
        mark(next, echoed.of(result.getSuppressedRecipients()), RecipientStatus.SUPPRESSED);
        mark(next, echoed.of(result.getPermanentBounces()), RecipientStatus.BOUNCED);
    }

    /** One of the recipients in no list bounced or is suppressed, but it is not known which one. */
    private void doubtUnconfirmed(RecipientStatus[] next, List<String> request) {
        for (int i = 0; i < next.length; i++) {
            if (next[i] == RecipientStatus.ACCEPTED && request.contains(wireAddress(i))) {
                next[i] = RecipientStatus.UNKNOWN;
            }
        }
    }

    private void mark(RecipientStatus[] next, Set<String> wireAddresses, RecipientStatus status) {
        for (int i = 0; i < next.length; i++) {
            if (wireAddresses.contains(wireAddress(i))) {
                next[i] = status;
            }
        }
    }

    /** Null for an unusable recipient, even if there is a redirect. */
    private String wireAddress(int recipient) {
        if (!recipients.get(recipient).wire.isUsable()) {
            return null;
        }
        return (redirect != null ? redirect : recipients.get(recipient).wire).toString();
    }
}
