package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;

/** {@code /zones/../email/sending/subdomains}: a zone's sending domains and their DNS. */
final class SubdomainEndpoints {
    static final String BASE = "/zones/{zone}/email/sending/subdomains";
    static final String ONE = BASE + "/{subdomain}";
    private static final String PREVIEW = "preview_enabled";
    private static final String DROP = "drop_suppressed_recipients";

    private final Access access;
    private final Domains domains;
    private final DnsZone dns;

    SubdomainEndpoints(Access access, Domains domains, DnsZone dns) {
        this.access = access;
        this.domains = domains;
        this.dns = dns;
    }

    void addTo(Router router) {
        router.add("GET", BASE, this::list);
        router.add("POST", BASE, this::create);
        router.add("POST", BASE + "/preview", this::preview);
        router.add("GET", ONE, this::get);
        router.add("PATCH", ONE, this::edit);
        router.add("DELETE", ONE, this::delete);
        router.add("GET", ONE + "/dns", this::expected);
        router.add("POST", ONE + "/dns", this::repair);
        router.add("GET", ONE + "/dns/status", this::status);
    }

    private Answer list(Call call, Ledger ledger) {
        ArrayNode result = Answer.array();
        domains.in(access.requireZone(call)).forEach(domain -> result.add(domain.json()));
        return Answer.result(result);
    }

    private Answer create(Call call, Ledger ledger) {
        Zone zone = access.requireZone(call);
        return Answer.result(domains.create(zone, name(call)).json());
    }

    /** What the dry run answers is not published: the subdomain and its records here. */
    private Answer preview(Call call, Ledger ledger) {
        Zone zone = access.requireZone(call);
        SendingDomain planned = domains.plan(zone, name(call));
        ObjectNode result = planned.json();
        result.set("records", DnsCheck.array(planned.records().all()));
        return Answer.result(result);
    }

    private static String name(Call call) {
        JsonBody json = JsonBody.parse(call.body());
        json.requireFields(Set.of("name"));
        return json.text("name").toLowerCase(Locale.ROOT);
    }

    private SendingDomain find(Call call) {
        return domains.get(access.requireZone(call), call.variable("subdomain"));
    }

    private Answer get(Call call, Ledger ledger) {
        return Answer.result(find(call).json());
    }

    private Answer edit(Call call, Ledger ledger) {
        SendingDomain before = find(call);
        JsonBody json = JsonBody.parse(call.body());
        json.requireFields(Set.of(), Set.of(PREVIEW, DROP));
        boolean preview = json.flag(PREVIEW, before.preview());
        boolean drop = json.flag(DROP, before.dropSuppressed());
        SendingDomain after = domains.edit(before, preview, drop);
        return Answer.result(after.json());
    }

    private Answer delete(Call call, Ledger ledger) {
        domains.delete(access.requireZone(call), call.variable("subdomain"));
        return Answer.nothing();
    }

    private Answer expected(Call call, Ledger ledger) {
        return Answer.result(DnsCheck.array(find(call).records().all()));
    }

    /** What the repair answers is not published: the expected records here. */
    private Answer repair(Call call, Ledger ledger) {
        domains.repair(access.requireZone(call), call.variable("subdomain"));
        return expected(call, ledger);
    }

    private Answer status(Call call, Ledger ledger) {
        return Answer.result(DnsCheck.of(find(call).records(), dns).json());
    }
}
