package io.flaremail;

import io.flaremail.text.WireAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the recipients of one request in the addresses that the API echoes. How it spells them is not documented. An exact
 * match counts first; then an address that differs in case, in the form of its domain, by a name around it or by a dot at
 * its end; then one without the recipient's subaddress (RFC 5233). If several recipients match equally, all are meant.
 *
 * <p>Tests: EchoedAddressesTest.
 */
final class EchoedAddresses {
    private final Set<String> request;
    private final Map<String, Set<String>> byCanonical = new HashMap<>();
    private final Map<String, Set<String>> byMailbox = new HashMap<>();

    EchoedAddresses(List<String> request) {
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

    /** The recipients that these addresses mean. */
    Set<String> of(Collection<String> echoes) {
        Set<String> all = new LinkedHashSet<>();
        for (String echo : new LinkedHashSet<>(echoes)) {
            all.addAll(of(echo));
        }
        return all;
    }

    /** The addresses that mean none of this request's recipients. */
    Set<String> strangers(Collection<String> echoes) {
        Set<String> strangers = new LinkedHashSet<>(echoes);
        strangers.removeIf(echo -> !of(echo).isEmpty());
        return strangers;
    }

    private Set<String> of(String echo) {
        if (request.size() == 1) {
            return request; // it can mean no other
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

    /** Also from Unicode where punycode was sent, and without the root's dot at the end. */
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
