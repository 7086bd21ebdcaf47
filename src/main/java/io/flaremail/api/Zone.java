package io.flaremail.api;

import java.util.Optional;

/** A zone: a domain whose DNS Cloudflare serves. Immutable. */
public final class Zone {
    private final JsonValue json;

    Zone(JsonValue json) {
        this.json = json;
    }

    /** 32 hexadecimal characters; never null. */
    public String getId() {
        return json.text("id").orElse("");
    }

    /** The zone's apex; never null. */
    public String getName() {
        return json.text("name").orElse("");
    }

    /** The status, such as {@code active} or {@code pending}. */
    public Optional<String> getStatus() {
        return json.text("status");
    }

    /** The account it belongs to. */
    public Optional<String> getAccountId() {
        return json.get("account").text("id");
    }

    @Override
    public String toString() {
        return getName() + " (" + getId() + ")";
    }
}
