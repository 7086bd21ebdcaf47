package io.flaremail.sandbox;

import java.util.List;

/**
 * What the builder decided about one account.
 *
 * @param zone the id of its first zone
 * @param zoneName the name of that zone, a domain
 * @param domains onboarded and enabled
 */
record AccountSettings(String id, String token, String zone, String zoneName, List<String> domains) {
    /** Without the token. */
    @Override
    public String toString() {
        return "account " + id;
    }
}
