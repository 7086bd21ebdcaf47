package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A zone: a domain whose DNS Cloudflare serves. Immutable. */
public final class Zone {
    private final JsonNode json;

    Zone(JsonNode json) {
        this.json = json;
    }

    /** 32 hexadecimal characters; never null. */
    public String getId() {
        return Json.text(json, "id").orElse("");
    }

    /** The zone's apex; never null. */
    public String getName() {
        return Json.text(json, "name").orElse("");
    }

    /** Such as {@code active} or {@code pending}. */
    public Optional<String> getStatus() {
        return Json.text(json, "status");
    }

    /** The account it belongs to. */
    public Optional<String> getAccountId() {
        return Json.text(json.path("account"), "id");
    }

    @Override
    public String toString() {
        return getName() + " (" + getId() + ")";
    }
}
