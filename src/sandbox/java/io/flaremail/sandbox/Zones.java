package io.flaremail.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The account's zones. A domain that lies in none of them opens one of its own. */
final class Zones {
    private static final String KIND = "zone";

    private final List<Zone> zones = new ArrayList<>();
    private final Storage storage;

    /** Begins with those that are in the storage; if there are none, with this one. */
    Zones(Zone first, Storage storage) {
        this.storage = storage;
        zones.addAll(storage.all(KIND, Zone.class));
        if (zones.isEmpty()) {
            add(first);
        }
    }

    private void add(Zone zone) {
        zones.add(zone);
        storage.put(KIND, zone.id(), zone);
    }

    synchronized List<Zone> all() {
        return List.copyOf(zones);
    }

    synchronized Optional<Zone> byId(String id) {
        return zones.stream().filter(zone -> zone.id().equals(id)).findFirst();
    }

    /** The innermost zone around this domain. */
    synchronized Zone around(String domain) {
        return zones.stream()
                .filter(zone -> zone.holds(domain))
                .max(Comparator.comparingInt(zone -> zone.name().length()))
                .orElseGet(() -> open(domain));
    }

    private Zone open(String name) {
        Zone zone = new Zone(SandboxBuilder.id(), name);
        add(zone);
        return zone;
    }
}
