package io.flaremail.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The onboarded sending domains. Each stands for its exact name only, neither its parents nor its children. */
final class Domains {
    private static final int MOST_IN_A_ZONE = 30;
    private static final String KIND = "domain";
    private static final Duration STRICT_FRESH_TIME = Duration.ofSeconds(60);

    private final Map<String, SendingDomain> byName = new LinkedHashMap<>();
    private final Settings settings;
    private final Zones zones;
    private final DnsZone dns;
    private final Storage storage;

    /**
     * Begins with those that are in the storage.
     *
     * @param onboarded the names of others that are there from the beginning, enabled
     */
    Domains(Settings settings, List<String> onboarded, Zones zones, DnsZone dns, Storage storage) {
        this.settings = settings;
        this.zones = zones;
        this.dns = dns;
        this.storage = storage;
        storage.all(KIND, SendingDomain.class).forEach(domain -> byName.put(domain.name(), domain));
        onboarded.stream().filter(name -> !byName.containsKey(key(name))).forEach(name -> put(name, true));
    }

    private Instant now() {
        return settings.clock().instant();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Without any of the API's conditions, and at once ready to send. */
    synchronized void put(String name, boolean enabled) {
        String key = key(name);
        if (!byName.containsKey(key)) {
            SendingDomain domain = SendingDomain.of(key, zones.around(key), now());
            domain.records().writeTo(dns);
            save(domain);
        }
        save(byName.get(key).enabled(enabled).fresh(0, now()));
    }

    synchronized void lock(String name, boolean locked) {
        if (!byName.containsKey(key(name))) {
            throw new IllegalArgumentException("not onboarded: " + name);
        }
        save(byName.get(key(name)).locked(locked));
    }

    private void save(SendingDomain domain) {
        byName.put(domain.name(), domain);
        storage.put(KIND, domain.name(), domain);
    }

    synchronized List<String> names() {
        return List.copyOf(byName.keySet());
    }

    synchronized List<SendingDomain> all() {
        return List.copyOf(byName.values());
    }

    synchronized List<SendingDomain> in(Zone zone) {
        return byName.values().stream()
                .filter(domain -> domain.zone().equals(zone))
                .toList();
    }

    /** A domain as it would be after {@link #create}, which changes nothing yet. */
    synchronized SendingDomain plan(Zone zone, String name) {
        requireName(zone, name);
        SendingDomain known = byName.get(name);
        if (known != null) {
            requireUnlocked(known);
        }
        if (known != null && known.enabled()) {
            throw new Refusal(ApiError.SUBDOMAIN_EXISTS, "already enabled: " + name, "/name");
        }
        if (known == null && in(zone).size() >= MOST_IN_A_ZONE) {
            throw new Refusal(ApiError.TOO_MANY_SUBDOMAINS, "a zone holds at most " + MOST_IN_A_ZONE);
        }
        DnsCheck.of(SendingRecords.of(name), dns).requireWritable();
        return known == null ? SendingDomain.of(name, zone, now()) : known.enabled(true);
    }

    private void requireName(Zone zone, String name) {
        boolean wildcard = name.startsWith("*.");
        String plain = wildcard ? name.substring(2) : name;
        if (!plain.matches("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+")
                || plain.length() > 253) {
            throw new Refusal(ApiError.INVALID_REQUEST_SCHEMA, "not a domain name: \"" + name + "\"", "/name");
        }
        if (!zone.holds(plain)) {
            throw new Refusal(ApiError.INVALID_REQUEST_SCHEMA, name + " is not in the zone " + zone.name(), "/name");
        }
        if (wildcard && !settings.wildcards()) {
            throw new Refusal(ApiError.NOT_ENTITLED, "wildcards need an entitlement", "/name");
        }
    }

    synchronized SendingDomain create(Zone zone, String name) {
        boolean late = settings.isStrict(SendingBehavior.FRESH_DOMAIN)
                && settings.freshTime().isZero();
        Instant ready = now().plus(late ? STRICT_FRESH_TIME : settings.freshTime());
        SendingDomain planned = plan(zone, name).fresh(settings.freshSends(), ready);
        planned.records().writeTo(dns);
        save(planned);
        return planned;
    }

    synchronized SendingDomain get(Zone zone, String tag) {
        if (!tag.matches("[0-9a-f]{1,32}")) {
            throw new Refusal(ApiError.BAD_SUBDOMAIN_ID, "expected at most 32 hexadecimal digits, got \"" + tag + "\"");
        }
        return in(zone).stream()
                .filter(domain -> domain.tag().equals(tag))
                .findFirst()
                .orElseThrow(() -> new Refusal(ApiError.SUBDOMAIN_NOT_FOUND, "no subdomain " + tag));
    }

    synchronized SendingDomain edit(SendingDomain seen, boolean preview, boolean dropSuppressed) {
        SendingDomain domain = requireUnlocked(get(seen.zone(), seen.tag()));
        SendingDomain edited = domain.edited(now(), preview, dropSuppressed);
        save(edited);
        return edited;
    }

    synchronized void delete(Zone zone, String tag) {
        SendingDomain domain = requireUnlocked(get(zone, tag));
        byName.remove(domain.name());
        storage.remove(KIND, domain.name());
        // A wildcard and the domain beneath which it stands share their records.
        if (byName.values().stream().noneMatch(other -> other.records().equals(domain.records()))) {
            domain.records().removeFrom(dns);
        }
    }

    synchronized void repair(Zone zone, String tag) {
        requireUnlocked(get(zone, tag)).records().writeTo(dns);
    }

    private static SendingDomain requireUnlocked(SendingDomain domain) {
        if (domain.locked()) {
            throw new Refusal(ApiError.SUBDOMAIN_LOCKED, "locked by an administrator: " + domain.name());
        }
        return domain;
    }

    /** Whether this sender's domain leaves out suppressed recipients and sends to the others. */
    synchronized boolean dropsSuppressed(String name) {
        SendingDomain domain = find(name);
        return domain != null && domain.dropSuppressed();
    }

    synchronized void requireSending(String name) {
        SendingDomain domain = find(name);
        if (domain == null && !settings.anySender()) {
            throw new Refusal(ApiError.SENDER_NOT_CONFIGURED, "not onboarded: " + name);
        }
        if (domain != null && !domain.enabled()) {
            throw new Refusal(ApiError.SENDING_DISABLED, "onboarded, but not enabled: " + name);
        }
        if (domain != null && domain.isFresh(now())) {
            save(domain.fresh(Math.max(0, domain.refusals() - 1), domain.readyAt()));
            throw new Refusal(ApiError.SENDING_DISABLED, "enabled, but too fresh: " + name);
        }
    }

    synchronized boolean isEnabled(String name) {
        SendingDomain exact = byName.get(key(name));
        return exact != null && exact.enabled();
    }

    /** The id of the zone that a known domain is in. */
    synchronized String zoneOf(String name) {
        return byName.get(key(name)).zone().id();
    }

    private SendingDomain find(String name) {
        SendingDomain exact = byName.get(key(name));
        return exact != null ? exact : byName.get(key(name).replaceFirst("^[^.]*", "*"));
    }
}
