package io.flaremail.api;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Changes to a {@link Suppression}; values that are not set stay. Immutable. */
public final class SuppressionChange {
    private final Map<String, Object> json;

    private SuppressionChange(Map<String, Object> json) {
        this.json = json;
    }

    /** No changes yet. */
    public static SuppressionChange none() {
        return new SuppressionChange(Collections.emptyMap());
    }

    public SuppressionChange expiresAt(Instant instant) {
        return with("expires_at", Objects.requireNonNull(instant, "instant").toString());
    }

    /** Removes the expiry. */
    public SuppressionChange neverExpires() {
        return with("expires_at", null);
    }

    /** @param text empty for none */
    public SuppressionChange note(String text) {
        return with("note", Objects.requireNonNull(text, "text"));
    }

    private SuppressionChange with(String name, String value) {
        Map<String, Object> changed = new LinkedHashMap<>(json);
        changed.put(name, value);
        return new SuppressionChange(changed);
    }

    Map<String, Object> json() {
        return Collections.unmodifiableMap(json);
    }
}
