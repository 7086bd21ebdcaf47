package io.flaremail.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds zones, whose ids the other calls need.
 *
 * <p>Tests: CallTableTest, ModelTest.
 */
public final class Zones {
    /** Statuses of zones that Cloudflare no longer serves. */
    private static final List<String> GONE = Arrays.asList("moved", "deleted", "deactivated");

    private final ApiClient api;

    Zones(ApiClient api) {
        this.api = api;
    }

    /**
     * Finds the zone of this name. Ignores zones that were moved, deleted or deactivated.
     *
     * @param name the apex, such as example.com
     * @throws CloudflareApiException also if several accounts have a zone of this name
     */
    public Optional<Zone> find(String name) throws CloudflareApiException {
        return find(name, Optional.empty());
    }

    /**
     * Finds the zone of this name in one account.
     *
     * @param accountId 32 hexadecimal characters
     */
    public Optional<Zone> find(String name, String accountId) throws CloudflareApiException {
        return find(name, Optional.of(Objects.requireNonNull(accountId, "accountId")));
    }

    /** Finds the zone that contains a domain: its own, or the nearest above it; see {@link #find(String)}. */
    public Optional<Zone> findFor(String domain) throws CloudflareApiException {
        return findFor(domain, Optional.empty());
    }

    /** Finds the zone of one account that contains a domain: its own, or the nearest above it. */
    public Optional<Zone> findFor(String domain, String accountId) throws CloudflareApiException {
        return findFor(domain, Optional.of(Objects.requireNonNull(accountId, "accountId")));
    }

    private Optional<Zone> findFor(String domain, Optional<String> account) throws CloudflareApiException {
        for (String name = Objects.requireNonNull(domain, "domain");
                name.indexOf('.') > 0;
                name = name.substring(name.indexOf('.') + 1)) {
            Optional<Zone> zone = find(name, account);
            if (zone.isPresent()) {
                return zone;
            }
        }
        return Optional.empty();
    }

    private Optional<Zone> find(String name, Optional<String> account) throws CloudflareApiException {
        Objects.requireNonNull(name, "name");
        ApiPath path =
                api.path().segment("zones").query("name", Optional.of(name)).query("account.id", account);
        Map<String, Zone> found = new LinkedHashMap<>();
        for (JsonValue json : api.list(path).objects()) {
            Zone zone = new Zone(json);
            boolean elsewhere = account.isPresent()
                    && zone.getAccountId()
                            .filter(id -> !id.equalsIgnoreCase(account.get()))
                            .isPresent();
            boolean gone = zone.getStatus().filter(GONE::contains).isPresent();
            if (zone.getName().equalsIgnoreCase(name) && !elsewhere && !gone) {
                found.put(zone.getId(), zone);
            }
        }
        return theOne(name, found.values());
    }

    /** Prefers an active zone over pending ones. */
    private static Optional<Zone> theOne(String name, Collection<Zone> found) throws CloudflareApiException {
        List<Zone> active = found.stream()
                .filter(zone -> zone.getStatus().filter("active"::equals).isPresent())
                .collect(Collectors.toList());
        Collection<Zone> left = active.isEmpty() ? found : active;
        if (left.size() > 1) {
            throw CloudflareApiException.strange(left.size() + " zones are named " + name + ": "
                    + left.stream().map(Zones::described).collect(Collectors.joining(", "))
                    + "; specify the account or the zone id");
        }
        return left.stream().findFirst();
    }

    private static String described(Zone zone) {
        return zone.getId() + " (account " + zone.getAccountId().orElse("unknown") + ")";
    }
}
