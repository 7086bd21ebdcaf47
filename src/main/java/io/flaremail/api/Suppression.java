package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** An address that gets no mail. Immutable. */
public final class Suppression {
    private final JsonNode json;

    Suppression(JsonNode json) {
        this.json = json;
    }

    /** Never null. */
    public String getId() {
        return Json.text(json, "id").orElse("");
    }

    /** Never null. */
    public String getEmail() {
        return Json.text(json, "email").orElse("");
    }

    /** {@code manual}, {@code complaint}, {@code hard_bounce}, {@code soft_bounce}, {@code policy}, or a word to come. */
    public Optional<String> getReason() {
        return Json.text(json, "reason");
    }

    public Optional<Instant> getCreatedAt() {
        return Json.instant(json, "created_at");
    }

    /** Empty for one that does not end, and where the API's date is none. */
    public Optional<Instant> getExpiresAt() {
        return Json.instant(json, "expires_at");
    }

    /** Whether only Cloudflare can change or remove it. */
    public boolean isReadOnly() {
        return Json.flag(json, "read_only").orElse(false);
    }

    public Optional<String> getNote() {
        return Json.text(json, "note");
    }

    /** {@code account}, {@code sending_domain}, or a word to come. */
    public Optional<String> getScopeType() {
        return Json.text(json.path("scope"), "type");
    }

    /** The one sending domain whose mail it stops; empty for one that stops all of the account's. */
    public Optional<String> getSendingDomain() {
        return getScopeType().filter("sending_domain"::equals).flatMap(type -> Json.text(json.path("scope"), "value"));
    }

    @Override
    public String toString() {
        return getEmail() + getReason().map(reason -> " (" + reason + ")").orElse("");
    }
}
