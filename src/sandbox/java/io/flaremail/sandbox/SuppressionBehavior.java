package io.flaremail.sandbox;

import static io.flaremail.sandbox.Fact.assumed;
import static io.flaremail.sandbox.Fact.documented;

/** The suppression list. */
enum SuppressionBehavior implements Behavior {
    CREATE(documented("A new entry is for the account, or for one sending domain (`scope`).")
            .at(At.CREATE)),
    CREATE_AGAIN(documented(
                    "For an address that has an entry of the same scope, the id of that entry is returned, and it does"
                            + " not change.")
            .at(At.CREATE)),
    EXPIRY(documented("`expires_at` is a time in the future, or null for never. Expired entries are not found.")
            .at(At.CREATE)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    NOTE_SIZE(documented("A note has at most 1,000 characters.")
            .at(At.CREATE, At.EDIT)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    READ_ONLY(documented(
                    "A read-only entry refuses changes with 403, and a new entry for its address; code and message are"
                            + " assumed.")
            .at(At.CREATE, At.EDIT, At.DELETE)
            .refusing(ApiError.SUPPRESSION_READ_ONLY)),
    GET(documented("An entry is found by its id.").at(At.GET).refusing(ApiError.NOT_FOUND)),
    EDIT(documented("`expires_at` and `note` can be changed; an empty note removes it.")
            .at(At.EDIT)),
    SCOPE_STAYS(documented("The scope of an entry cannot be changed; the code is the word `scope_immutable`.")
            .at(At.EDIT)
            .refusing(ApiError.SCOPE_IMMUTABLE)),
    DELETE(documented("Deleting returns the entry's id and scope.").at(At.DELETE)),
    FILTERS(documented(
                    "The list can be filtered by `email`, `reason`, `scope_type` and `scope_value`; the latter needs the"
                            + " type.")
            .at(At.LIST)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    SEARCH(documented("`search` is an address, or its local part with `@`.")
            .at(At.LIST)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    ORDER(documented(
                    "Entries for one sending domain come first; that the newest is the first of each group is assumed.")
            .at(At.LIST)),
    PAGES(documented(
                    "A page has at most 1,000 entries, 100 by default; more follow while there is a cursor, also after an"
                            + " empty page.")
            .at(At.LIST)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    CURSOR_NAME(assumed("The cursor is `result_info.cursor`, as in the OpenAPI description.")
            .at(At.LIST)
            .strict("It is `result_info.next_cursor`, as in the guide.")),
    CURSOR_FILTERS(assumed("A cursor goes with any filter.")
            .at(At.LIST)
            .strict("It is refused with filters other than those of the first page.")
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    BULK(documented(
                    "A bulk request returns counts and the status of each item; an invalid item does not affect the others.")
            .at(At.BULK)),
    BULK_SIZE(documented("A bulk request has 1 to 1,000 items.").at(At.BULK).refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    BULK_SKIPS(documented("A bulk request skips addresses whose entry is not the customer's own.")
            .at(At.BULK)),
    BULK_RATE(
            documented("An account has 10 bulk requests a minute.").at(At.BULK).refusing(ApiError.THROTTLED)),
    RETRY_AFTER(assumed("The refusal of another bulk request has `Retry-After`.")
            .at(At.BULK)
            .strict("It does not.")
            .refusing(ApiError.THROTTLED));

    private static final class At {
        static final String LIST = "GET " + SuppressionEndpoints.BASE;
        static final String CREATE = "POST " + SuppressionEndpoints.BASE;
        static final String BULK = "POST " + SuppressionEndpoints.BASE + "/bulk";
        static final String GET = "GET " + SuppressionEndpoints.ONE;
        static final String EDIT = "PATCH " + SuppressionEndpoints.ONE;
        static final String DELETE = "DELETE " + SuppressionEndpoints.ONE;
    }

    private final Fact fact;

    SuppressionBehavior(Fact fact) {
        this.fact = fact;
    }

    @Override
    public Fact fact() {
        return fact;
    }
}
