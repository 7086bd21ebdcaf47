package io.flaremail.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The account's zones. A domain that lies in none of them opens one of its own. */
final class Zones {
    private final List<Zone> zones = new ArrayList<>();

    Zones(Zone first) {
        zones.add(first);
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
        zones.add(zone);
        return zone;
    }
}
