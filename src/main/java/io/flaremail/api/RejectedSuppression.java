package io.flaremail.api;

import java.util.Optional;

/** A suppression that the API did not add in a bulk request. Immutable. */
public final class RejectedSuppression {
    private final JsonValue json;
    private final int first;
    private final int count;

    /**
     * @param first the index of its request's first suppression among all
     * @param count how many were in that request
     */
    RejectedSuppression(JsonValue json, int first, int count) {
        this.json = json;
        this.first = first;
        this.count = count;
    }

    /** Its index among the suppressions to add, from 0; empty if the API gives none, or one out of range. */
    public Optional<Integer> getIndex() {
        return json.number("index").filter(index -> index >= 0 && index < count).map(index -> first + index.intValue());
    }

    /** The address as it was given to the API; never null, may be empty. */
    public String getEmail() {
        return json.text("email").orElse("");
    }

    /**
     * {@code invalid}, {@code skipped} (one that only Cloudflare can change), {@code error}, or a value added later;
     * never null.
     */
    public String getStatus() {
        return json.text("status").orElse("unknown");
    }

    /** The API's reason. */
    public Optional<String> getReason() {
        return json.text("error");
    }

    @Override
    public String toString() {
        return getEmail() + " " + getStatus()
                + getReason().map(reason -> ": " + reason).orElse("");
    }
}
