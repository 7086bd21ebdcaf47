package io.flaremail.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;

/** An address to suppress. Immutable. */
public final class NewSuppression {
    private final String email;
    private final Instant expiresAt;
    private final String note;

    private NewSuppression(String email, Instant expiresAt, String note) {
        this.email = email;
        this.expiresAt = expiresAt;
        this.note = note;
    }

    /** For ever and without a note. */
    public static NewSuppression of(String email) {
        return new NewSuppression(Objects.requireNonNull(email, "email"), null, null);
    }

    public NewSuppression expiresAt(Instant instant) {
        return new NewSuppression(email, instant, note);
    }

    public NewSuppression note(String text) {
        return new NewSuppression(email, expiresAt, text);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("email", email);
        if (expiresAt != null) {
            json.put("expires_at", expiresAt.toString());
        }
        if (note != null) {
            json.put("note", note);
        }
        return json;
    }
}
