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
    /**
     * For a start after another: without the domains that were onboarded then, which may have been deleted since.
     *
     * @param before null for none
     */
    AccountSettings after(AccountSettings before) {
        List<String> more = domains.stream()
                .filter(domain -> before == null || !before.domains().contains(domain))
                .toList();
        return new AccountSettings(id, token, before == null ? zone : before.zone(), zoneName, more);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "account " + id;
    }
}
