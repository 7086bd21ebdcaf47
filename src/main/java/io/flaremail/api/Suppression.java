package io.flaremail.api;

import java.time.Instant;
import java.util.Optional;

/** An address that gets no mail. Immutable. */
public final class Suppression {
    private final JsonValue json;

    Suppression(JsonValue json) {
        this.json = json;
    }

    /** Never null. */
    public String getId() {
        return json.text("id").orElse("");
    }

    /** Never null. */
    public String getEmail() {
        return json.text("email").orElse("");
    }

    /** {@code manual}, {@code complaint}, {@code hard_bounce}, {@code soft_bounce}, {@code policy}, or a word to come. */
    public Optional<String> getReason() {
        return json.text("reason");
    }

    public Optional<Instant> getCreatedAt() {
        return json.instant("created_at");
    }

    /** Empty for one that does not end, and where the API's date is none. */
    public Optional<Instant> getExpiresAt() {
        return json.instant("expires_at");
    }

    /** Whether only Cloudflare can change or remove it. */
    public boolean isReadOnly() {
        return json.flag("read_only").orElse(false);
    }

    public Optional<String> getNote() {
        return json.text("note");
    }

    /** {@code account}, {@code sending_domain}, or a word to come. */
    public Optional<String> getScopeType() {
        return json.get("scope").text("type");
    }

    /** The one sending domain whose mail it stops; empty for one that stops all of the account's. */
    public Optional<String> getSendingDomain() {
        return getScopeType()
                .filter("sending_domain"::equals)
                .flatMap(type -> json.get("scope").text("value"));
    }

    @Override
    public String toString() {
        return getEmail() + getReason().map(reason -> " (" + reason + ")").orElse("");
    }
}
