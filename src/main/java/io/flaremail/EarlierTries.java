package io.flaremail;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The recipients of earlier sends of a message, in three groups: accepted, unknown (possibly accepted) and failed.
 * Entries of the first two groups expire, each at its own time on the guard's clock. Each wire address is in one group.
 */
final class EarlierTries {
    private final Map<String, Long> accepted = new LinkedHashMap<>();
    private final Map<String, Long> unknown = new LinkedHashMap<>();
    private final Set<String> failed = new LinkedHashSet<>();

    Set<String> accepted() {
        return Collections.unmodifiableSet(accepted.keySet());
    }

    Set<String> unknown() {
        return Collections.unmodifiableSet(unknown.keySet());
    }

    /** Whether there are no accepted and no unknown recipients. */
    boolean isIdle() {
        return accepted.isEmpty() && unknown.isEmpty();
    }

    int size() {
        return accepted.size() + unknown.size() + failed.size();
    }

    /** Keeps the earlier expiry: the window begins with the attempt that was accepted. */
    void addAccepted(String recipient, long until) {
        accepted.merge(recipient, until, EarlierTries::earliest);
        unknown.remove(recipient);
        failed.remove(recipient);
    }

    void addUnknown(String recipient, long until) {
        if (!accepted.containsKey(recipient)) {
            unknown.merge(recipient, until, EarlierTries::earliest);
            failed.remove(recipient);
        }
    }

    void addFailed(String recipient) {
        if (!accepted.containsKey(recipient) && !unknown.containsKey(recipient)) {
            failed.add(recipient);
        }
    }

    void addAll(EarlierTries more) {
        more.accepted.forEach(this::addAccepted);
        more.unknown.forEach(this::addUnknown);
        more.failed.forEach(this::addFailed);
    }

    /** The entries of these recipients. */
    EarlierTries only(Set<String> recipients) {
        EarlierTries some = new EarlierTries();
        some.addAll(this);
        some.accepted.keySet().retainAll(recipients);
        some.unknown.keySet().retainAll(recipients);
        some.failed.retainAll(recipients);
        return some;
    }

    boolean concern(Set<String> recipients) {
        return recipients.stream()
                .anyMatch(each -> accepted.containsKey(each) || unknown.containsKey(each) || failed.contains(each));
    }

    void forgetBefore(long now) {
        accepted.values().removeIf(until -> until - now <= 0);
        unknown.values().removeIf(until -> until - now <= 0);
    }

    /** The earliest expiry, in nanoseconds. Requires that this is not {@link #isIdle() idle}. */
    long firstExpiry(long now) {
        long left = Long.MAX_VALUE;
        for (long until : accepted.values()) {
            left = Math.min(left, until - now);
        }
        for (long until : unknown.values()) {
            left = Math.min(left, until - now);
        }
        return now + left;
    }

    /** Keeps at most this many recipients: accepted ones first, then unknown, then failed. */
    void limit(int size) {
        keepFirst(accepted.keySet(), size);
        keepFirst(unknown.keySet(), size - accepted.size());
        keepFirst(failed, size - accepted.size() - unknown.size());
    }

    private static long earliest(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private static void keepFirst(Set<String> recipients, int count) {
        int[] seen = {0};
        recipients.removeIf(each -> seen[0]++ >= count);
    }
}
