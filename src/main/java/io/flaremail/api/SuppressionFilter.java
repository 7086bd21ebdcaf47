package io.flaremail.api;

import java.util.Optional;

/** Which suppressions to list; nothing set means all. Immutable. */
public final class SuppressionFilter {
    private final String email;
    private final String search;
    private final String reason;
    private final String scopeType;
    private final String scopeValue;
    private final int perPage;

    private SuppressionFilter(
            String email, String search, String reason, String scopeType, String scopeValue, int perPage) {
        this.email = email;
        this.search = search;
        this.reason = reason;
        this.scopeType = scopeType;
        this.scopeValue = scopeValue;
        this.perPage = perPage;
    }

    /** Nothing is filtered; a null for any of the following filters nothing either. */
    public static SuppressionFilter all() {
        return new SuppressionFilter(null, null, null, null, null, 1000);
    }

    /** Exactly this address. */
    public SuppressionFilter email(String address) {
        return new SuppressionFilter(address, search, reason, scopeType, scopeValue, perPage);
    }

    /** This address, or, when the text ends with @, all with this local part. */
    public SuppressionFilter search(String text) {
        return new SuppressionFilter(email, text, reason, scopeType, scopeValue, perPage);
    }

    /** Such as {@code manual} or {@code hard_bounce}. */
    public SuppressionFilter reason(String word) {
        return new SuppressionFilter(email, search, word, scopeType, scopeValue, perPage);
    }

    /** Those of the whole account only. */
    public SuppressionFilter account() {
        return new SuppressionFilter(email, search, reason, "account", null, perPage);
    }

    /** Those of one sending domain only. */
    public SuppressionFilter sendingDomain(String domain) {
        return new SuppressionFilter(email, search, reason, "sending_domain", domain, perPage);
    }

    /** How many the API is asked for at a time, 1 to 1000. */
    public SuppressionFilter perPage(int number) {
        if (number < 1 || number > 1000) {
            throw new IllegalArgumentException("expected 1 to 1000 a page, got " + number);
        }
        return new SuppressionFilter(email, search, reason, scopeType, scopeValue, number);
    }

    ApiPath applyTo(ApiPath path) {
        return path.query("email", Optional.ofNullable(email))
                .query("search", Optional.ofNullable(search))
                .query("reason", Optional.ofNullable(reason))
                .query("scope_type", Optional.ofNullable(scopeType))
                .query("scope_value", Optional.ofNullable(scopeValue))
                .query("per_page", Optional.of(perPage));
    }
}
