package io.flaremail.sandbox;

import static io.flaremail.sandbox.DomainBehavior.*;
import static io.flaremail.sandbox.Probe.each;
import static io.flaremail.sandbox.Probe.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

final class DomainChecks {
    private static final String BASE = "/zones/{zone}/email/sending/subdomains";
    private static final String NEW = "{'name':'new.example.com'}";

    private DomainChecks() {}

    private static String one(Probe api) throws Exception {
        return BASE + "/" + api.ok("GET", BASE).at("/0/tag").textValue();
    }

    static void addTo(Map<Behavior, Check> checks) {
        addZones(checks);
        addCreation(checks);
        addAdministration(checks);
        addDns(checks);
    }

    private static void addZones(Map<Behavior, Check> checks) {
        checks.put(ZONES, api -> {
            Probe many = api.with(builder -> builder.domain("one.org").domain("two.org"));
            JsonNode page = many.envelope("GET", "/zones?per_page=1&page=2", null);
            assertEquals(List.of("two.org"), each(page.get("result"), "name"));
            assertEquals(2, page.at("/result_info/total_pages").intValue());
            String own = "/zones?name=one.org&account.id=" + many.sandbox().account();
            assertEquals(List.of(many.sandbox().zone()), each(many.ok("GET", own), "id"));
            assertEquals(0, many.ok("GET", "/zones?name=three.org").size());
        });
        checks.put(SENDING_ZONES, api -> {
            Probe many = api.with(builder -> builder.domain("one.org").domain("two.org"));
            String path = Probe.SENDING + "/zones";
            assertEquals(List.of("one.org", "two.org"), each(many.ok("GET", path), "name"));
            JsonNode page = many.envelope("GET", path + "?page=2&per_page=1", null);
            assertEquals(List.of("two.org"), each(page.get("result"), "name"));
            assertEquals(2, page.at("/result_info/total_count").intValue());
        });
        checks.put(LIST, api -> {
            api.ok("POST", BASE, NEW);
            JsonNode list = api.envelope("GET", BASE, null);
            assertEquals(List.of("example.com", "new.example.com"), each(list.get("result"), "name"));
            assertFalse(list.has("result_info"));
        });
        checks.put(ID_AND_TAG, api -> {
            JsonNode first = api.ok("GET", BASE).get(0);
            assertTrue(first.get("tag").textValue().matches("[0-9a-f]{32}"));
            assertEquals(first.get("tag"), first.get("id"));
        });
        checks.put(
                TOKEN, api -> api.refused(ApiError.SUBDOMAIN_UNAUTHORIZED, api.exchange(api.bare("GET", BASE, null))));
    }

    private static void addCreation(Map<Behavior, Check> checks) {
        checks.put(CREATE, api -> {
            assertTrue(api.ok("POST", BASE, NEW).get("enabled").booleanValue());
            api.sandbox().disable("new.example.com");
            assertTrue(api.ok("POST", BASE, NEW).get("enabled").booleanValue());
        });
        checks.put(SECOND_CREATE, api -> {
            api.ok("POST", BASE, NEW);
            api.refused(ApiError.SUBDOMAIN_EXISTS, "POST", BASE, NEW);
        });
        checks.put(NAME, api -> {
            for (String name : List.of("example.org", "notexample.com", "a b.example.com", "")) {
                api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", BASE, "{'name':'" + name + "'}");
            }
        });
        checks.put(WILDCARD, api -> {
            api.refused(ApiError.NOT_ENTITLED, "POST", BASE, "{'name':'*.example.com'}");
            api.with(builder -> builder.wildcards(true)).ok("POST", BASE, "{'name':'*.example.com'}");
        });
        checks.put(ZONE_SIZE, api -> {
            for (int i = 1; i < 30; i++) {
                api.ok("POST", BASE, "{'name':'d" + i + ".example.com'}");
            }
            api.refused(ApiError.TOO_MANY_SUBDOMAINS, "POST", BASE, NEW);
        });
        checks.put(PREVIEW, api -> {
            JsonNode planned = api.ok("POST", BASE + "/preview", NEW);
            assertEquals("new.example.com", planned.get("name").textValue());
            assertEquals(6, planned.get("records").size());
            assertEquals(1, api.ok("GET", BASE).size());
        });
        checks.put(POINTERS, api -> {
            JsonNode error = json(api.refused(ApiError.SUBDOMAIN_EXISTS, "POST", BASE, "{'name':'example.com'}"))
                    .at("/errors/0");
            assertTrue(error.get("documentation_url").textValue().startsWith("https://"));
            assertEquals("/name", error.at("/source/pointer").textValue());
        });
    }

    private static void addAdministration(Map<Behavior, Check> checks) {
        checks.put(GET, api -> {
            assertEquals("example.com", api.ok("GET", one(api)).get("name").textValue());
            api.refused(ApiError.SUBDOMAIN_NOT_FOUND, "GET", BASE + "/0123", null);
        });
        checks.put(TAG_FORM, api -> {
            for (String tag : List.of("example.com", "0".repeat(33))) {
                api.refused(ApiError.BAD_SUBDOMAIN_ID, "GET", BASE + "/" + tag, null);
            }
        });
        checks.put(EDIT, api -> {
            String one = one(api);
            api.ok("PATCH", one, "{'drop_suppressed_recipients':true}");
            api.ok("PATCH", one, "{'preview_enabled':true}");
            JsonNode edited = api.ok("GET", one);
            assertTrue(edited.get("drop_suppressed_recipients").booleanValue());
            assertTrue(edited.get("preview_enabled").booleanValue());
        });
        checks.put(DELETE, api -> {
            String one = one(api);
            assertTrue(api.envelope("DELETE", one, null).get("result").isNull());
            api.refused(ApiError.SUBDOMAIN_NOT_FOUND, "DELETE", one, null);
        });
        checks.put(DMARC_STAYS, api -> {
            api.ok("DELETE", one(api));
            DnsZone dns = api.sandbox().dns();
            assertEquals(1, dns.records("TXT", "_dmarc.example.com").size());
            assertEquals(0, dns.records("MX", "cf-bounce.example.com").size());
            assertEquals(0, dns.records("TXT", "cf-bounce.example.com").size());
            assertEquals(
                    0, dns.records("TXT", "cf-bounce._domainkey.example.com").size());
        });
        checks.put(LOCK, api -> {
            String one = one(api);
            api.sandbox().lock("example.com", true);
            api.refused(ApiError.SUBDOMAIN_LOCKED, "PATCH", one, "{'preview_enabled':true}");
            api.refused(ApiError.SUBDOMAIN_LOCKED, "POST", one + "/dns", null);
            api.refused(ApiError.SUBDOMAIN_LOCKED, "DELETE", one, null);
        });
    }

    private static void addDns(Map<Behavior, Check> checks) {
        checks.put(RECORDS, api -> {
            JsonNode records = api.ok("GET", one(api) + "/dns");
            assertEquals(List.of("MX", "MX", "MX", "TXT", "TXT", "TXT"), each(records, "type"));
            assertEquals("cf-bounce.example.com", records.at("/0/name").textValue());
            assertEquals("_dmarc.example.com", records.at("/5/name").textValue());
        });
        checks.put(REPAIR, api -> {
            DnsZone dns = api.sandbox().dns();
            dns.remove("TXT", "cf-bounce.example.com");
            assertEquals(6, api.ok("POST", one(api) + "/dns").size());
            assertEquals(1, dns.records("TXT", "cf-bounce.example.com").size());
        });
        checks.put(CONFLICTS, api -> {
            conflict(api, ApiError.FOREIGN_MX, DnsRecord.mx("cf-bounce.%s", 10, "mx.example.net"));
            conflict(api, ApiError.MULTIPLE_SPF, DnsRecord.txt("cf-bounce.%s", "v=spf1 -all"));
            conflict(api, ApiError.MULTIPLE_DMARC, DnsRecord.txt("_dmarc.%s", "v=DMARC1; p=none"));
        });
        checks.put(STATUS, api -> {
            String status = one(api) + "/dns/status";
            assertEquals("ready", api.ok("GET", status).get("status").textValue());
            api.sandbox().dns().remove("TXT", "cf-bounce.example.com");
            JsonNode broken = api.ok("GET", status);
            assertEquals("misconfigured", broken.get("status").textValue());
            assertEquals(List.of("spf.missing"), each(broken.get("errors"), "code"));
        });
    }

    /** @param foreign with a name for a domain */
    private static void conflict(Probe api, ApiError expected, DnsRecord foreign) throws Exception {
        Probe other = api.with(builder -> builder);
        DnsZone dns = other.sandbox().dns();
        add(dns, foreign, "example.com", "");
        other.refused(expected, "POST", one(other) + "/dns", null);
        add(dns, foreign, "new.example.com", "");
        add(dns, foreign, "new.example.com", " ");
        other.refused(expected, "POST", BASE, NEW);
    }

    /** @param more what makes it differ from another one */
    private static void add(DnsZone dns, DnsRecord foreign, String domain, String more) {
        String name = foreign.name().formatted(domain);
        dns.add(
                foreign.type().equals("MX")
                        ? DnsRecord.mx(name, 10, foreign.content())
                        : DnsRecord.txt(name, foreign.content() + more));
    }
}
