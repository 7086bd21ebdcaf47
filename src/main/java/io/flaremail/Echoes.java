package io.flaremail;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the recipients of one request in what the API echoes. Nobody knows in what case, or with what name around it, it
 * writes an address; so the exact one is meant if there is one, else all that are the same but for that.
 */
final class Echoes {
    private final Set<String> request;
    private final Map<String, Set<String>> byLowerCase = new HashMap<>();

    Echoes(List<String> request) {
        this.request = new LinkedHashSet<>(request);
        request.forEach(each -> byLowerCase
                .computeIfAbsent(each.toLowerCase(Locale.ROOT), key -> new LinkedHashSet<>())
                .add(each));
    }

    /** The request's recipient, if there is but one. */
    Optional<String> only() {
        return request.size() == 1 ? request.stream().findFirst() : Optional.empty();
    }

    /** The recipients that may be meant; empty when none of this request is. */
    Set<String> of(String echo) {
        if (request.contains(echo)) {
            return Collections.singleton(echo);
        }
        String address = echo.trim();
        Set<String> meant = same(address);
        if (meant.isEmpty() && address.endsWith(">")) {
            meant = same(address.substring(address.lastIndexOf('<') + 1, address.length() - 1));
        }
        return meant;
    }

    /** Also in Unicode where punycode was sent, and with the root's dot at the end. */
    private Set<String> same(String address) {
        String withoutDot = address.endsWith(".") ? address.substring(0, address.length() - 1) : address;
        WireAddress wire = WireAddress.of(withoutDot);
        String canonical = (wire.isUsable() ? wire.toString() : withoutDot).toLowerCase(Locale.ROOT);
        return byLowerCase.getOrDefault(canonical, Collections.emptySet());
    }
}
