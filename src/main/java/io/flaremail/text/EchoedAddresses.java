package io.flaremail.text;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Matches the addresses in a response to the recipients of its request. The API does not document their spelling, so it
 * tries an exact match first; then one that ignores case, the form of the domain, a display name and a trailing dot;
 * then one without the recipient's subaddress (RFC 5233). If several recipients match equally, all count.
 *
 * <p>Tests: EchoedAddressesTest.
 */
public final class EchoedAddresses {
    private final Set<String> request;
    private final Map<String, Set<String>> byCanonical = new HashMap<>();
    private final Map<String, Set<String>> byMailbox = new HashMap<>();

    public EchoedAddresses(List<String> request) {
        this.request = new LinkedHashSet<>(request);
        for (String each : request) {
            String canonical = each.toLowerCase(Locale.ROOT);
            put(byCanonical, canonical, each);
            put(byMailbox, withoutSubaddress(canonical), each);
        }
    }

    private static void put(Map<String, Set<String>> map, String key, String address) {
        map.computeIfAbsent(key, absent -> new LinkedHashSet<>()).add(address);
    }

    /** The recipients that match these addresses. */
    public Set<String> of(Collection<String> echoes) {
        Set<String> all = new LinkedHashSet<>();
        for (String echo : new LinkedHashSet<>(echoes)) {
            all.addAll(of(echo));
        }
        return all;
    }

    /** The addresses that match no recipient of this request. */
    public Set<String> strangers(Collection<String> echoes) {
        Set<String> strangers = new LinkedHashSet<>(echoes);
        strangers.removeIf(echo -> !of(echo).isEmpty());
        return strangers;
    }

    private Set<String> of(String echo) {
        if (request.size() == 1) {
            return request; // the only candidate
        }
        if (request.contains(echo)) {
            return Collections.singleton(echo);
        }
        String address = echo.trim();
        Set<String> meant = alike(address);
        if (meant.isEmpty() && address.endsWith(">")) {
            meant = alike(address.substring(address.lastIndexOf('<') + 1, address.length() - 1));
        }
        return meant;
    }

    private Set<String> alike(String address) {
        String canonical = canonical(address);
        Set<String> meant = byCanonical.getOrDefault(canonical, Collections.emptySet());
        return meant.isEmpty() ? byMailbox.getOrDefault(canonical, Collections.emptySet()) : meant;
    }

    /** In lower case, with a domain as punycode, and without a trailing dot. */
    private static String canonical(String address) {
        String withoutDot = address.endsWith(".") ? address.substring(0, address.length() - 1) : address;
        WireAddress wire = WireAddress.of(withoutDot);
        return (wire.isUsable() ? wire.toString() : withoutDot).toLowerCase(Locale.ROOT);
    }

    private static String withoutSubaddress(String address) {
        int at = address.lastIndexOf('@');
        int plus = address.indexOf('+');
        return plus > 0 && plus < at && address.charAt(0) != '"'
                ? address.substring(0, plus) + address.substring(at)
                : address;
    }
}
