package io.flaremail.api;

import java.util.Optional;

/** Selects the suppressions to list; all by default. Immutable. */
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

    /** No filter. Passing null for email, search or reason removes that filter. */
    public static SuppressionFilter all() {
        return new SuppressionFilter(null, null, null, null, null, 1000);
    }

    /** Only this address. */
    public SuppressionFilter email(String address) {
        return new SuppressionFilter(address, search, reason, scopeType, scopeValue, perPage);
    }

    /** Only this address, or, if the text ends with @, addresses with this local part. */
    public SuppressionFilter search(String text) {
        return new SuppressionFilter(email, text, reason, scopeType, scopeValue, perPage);
    }

    /** Only this reason, such as {@code manual} or {@code hard_bounce}. */
    public SuppressionFilter reason(String word) {
        return new SuppressionFilter(email, search, word, scopeType, scopeValue, perPage);
    }

    /** Only suppressions for the whole account. */
    public SuppressionFilter account() {
        return new SuppressionFilter(email, search, reason, "account", null, perPage);
    }

    /** Only suppressions for one sending domain. */
    public SuppressionFilter sendingDomain(String domain) {
        return new SuppressionFilter(email, search, reason, "sending_domain", domain, perPage);
    }

    /** The page size of requests, 1 to 1000; 1000 by default. */
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
