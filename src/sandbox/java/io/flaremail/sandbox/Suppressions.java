package io.flaremail.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** The suppression list. */
final class Suppressions {
    static final String KIND = "suppression";

    private final Storage storage;
    private final Map<String, Suppression> byId = new LinkedHashMap<>();
    private final Map<String, String> idByKey = new HashMap<>();
    private final Set<String> removed = new HashSet<>();
    private final Queue<Integer> pageSizes = new ArrayDeque<>();
    private long changes;

    /** Begins with those that are in the storage. */
    Suppressions(Storage storage) {
        this.storage = storage;
        storage.all(KIND, Suppression.class).forEach(this::remember);
    }

    /** Answers the active one for this address and scope, or else a new one. */
    synchronized Suppression add(
            String email, String reason, Scope scope, Instant now, Instant expiry, boolean readOnly, String note) {
        return find(email, scope, now)
                .orElseGet(() -> put(new Suppression(
                        UUID.randomUUID().toString(),
                        email.toLowerCase(Locale.ROOT),
                        reason,
                        scope.domain(),
                        now,
                        expiry,
                        readOnly,
                        note)));
    }

    /** The active one for exactly this address and scope. */
    synchronized Optional<Suppression> find(String email, Scope scope, Instant now) {
        return Optional.ofNullable(idByKey.get(key(email, scope))).flatMap(id -> get(id, now));
    }

    private static String key(String email, Scope scope) {
        return (email + " in " + scope.domain()).toLowerCase(Locale.ROOT);
    }

    synchronized Suppression put(Suppression suppression) {
        storage.put(KIND, suppression.id(), suppression);
        remember(suppression);
        return suppression;
    }

    private void remember(Suppression suppression) {
        changes++;
        byId.put(suppression.id(), suppression);
        idByKey.put(key(suppression.email(), suppression.scope()), suppression.id());
    }

    synchronized Optional<Suppression> get(String id, Instant now) {
        return Optional.ofNullable(byId.get(id)).filter(found -> isActive(found, now));
    }

    /** It keeps its place, so that a cursor that points to it stays good. */
    synchronized void remove(String id) {
        changes++;
        removed.add(id);
        storage.remove(KIND, id);
    }

    private boolean isActive(Suppression suppression, Instant now) {
        return suppression.isActive(now) && !removed.contains(suppression.id());
    }

    /** Those for one sending domain first, then those for the account; the newest first in each. */
    synchronized List<Suppression> active(Instant now) {
        return ordered().stream()
                .filter(suppression -> isActive(suppression, now))
                .toList();
    }

    synchronized long count(Instant now) {
        return byId.values().stream()
                .filter(suppression -> isActive(suppression, now))
                .count();
    }

    /** Grows with each change, but not when one expires. */
    synchronized long changes() {
        return changes;
    }

    private List<Suppression> ordered() {
        List<Suppression> ordered = new ArrayList<>(byId.values());
        Collections.reverse(ordered);
        ordered.sort(Comparator.comparing(suppression -> suppression.sendingDomain() == null));
        return ordered;
    }

    synchronized List<String> among(List<String> recipients, String senderDomain, Instant now) {
        Scope domain = new Scope(senderDomain.toLowerCase(Locale.ROOT));
        return recipients.stream()
                .filter(recipient -> find(recipient, Scope.ACCOUNT, now).isPresent()
                        || find(recipient, domain, now).isPresent())
                .toList();
    }

    synchronized void pageSizes(List<Integer> sizes) {
        pageSizes.addAll(sizes);
    }

    /**
     * The page after a position: {@code perPage} entries, or fewer, even none, when a test said so.
     *
     * @param after the id of the last entry seen, empty at the beginning
     */
    synchronized Page page(String after, int perPage, Predicate<Suppression> filter, Instant now) {
        List<Suppression> ordered = ordered();
        int begin = ordered.stream().map(Suppression::id).toList().indexOf(after) + 1;
        List<Suppression> rest = ordered.subList(begin, ordered.size()).stream()
                .filter(suppression -> isActive(suppression, now))
                .filter(filter)
                .toList();
        int size = Math.min(perPage, pageSizes.isEmpty() ? perPage : pageSizes.remove());
        List<Suppression> here = rest.subList(0, Math.min(size, rest.size()));
        String last = here.isEmpty() ? after : here.get(here.size() - 1).id();
        return new Page(here, here.size() < rest.size() ? last : null);
    }

    /** @param last the id to go on after; null at the end */
    record Page(List<Suppression> entries, String last) {}
}
