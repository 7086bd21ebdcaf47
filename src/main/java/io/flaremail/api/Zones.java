package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;

/** Finds zones, whose ids the other calls need. */
public final class Zones {
    private final ApiCalls api;

    Zones(ApiCalls api) {
        this.api = api;
    }

    /**
     * The zone of this name.
     *
     * @param name the apex, such as example.com
     */
    public Optional<Zone> find(String name) throws CloudflareApiException {
        Objects.requireNonNull(name, "name");
        ApiPath path = api.path().segment("zones").query("name", Optional.of(name));
        for (JsonNode json : api.list(path).objects()) {
            Zone zone = new Zone(json);
            if (zone.getName().equalsIgnoreCase(name)) {
                return Optional.of(zone);
            }
        }
        return Optional.empty();
    }

    /** The zone that a domain is in: its own, or the nearest above it. */
    public Optional<Zone> findFor(String domain) throws CloudflareApiException {
        for (String name = Objects.requireNonNull(domain, "domain");
                name.indexOf('.') > 0;
                name = name.substring(name.indexOf('.') + 1)) {
            Optional<Zone> zone = find(name);
            if (zone.isPresent()) {
                return zone;
            }
        }
        return Optional.empty();
    }
}
