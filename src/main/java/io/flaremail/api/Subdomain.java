package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A sending domain: the zone's apex or a name below it. Immutable; fields the API may leave out are Optional.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/subresources/subdomains/">Cloudflare API:
 *     Sending subdomains</a>
 */
public final class Subdomain {
    private final JsonNode json;

    Subdomain(JsonNode json) {
        this.json = json;
    }

    /** What the other calls take as the subdomain's id; never null, perhaps empty if the API left it out. */
    public String getTag() {
        return Json.text(json, "tag").orElseGet(() -> Json.text(json, "id").orElse(""));
    }

    /** The domain's name; never null. */
    public String getName() {
        return Json.text(json, "name").orElse("");
    }

    /** Whether it may send, as far as the API has got with it. */
    public boolean isEnabled() {
        return Json.flag(json, "enabled").orElse(false);
    }

    public Optional<Instant> getCreated() {
        return Json.instant(json, "created");
    }

    public Optional<Instant> getModified() {
        return Json.instant(json, "modified");
    }

    public Optional<String> getDkimSelector() {
        return Json.text(json, "dkim_selector");
    }

    /** The domain that bounces go to. */
    public Optional<String> getReturnPathDomain() {
        return Json.text(json, "return_path_domain");
    }

    public Optional<Boolean> getPreviewEnabled() {
        return Json.flag(json, "preview_enabled");
    }

    /** Whether suppressed recipients are dropped and named; otherwise one of them fails the whole request. */
    public Optional<Boolean> getDropSuppressedRecipients() {
        return Json.flag(json, "drop_suppressed_recipients");
    }

    @Override
    public String toString() {
        return getName() + " (" + getTag() + ", " + (isEnabled() ? "enabled" : "not enabled") + ")";
    }
}
