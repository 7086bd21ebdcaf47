package io.flaremail;

import io.flaremail.config.GuardGrade;
import jakarta.mail.internet.MimeMessage;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Remembers messages whose send ended in an exception although it was accepted, or may have been, for some recipients; so
 * that an application that sends the message again does not send it to those twice. One for all transports of a process
 * that load this class together; other processes do not share it. Thread-safe; never waits for anything but itself.
 *
 * <p>Bounded: at most {@value #MOST_MESSAGES} messages with {@value #MOST_RECIPIENTS} recipients in all, the oldest going
 * first, each recipient for the window only. Messages are held weakly and never asked {@code equals}; beside them there are
 * strings only, so nothing here keeps an application or its class loader. What has expired is dropped with the next failed
 * or guarded send. A reference whose message is gone needs no queue: its entry still answers for the Message-ID and the
 * content, and expires like any other.
 *
 * <p>Tests: RetryGuardTest, RetriesTest.
 */
final class RetryGuard {
    static final int MOST_MESSAGES = 1_000;
    static final int MOST_RECIPIENTS = 10_000;

    static final RetryGuard SHARED = new RetryGuard(System::nanoTime);

    private static final class Entry {
        final List<String> scope;
        final WeakReference<MimeMessage> message;
        final String messageId;
        final String digest;
        final EarlierTries tries;

        Entry(MessageIdentity identity, EarlierTries tries) {
            this.scope = identity.scope;
            this.message = new WeakReference<>(identity.message);
            this.messageId = identity.messageId;
            this.digest = identity.digest;
            this.tries = tries;
        }

        boolean mayBe(GuardGrade grade, List<String> scope, MimeMessage message, String messageId) {
            boolean suspected = grade == GuardGrade.CONTENT
                    || this.message.get() == message
                    || !messageId.isEmpty() && messageId.equals(this.messageId);
            return suspected && this.scope.equals(scope);
        }

        boolean is(GuardGrade grade, MessageIdentity identity) {
            return mayBe(grade, identity.scope, identity.message, identity.messageId) && digest.equals(identity.digest);
        }
    }

    private final LongSupplier nanoTime;

    /** The oldest first. */
    private final Deque<Entry> entries = new ArrayDeque<>();

    private int recipients;

    /** When the first of them expires. */
    private long firstExpiry;

    /** Read without the lock: a process in which no send has failed pays nothing else. */
    private volatile boolean empty = true;

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime()} */
    RetryGuard(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it is worth computing a digest: whether some entry is this message's, should the contents be the same. */
    boolean mayKnow(GuardGrade grade, List<String> scope, MimeMessage message, String messageId) {
        if (empty || grade == GuardGrade.OFF) {
            return false;
        }
        synchronized (this) {
            forgetExpired();
            return entries.stream().anyMatch(entry -> entry.mayBe(grade, scope, message, messageId));
        }
    }

    /** What is known of earlier sends of this message to these recipients; idle when nothing is. */
    synchronized EarlierTries earlier(GuardGrade grade, MessageIdentity identity, Set<String> recipients) {
        forgetExpired();
        EarlierTries all = new EarlierTries();
        concerned(grade, identity, recipients).forEach(entry -> all.addAll(entry.tries));
        return all.only(recipients);
    }

    /**
     * A send ended in an exception. Takes the place of what is known of earlier sends to some of the same recipients, and
     * includes it.
     */
    synchronized void remember(GuardGrade grade, MessageIdentity identity, EarlierTries tries, Set<String> recipients) {
        forgetExpired();
        List<Entry> replaced = concerned(grade, identity, recipients);
        EarlierTries all = new EarlierTries();
        all.addAll(tries);
        replaced.forEach(entry -> all.addAll(entry.tries));
        all.limit(MOST_RECIPIENTS);
        if (!all.isIdle()) {
            entries.addLast(new Entry(identity, all)); // before the others go, should memory not suffice
        }
        entries.removeAll(replaced);
        count();
        while (entries.size() > MOST_MESSAGES || this.recipients > MOST_RECIPIENTS) {
            this.recipients -= entries.removeFirst().tries.size();
        }
    }

    /**
     * A send ended well: whoever sends this message to them once more means it. What is known of sends to other recipients
     * stays; an application may send one message to several lists.
     */
    synchronized void forget(GuardGrade grade, MessageIdentity identity, Set<String> recipients) {
        entries.removeAll(concerned(grade, identity, recipients));
        count();
    }

    private List<Entry> concerned(GuardGrade grade, MessageIdentity identity, Set<String> recipients) {
        return entries.stream()
                .filter(entry -> entry.is(grade, identity) && entry.tries.concern(recipients))
                .collect(Collectors.toList());
    }

    /** An instant on this guard's clock. */
    long in(Duration window) {
        return nanoTime.getAsLong() + window.toNanos();
    }

    /** For tests. */
    synchronized int messages() {
        return entries.size();
    }

    /** For tests. */
    synchronized int recipients() {
        return recipients;
    }

    private void forgetExpired() {
        long now = nanoTime.getAsLong();
        if (entries.isEmpty() || now - firstExpiry < 0) {
            return;
        }
        entries.forEach(entry -> entry.tries.forgetBefore(now));
        entries.removeIf(entry -> entry.tries.isIdle());
        count();
    }

    private void count() {
        empty = entries.isEmpty();
        long now = nanoTime.getAsLong();
        long left = Long.MAX_VALUE;
        recipients = 0;
        for (Entry entry : entries) {
            recipients += entry.tries.size();
            left = Math.min(left, entry.tries.firstExpiry(now) - now);
        }
        firstExpiry = now + left;
    }

    /** A message as one send had it, and what it takes to find out whether another send has the same. Immutable. */
    static final class MessageIdentity {
        /** Account, endpoint, reverse-path and redirect: with another one it is another message. */
        final List<String> scope;

        final MimeMessage message;

        /** The Message-ID on the wire; empty when there is none, which identifies no message. */
        final String messageId;

        /** The content's digest. */
        final String digest;

        MessageIdentity(List<String> scope, MimeMessage message, String messageId, String digest) {
            this.scope = scope;
            this.message = message;
            this.messageId = messageId;
            this.digest = digest;
        }
    }
}
