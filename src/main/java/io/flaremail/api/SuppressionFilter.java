package io.flaremail.api;

import java.util.Optional;

/** Which suppressions to list; nothing set means all. Immutable. */
public final class SuppressionFilter {
    private final String email;
    private final String search;
    private final String reason;
    private final int perPage;

    private SuppressionFilter(String email, String search, String reason, int perPage) {
        this.email = email;
        this.search = search;
        this.reason = reason;
        this.perPage = perPage;
    }

    public static SuppressionFilter all() {
        return new SuppressionFilter(null, null, null, 1000);
    }

    /** Exactly this address. */
    public SuppressionFilter email(String address) {
        return new SuppressionFilter(address, search, reason, perPage);
    }

    /** Addresses that hold this text. */
    public SuppressionFilter search(String text) {
        return new SuppressionFilter(email, text, reason, perPage);
    }

    /** Such as {@code manual} or {@code hard_bounce}. */
    public SuppressionFilter reason(String word) {
        return new SuppressionFilter(email, search, word, perPage);
    }

    /** How many the API is asked for at a time, 1 to 1000. */
    public SuppressionFilter perPage(int number) {
        return new SuppressionFilter(email, search, reason, number);
    }

    ApiPath applyTo(ApiPath path) {
        return path.query("email", Optional.ofNullable(email))
                .query("search", Optional.ofNullable(search))
                .query("reason", Optional.ofNullable(reason))
                .query("per_page", Optional.of(perPage));
    }
}
