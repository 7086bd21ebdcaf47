package io.flaremail.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** An address to suppress. Immutable. */
public final class NewSuppression {
    private final String email;
    private final Instant expiresAt;
    private final String note;
    private final String sendingDomain;

    private NewSuppression(String email, Instant expiresAt, String note, String sendingDomain) {
        this.email = email;
        this.expiresAt = expiresAt;
        this.note = note;
        this.sendingDomain = sendingDomain;
    }

    /** Suppresses an address for the whole account, without expiry or note. */
    public static NewSuppression of(String email) {
        return new NewSuppression(Objects.requireNonNull(email, "email"), null, null, null);
    }

    /** @param instant when it expires, or null for never */
    public NewSuppression expiresAt(Instant instant) {
        return new NewSuppression(email, instant, note, sendingDomain);
    }

    /** @param text the note, or null for none */
    public NewSuppression note(String text) {
        return new NewSuppression(email, expiresAt, text, sendingDomain);
    }

    /** Stops only mail from this sending domain; null for the whole account. */
    public NewSuppression sendingDomain(String domain) {
        return new NewSuppression(email, expiresAt, note, domain);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("email", email);
        if (expiresAt != null) {
            json.put("expires_at", expiresAt.toString());
        }
        if (note != null) {
            json.put("note", note);
        }
        if (sendingDomain != null) {
            Map<String, Object> scope = new LinkedHashMap<>();
            scope.put("type", "sending_domain");
            scope.put("value", sendingDomain);
            json.put("scope", scope);
        }
        return json;
    }
}
