package io.flaremail.sandbox;

import static io.flaremail.sandbox.Fact.assumed;
import static io.flaremail.sandbox.Fact.documented;
import static io.flaremail.sandbox.Fact.seen;

/** Zones, sending domains and their DNS. */
enum DomainBehavior implements Behavior {
    ZONES(documented("Zones are listed in pages, and found by name and account.")
            .at(At.ZONES)),
    SENDING_ZONES(documented("The account's zones are listed in pages.").at(At.SENDING_ZONES)),
    LIST(documented("A zone's sending domains are listed at once, without pages.")
            .at(At.LIST)),
    ID_AND_TAG(seen("A sending domain has an `id` that equals its `tag`.").at(At.LIST)),
    CREATE(documented("A new sending domain is enabled. One that was disabled is enabled again.")
            .at(At.CREATE)),
    SECOND_CREATE(seen("A domain that is enabled already is refused with code 2040; the status 409 is assumed.")
            .at(At.CREATE)
            .refusing(ApiError.SUBDOMAIN_EXISTS)),
    NAME(documented("A name must be in the zone; the error is assumed.")
            .at(At.CREATE)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    WILDCARD(documented("`*.example.com` needs an entitlement; the error is assumed.")
            .at(At.CREATE)
            .refusing(ApiError.NOT_ENTITLED)),
    ZONE_SIZE(documented("A zone has at most 30 sending domains; the error is assumed.")
            .at(At.CREATE)
            .refusing(ApiError.TOO_MANY_SUBDOMAINS)),
    PREVIEW(assumed("The dry run returns the domain and its records, and changes nothing.")
            .at(At.PREVIEW)),
    GET(documented("A sending domain is found by its tag.").at(At.GET).refusing(ApiError.SUBDOMAIN_NOT_FOUND)),
    TAG_FORM(documented("A tag is at most 32 hexadecimal digits.").at(At.GET).refusing(ApiError.BAD_SUBDOMAIN_ID)),
    TOKEN(documented("Without the token, the error has a code of its own.")
            .at(At.LIST)
            .refusing(ApiError.SUBDOMAIN_UNAUTHORIZED)),
    POINTERS(documented("Errors have a `documentation_url`, and `source.pointer` if a field is the cause.")
            .at(At.CREATE)
            .refusing(ApiError.SUBDOMAIN_EXISTS)),
    EDIT(documented("`preview_enabled` and `drop_suppressed_recipients` can be changed.")
            .at(At.EDIT)),
    DELETE(documented("Deleting returns no result; an unknown tag is refused.")
            .at(At.DELETE)
            .refusing(ApiError.SUBDOMAIN_NOT_FOUND)),
    DMARC_STAYS(
            seen("Deleting leaves `_dmarc` in the DNS, and no other record.").at(At.DELETE)),
    LOCK(documented("A domain that an administrator locked cannot be changed.")
            .at(At.EDIT, At.DELETE, At.REPAIR)
            .refusing(ApiError.SUBDOMAIN_LOCKED)),
    RECORDS(seen("Six records are expected: three MX, SPF and DKIM at `cf-bounce`, and `_dmarc`.")
            .at(At.RECORDS)),
    REPAIR(assumed("Repairing writes the missing records, and returns the expected ones.")
            .at(At.REPAIR)),
    CONFLICTS(documented("A foreign MX, a second SPF or a second DMARC record prevents creation and repair.")
            .at(At.CREATE, At.REPAIR)
            .refusing(ApiError.FOREIGN_MX, ApiError.MULTIPLE_SPF, ApiError.MULTIPLE_DMARC)),
    STATUS(documented("The status compares the DNS with the expected records, and lists each problem by its code.")
            .at(At.STATUS));

    private static final class At {
        static final String ZONES = "GET /zones";
        static final String SENDING_ZONES = "GET /accounts/{account}/email/sending/zones";
        static final String LIST = "GET " + SubdomainEndpoints.BASE;
        static final String CREATE = "POST " + SubdomainEndpoints.BASE;
        static final String PREVIEW = "POST " + SubdomainEndpoints.BASE + "/preview";
        static final String GET = "GET " + SubdomainEndpoints.ONE;
        static final String EDIT = "PATCH " + SubdomainEndpoints.ONE;
        static final String DELETE = "DELETE " + SubdomainEndpoints.ONE;
        static final String RECORDS = "GET " + SubdomainEndpoints.ONE + "/dns";
        static final String REPAIR = "POST " + SubdomainEndpoints.ONE + "/dns";
        static final String STATUS = "GET " + SubdomainEndpoints.ONE + "/dns/status";
    }

    private final Fact fact;

    DomainBehavior(Fact fact) {
        this.fact = fact;
    }

    @Override
    public Fact fact() {
        return fact;
    }
}
