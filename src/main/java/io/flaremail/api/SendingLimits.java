package io.flaremail.api;

import java.time.Instant;
import java.util.Optional;

/** An account's sending quota and usage. Immutable; values that the API omits are empty. */
public final class SendingLimits {
    private final JsonValue json;

    SendingLimits(JsonValue json) {
        this.json = json;
    }

    /** The maximum number of messages in each {@link #getQuotaUnit}. */
    public Optional<Long> getQuota() {
        return json.get("quota").number("value");
    }

    /** {@code day}, {@code hour}, or a value added later. */
    public Optional<String> getQuotaUnit() {
        return json.get("quota").text("unit");
    }

    /** The number of messages counted against the quota. */
    public Optional<Long> getSent() {
        return json.get("usage").number("sent");
    }

    /** The messages left in the quota, at least 0. */
    public Optional<Long> getLeft() {
        return getQuota().flatMap(quota -> getSent().map(sent -> Math.max(0, quota - sent)));
    }

    /** When the count starts again. */
    public Optional<Instant> getResetsAt() {
        return json.get("usage").instant("resets_at");
    }

    @Override
    public String toString() {
        return getSent().map(Object::toString).orElse("?") + " of "
                + getQuota().map(Object::toString).orElse("?") + " a "
                + getQuotaUnit().orElse("?");
    }
}
