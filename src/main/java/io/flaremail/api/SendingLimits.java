package io.flaremail.api;

import java.time.Instant;
import java.util.Optional;

/** How much an account may send, and has sent. Immutable; what the API leaves out is empty. */
public final class SendingLimits {
    private final JsonValue json;

    SendingLimits(JsonValue json) {
        this.json = json;
    }

    /** How many messages in each {@link #getQuotaUnit}. */
    public Optional<Long> getQuota() {
        return json.get("quota").number("value");
    }

    /** {@code day}, {@code hour}, or a word to come. */
    public Optional<String> getQuotaUnit() {
        return json.get("quota").text("unit");
    }

    public Optional<Long> getSent() {
        return json.get("usage").number("sent");
    }

    /** What is left of the quota, at least 0. */
    public Optional<Long> getLeft() {
        return getQuota().flatMap(quota -> getSent().map(sent -> Math.max(0, quota - sent)));
    }

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
