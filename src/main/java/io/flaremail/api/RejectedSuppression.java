package io.flaremail.api;

import java.util.Optional;

/** One of many suppressions that the API did not add. Immutable. */
public final class RejectedSuppression {
    private final JsonValue json;
    private final int first;
    private final int count;

    /**
     * @param first the place of its request's first suppression among all
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

    /** The address as the API was given it; perhaps empty. */
    public String getEmail() {
        return json.text("email").orElse("");
    }

    /** {@code invalid}, {@code skipped} (one that only Cloudflare can change), {@code error}, or a word to come. */
    public String getStatus() {
        return json.text("status").orElse("unknown");
    }

    /** Why, in the API's words. */
    public Optional<String> getReason() {
        return json.text("error");
    }

    @Override
    public String toString() {
        return getEmail() + " " + getStatus()
                + getReason().map(reason -> ": " + reason).orElse("");
    }
}
