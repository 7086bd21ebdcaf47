package io.flaremail.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** Changes to a {@link Subdomain}; values that are not set stay. Immutable. */
public final class SubdomainChange {
    private final Boolean previewEnabled;
    private final Boolean dropSuppressedRecipients;

    private SubdomainChange(Boolean previewEnabled, Boolean dropSuppressedRecipients) {
        this.previewEnabled = previewEnabled;
        this.dropSuppressedRecipients = dropSuppressedRecipients;
    }

    /** No changes yet. */
    public static SubdomainChange none() {
        return new SubdomainChange(null, null);
    }

    public SubdomainChange previewEnabled(boolean value) {
        return new SubdomainChange(value, dropSuppressedRecipients);
    }

    /** @param value true to drop and report suppressed recipients, false to let one fail the whole request */
    public SubdomainChange dropSuppressedRecipients(boolean value) {
        return new SubdomainChange(previewEnabled, value);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (previewEnabled != null) {
            json.put("preview_enabled", previewEnabled);
        }
        if (dropSuppressedRecipients != null) {
            json.put("drop_suppressed_recipients", dropSuppressedRecipients);
        }
        return json;
    }
}
