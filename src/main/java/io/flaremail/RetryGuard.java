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
 * Remembers messages that were, or may have been, accepted for some recipients although the send ended in an exception.
 * If the application sends such a message again, those recipients do not get it twice. One instance serves all
 * transports of a class loader; other processes do not share it. Thread-safe; waits only for its own lock.
 *
 * <p>Bounded: at most {@value #MOST_MESSAGES} messages with {@value #MOST_RECIPIENTS} recipients in all; the oldest are
 * removed first, and each recipient expires after the window. Messages are held weakly and compared by identity; all
 * other data are strings, so the guard keeps no application or class loader alive. The next failed or guarded send
 * removes expired entries. An entry whose message was garbage-collected still matches by Message-ID and content, and
 * expires like any other.
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

    /** When the first entry expires, on {@link #nanoTime}. */
    private long firstExpiry;

    /** Read without the lock: the only cost while no send has failed. */
    private volatile boolean empty = true;

    /** @param nanoTime a monotonic clock in nanoseconds, such as {@link System#nanoTime()} */
    RetryGuard(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether to compute a digest: whether some entry matches this message if the content is the same. */
    boolean mayKnow(GuardGrade grade, List<String> scope, MimeMessage message, String messageId) {
        if (empty || grade == GuardGrade.OFF) {
            return false;
        }
        synchronized (this) {
            forgetExpired();
            return entries.stream().anyMatch(entry -> entry.mayBe(grade, scope, message, messageId));
        }
    }

    /** The earlier sends of this message to these recipients; idle if there are none. */
    synchronized EarlierTries earlier(GuardGrade grade, MessageIdentity identity, Set<String> recipients) {
        forgetExpired();
        EarlierTries all = new EarlierTries();
        concerned(grade, identity, recipients).forEach(entry -> all.addAll(entry.tries));
        return all.only(recipients);
    }

    /**
     * Records a send that ended in an exception. Replaces the entries of earlier sends to some of the same recipients,
     * and includes their data.
     */
    synchronized void remember(GuardGrade grade, MessageIdentity identity, EarlierTries tries, Set<String> recipients) {
        forgetExpired();
        List<Entry> replaced = concerned(grade, identity, recipients);
        EarlierTries all = new EarlierTries();
        all.addAll(tries);
        replaced.forEach(entry -> all.addAll(entry.tries));
        all.limit(MOST_RECIPIENTS);
        if (!all.isIdle()) {
            entries.addLast(new Entry(identity, all)); // before removing others: memory may run out
        }
        entries.removeAll(replaced);
        count();
        while (entries.size() > MOST_MESSAGES || this.recipients > MOST_RECIPIENTS) {
            this.recipients -= entries.removeFirst().tries.size();
        }
    }

    /**
     * Records a success: sending the message to these recipients once more is then intended. Entries for other
     * recipients stay, since an application may send one message to several lists.
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

    /** The end of the window that begins now, on {@link #nanoTime}. */
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

    /** The message of one send, with all data to compare it with that of another send. Immutable. */
    static final class MessageIdentity {
        /** Account, endpoint, reverse-path and redirect. If one differs, it is a different message. */
        final List<String> scope;

        final MimeMessage message;

        /** The Message-ID on the wire; empty if there is none, and then matches no message. */
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
