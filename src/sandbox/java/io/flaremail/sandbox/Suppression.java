package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;

/**
 * An address that must not be sent to.
 *
 * @param email in lower case
 * @param reason manual, complaint, hard_bounce, soft_bounce or policy
 * @param sendingDomain the one domain it applies to; null for the whole account
 * @param expiresAt null for never
 * @param note null for none
 */
public record Suppression(
        String id,
        String email,
        String reason,
        String sendingDomain,
        Instant createdAt,
        Instant expiresAt,
        boolean readOnly,
        String note) {

    Scope scope() {
        return new Scope(sendingDomain);
    }

    Suppression edited(Instant newExpiry, String newNote) {
        return new Suppression(id, email, reason, sendingDomain, createdAt, newExpiry, readOnly, newNote);
    }

    boolean isActive(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** What creating and deleting answer: not the whole entry. */
    ObjectNode reference() {
        ObjectNode json = Answer.object().put("id", id);
        json.set("scope", scope().json());
        return json;
    }

    ObjectNode json() {
        ObjectNode json = Answer.object()
                .put("id", id)
                .put("email", email)
                .put("reason", reason)
                .put("created_at", createdAt.toString())
                .put("expires_at", Objects.toString(expiresAt, null))
                .put("read_only", readOnly)
                .put("note", note);
        json.set("scope", scope().json());
        return json;
    }
}
