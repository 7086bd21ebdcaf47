package io.flaremail.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * What the builder decided.
 *
 * @param accounts at least one
 * @param smtpPort null for no SMTP
 * @param keep how many accepted messages an account keeps
 * @param echo how an answer spells an address
 * @param keepBodies whether the bytes of requests and messages are remembered
 * @param indexed whether the words of a message are collected when it is accepted, not at the first search
 * @param tls null for plain HTTP
 * @param freshSends how many sends a domain that was created over HTTP refuses at first
 * @param freshTime how long it refuses them
 * @param quota null for none
 * @param bulkPerMinute 0 for no limit
 * @param eventDelay how long after acceptance a recipient's first event happens, and each next one
 * @param verifiedDestinations in lower case
 * @param inDatabase whether messages are kept in a database, so that their requests need not be in memory
 * @param strict whether it is harsher where the service's behaviour is open
 */
record Settings(
        List<AccountSettings> accounts,
        ListenAddress listen,
        int port,
        int imapPort,
        int dnsPort,
        Integer smtpPort,
        int keep,
        boolean listDelivered,
        boolean keepMessageId,
        boolean anySender,
        boolean acceptTraceFields,
        Consumer<Accepted> onAccepted,
        boolean acceptAnyHeader,
        boolean keepBodies,
        boolean indexed,
        UnaryOperator<String> echo,
        SSLContext tls,
        boolean wildcards,
        int freshSends,
        Duration freshTime,
        Quota quota,
        String cursorField,
        int bulkPerMinute,
        Duration eventDelay,
        boolean eventsInBase64,
        Set<String> verifiedDestinations,
        boolean strict,
        boolean inDatabase,
        AtomicLong sequences,
        AdjustableClock clock) {
    /** Whether this behaviour is that of a strict sandbox, which the fact describes. */
    boolean isStrict(Behavior behavior) {
        if (behavior.fact().strict() == null) {
            throw new IllegalArgumentException(behavior + " is the same in a strict sandbox");
        }
        return strict;
    }

    /** An address as an answer spells it. */
    String spelled(String address) {
        String spelled = echo.apply(address);
        return isStrict(SendingBehavior.ECHO) ? "Recipient <" + spelled.toUpperCase(Locale.ROOT) + ">" : spelled;
    }

    /** The place of the next message among those of all accounts. */
    long nextSequence() {
        return sequences.incrementAndGet();
    }
}
