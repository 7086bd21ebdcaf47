package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * An onboarded sending domain.
 *
 * @param tag its id
 * @param refusals how many sends are still to be refused because it is fresh
 * @param readyAt until when it is fresh
 */
record SendingDomain(
        String tag,
        String name,
        Zone zone,
        boolean enabled,
        Instant created,
        Instant modified,
        int refusals,
        Instant readyAt,
        boolean preview,
        boolean dropSuppressed,
        boolean locked) {

    static SendingDomain of(String name, Zone zone, Instant now) {
        String tag = SandboxBuilder.id();
        return new SendingDomain(tag, name, zone, true, now, now, 0, now, false, false, false);
    }

    SendingDomain enabled(boolean now) {
        return with(now, modified, refusals, readyAt, preview, dropSuppressed, locked);
    }

    SendingDomain fresh(int sends, Instant until) {
        return with(enabled, modified, sends, until, preview, dropSuppressed, locked);
    }

    SendingDomain edited(Instant now, boolean newPreview, boolean newDropSuppressed) {
        return with(enabled, now, refusals, readyAt, newPreview, newDropSuppressed, locked);
    }

    SendingDomain locked(boolean now) {
        return with(enabled, modified, refusals, readyAt, preview, dropSuppressed, now);
    }

    private SendingDomain with(
            boolean enabled,
            Instant modified,
            int refusals,
            Instant readyAt,
            boolean preview,
            boolean dropSuppressed,
            boolean locked) {
        return new SendingDomain(
                tag, name, zone, enabled, created, modified, refusals, readyAt, preview, dropSuppressed, locked);
    }

    boolean isFresh(Instant now) {
        return refusals > 0 || now.isBefore(readyAt);
    }

    SendingRecords records() {
        return SendingRecords.of(name);
    }

    /** As the API shows it; {@code id} was seen live beside {@code tag}. */
    ObjectNode json() {
        return Answer.object()
                .put("id", tag)
                .put("tag", tag)
                .put("name", name)
                .put("enabled", enabled)
                .put("created", created.toString())
                .put("modified", modified.toString())
                .put("dkim_selector", SendingRecords.SELECTOR)
                .put("return_path_domain", records().returnPath())
                .put("preview_enabled", preview)
                .put("drop_suppressed_recipients", dropSuppressed);
    }
}
