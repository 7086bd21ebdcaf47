package io.flaremail.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A sending domain: the zone's apex or a name below it. Immutable; fields that the API may omit are Optional.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/subresources/subdomains/">Cloudflare API:
 *     Sending subdomains</a>
 */
public final class Subdomain {
    private final JsonValue json;

    Subdomain(JsonValue json) {
        this.json = json;
    }

    /** The id for other calls; never null, empty if the API omitted it. */
    public String getTag() {
        return json.text("tag").orElseGet(() -> json.text("id").orElse(""));
    }

    /** The domain's name; never null. */
    public String getName() {
        return json.text("name").orElse("");
    }

    /** Whether sending is enabled; false if the API omitted it. */
    public boolean isEnabled() {
        return json.flag("enabled").orElse(false);
    }

    public Optional<Instant> getCreated() {
        return json.instant("created");
    }

    public Optional<Instant> getModified() {
        return json.instant("modified");
    }

    public Optional<String> getDkimSelector() {
        return json.text("dkim_selector");
    }

    /** The domain that receives bounces. */
    public Optional<String> getReturnPathDomain() {
        return json.text("return_path_domain");
    }

    public Optional<Boolean> getPreviewEnabled() {
        return json.flag("preview_enabled");
    }

    /** Whether suppressed recipients are dropped and reported; otherwise one of them fails the whole request. */
    public Optional<Boolean> getDropSuppressedRecipients() {
        return json.flag("drop_suppressed_recipients");
    }

    @Override
    public String toString() {
        return getName() + " (" + getTag() + ", " + (isEnabled() ? "enabled" : "not enabled") + ")";
    }
}
