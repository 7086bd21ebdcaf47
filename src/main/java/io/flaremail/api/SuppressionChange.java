package io.flaremail.api;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What to change of a {@link Suppression}; what is not set stays. Immutable. */
public final class SuppressionChange {
    private final Map<String, Object> json;

    private SuppressionChange(Map<String, Object> json) {
        this.json = json;
    }

    /** Changes nothing yet. */
    public static SuppressionChange none() {
        return new SuppressionChange(Collections.emptyMap());
    }

    public SuppressionChange expiresAt(Instant instant) {
        return with("expires_at", Objects.requireNonNull(instant, "instant").toString());
    }

    /** It does not end. */
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
