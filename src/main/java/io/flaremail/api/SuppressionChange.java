package io.flaremail.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;

/** What to change of a {@link Suppression}; what is not set stays. Immutable. */
public final class SuppressionChange {
    private final ObjectNode json;

    private SuppressionChange(ObjectNode json) {
        this.json = json;
    }

    /** Changes nothing yet. */
    public static SuppressionChange none() {
        return new SuppressionChange(Json.object());
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
        return new SuppressionChange(json.deepCopy().put(name, value));
    }

    ObjectNode json() {
        return json.deepCopy();
    }
}
