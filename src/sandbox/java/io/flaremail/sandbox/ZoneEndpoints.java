package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The account's zones, page by page: all of them, and those with Email Sending. */
final class ZoneEndpoints {
    private static final int PER_PAGE = 20;
    private static final int MOST_PER_PAGE = 50;

    private final String ownAccount;
    private final Access access;
    private final Zones zones;

    ZoneEndpoints(String ownAccount, Access access, Zones zones) {
        this.ownAccount = ownAccount;
        this.access = access;
        this.zones = zones;
    }

    void addTo(Router router) {
        router.add("GET", "/zones", this::search, "name", "account.id", "page", "per_page");
        router.add("GET", "/accounts/{account}/email/sending/zones", this::sending, "page", "per_page");
    }

    private Answer search(Call call, Ledger ledger) {
        access.requireToken(call);
        String name = call.query().text("name");
        String account = call.query().text("account.id");
        List<Zone> found = zones.all().stream()
                .filter(zone -> name == null || zone.name().equalsIgnoreCase(name))
                .filter(zone -> account == null || ownAccount.equals(account))
                .toList();
        return page(found, call.query());
    }

    private Answer sending(Call call, Ledger ledger) {
        access.requireAccount(call);
        return page(zones.all(), call.query());
    }

    private Answer page(List<Zone> all, Query query) {
        return NumberedPage.of(all, query, PER_PAGE, MOST_PER_PAGE).answer(this::json, true);
    }

    private ObjectNode json(Zone zone) {
        ObjectNode json =
                Answer.object().put("id", zone.id()).put("name", zone.name()).put("status", "active");
        json.putObject("account").put("id", ownAccount);
        return json;
    }
}
