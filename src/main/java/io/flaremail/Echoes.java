package io.flaremail;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the recipients of one request in what the API echoes. Nobody knows in what case, or with what name around it, it
 * writes an address; so the exact one is meant if there is one, else all that are the same but for that.
 */
final class Echoes {
    private final Set<String> request;

    Echoes(List<String> request) {
        this.request = new LinkedHashSet<>(request);
    }

    /** The recipients that may be meant; empty when none of this request is. */
    Set<String> of(String echo) {
        if (request.contains(echo)) {
            return Collections.singleton(echo);
        }
        Set<String> meant = equalIgnoringCase(echo.trim());
        int open = echo.lastIndexOf('<');
        if (!meant.isEmpty() || open < 0 || !echo.trim().endsWith(">")) {
            return meant;
        }
        String named = echo.trim();
        return equalIgnoringCase(named.substring(named.lastIndexOf('<') + 1, named.length() - 1));
    }

    private Set<String> equalIgnoringCase(String address) {
        return request.stream().filter(address::equalsIgnoreCase).collect(Collectors.toSet());
    }
}
