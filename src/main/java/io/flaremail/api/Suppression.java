package io.flaremail.api;

import java.time.Instant;
import java.util.Optional;

/** An address that receives no mail. Immutable. */
public final class Suppression {
    private final JsonValue json;

    Suppression(JsonValue json) {
        this.json = json;
    }

    /** The id for other calls; never null. */
    public String getId() {
        return json.text("id").orElse("");
    }

    /** The address; never null. */
    public String getEmail() {
        return json.text("email").orElse("");
    }

    /**
     * {@code manual}, {@code complaint}, {@code hard_bounce}, {@code soft_bounce}, {@code policy}, or a value added
     * later.
     */
    public Optional<String> getReason() {
        return json.text("reason");
    }

    public Optional<Instant> getCreatedAt() {
        return json.instant("created_at");
    }

    /** When it expires; empty if never, or if the API's date is invalid. */
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

    /** {@code account}, {@code sending_domain}, or a value added later. */
    public Optional<String> getScopeType() {
        return json.get("scope").text("type");
    }

    /** The sending domain whose mail it stops; empty if it stops all mail of the account. */
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
