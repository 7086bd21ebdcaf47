package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The account's zones, page by page: all of them, and those with Email Sending. */
final class ZoneEndpoints {
    private static final int PER_PAGE = 20;
    private static final int MOST_PER_PAGE = 50;

    private final Settings settings;
    private final Access access;
    private final Zones zones;

    ZoneEndpoints(Settings settings, Access access, Zones zones) {
        this.settings = settings;
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
                .filter(zone -> account == null || settings.account().equals(account))
                .toList();
        return page(found, call.query());
    }

    private Answer sending(Call call, Ledger ledger) {
        access.requireAccount(call);
        return page(zones.all(), call.query());
    }

    private Answer page(List<Zone> all, Query query) {
        int page = query.number("page", 1, 100_000);
        int perPage = query.number("per_page", PER_PAGE, MOST_PER_PAGE);
        List<Zone> here =
                all.stream().skip((page - 1L) * perPage).limit(perPage).toList();
        ArrayNode result = Answer.array();
        here.forEach(zone -> result.add(json(zone)));
        ObjectNode info = Answer.object()
                .put("page", page)
                .put("per_page", perPage)
                .put("count", here.size())
                .put("total_count", all.size())
                .put("total_pages", (all.size() + perPage - 1) / perPage);
        return Answer.result(result, info);
    }

    private ObjectNode json(Zone zone) {
        ObjectNode json =
                Answer.object().put("id", zone.id()).put("name", zone.name()).put("status", "active");
        json.putObject("account").put("id", settings.account());
        return json;
    }
}
