package io.flaremail.sandbox;

import static io.flaremail.sandbox.EventBehavior.*;
import static io.flaremail.sandbox.EventProbe.SUBSCRIPTIONS;
import static io.flaremail.sandbox.Probe.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

final class EventChecks {
    private static final String BOB = "bob@example.org";

    private EventChecks() {}

    static void addTo(Map<Behavior, Check> checks) {
        addSubscriptions(checks);
        addEvents(checks);
        addStrictEvents(checks);
        addAnalytics(checks);
    }

    private static void addSubscriptions(Map<Behavior, Check> checks) {
        checks.put(SUBSCRIBE, api -> {
            EventProbe events = EventProbe.subscribe(api);
            api.send(BOB);
            assertEquals(1, events.ids().size());
        });
        checks.put(SUBSCRIPTION_SOURCE, api -> {
            String queue = EventProbe.queue(api, "q");
            String good = EventProbe.subscription(api, queue, "example.com");
            String without = good.replaceAll("'zone_id':'\\w+',", "");
            api.refused(ApiError.SUBSCRIPTION_INVALID, "POST", SUBSCRIPTIONS, without);
            String other = EventProbe.subscription(api, queue, "other.example.com");
            api.refused(ApiError.SUBSCRIPTION_INVALID, "POST", SUBSCRIPTIONS, other);
            api.sandbox().disable("example.com");
            api.refused(ApiError.SUBSCRIPTION_INVALID, "POST", SUBSCRIPTIONS, good);
        });
        checks.put(
                SUBSCRIPTION_QUEUE,
                api -> api.refused(
                        ApiError.QUEUE_NOT_FOUND,
                        "POST",
                        SUBSCRIPTIONS,
                        EventProbe.subscription(api, "0123", "example.com")));
        checks.put(SECOND_SUBSCRIPTION, api -> {
            EventProbe events = EventProbe.subscribe(api);
            api.refused(ApiError.SUBSCRIPTION_EXISTS, "POST", SUBSCRIPTIONS, events.subscription());
        });
        checks.put(LIST, api -> {
            EventProbe events = EventProbe.subscribe(api);
            api.ok("POST", "/zones/{zone}/email/sending/subdomains", "{'name':'two.example.com'}");
            api.ok("POST", SUBSCRIPTIONS, events.subscription().replace("'example.com'", "'two.example.com'"));
            String domain = "/source/domain";
            JsonNode last = api.ok("GET", SUBSCRIPTIONS + "?per_page=1&page=2&order=created_at&direction=asc");
            assertEquals("two.example.com", last.get(0).at(domain).textValue());
            JsonNode newest = api.ok("GET", SUBSCRIPTIONS + "?direction=desc");
            assertEquals("two.example.com", newest.get(0).at(domain).textValue());
            assertEquals(0, api.ok("GET", SUBSCRIPTIONS + "?queue_id=0123").size());
        });
        checks.put(EventBehavior.GET, api -> {
            EventProbe.subscribe(api);
            assertEquals("n", api.ok("GET", one(api)).get("name").textValue());
            api.refused(ApiError.SUBSCRIPTION_NOT_FOUND, "GET", SUBSCRIPTIONS + "/0123", null);
        });
        checks.put(CHANGE, api -> {
            EventProbe events = EventProbe.subscribe(api);
            String one = one(api);
            api.ok("PATCH", one, "{'events':['message.bounced']}");
            api.send(BOB, "bounce@x.org");
            assertEquals(1, events.ids().size());
            assertEquals(
                    false,
                    api.ok("PATCH", one, "{'enabled':false}").get("enabled").booleanValue());
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "PATCH", one, "{'source':{'type':'email.sending'}}");
        });
        checks.put(EventBehavior.DELETE, api -> {
            EventProbe events = EventProbe.subscribe(api);
            api.ok("DELETE", one(api));
            api.send(BOB);
            assertEquals(Set.of(), events.ids());
            assertEquals(0, api.ok("GET", SUBSCRIPTIONS).size());
        });
    }

    private static String one(Probe api) throws Exception {
        return SUBSCRIPTIONS + "/" + api.ok("GET", SUBSCRIPTIONS).at("/0/id").textValue();
    }

    private static void addEvents(Map<Behavior, Check> checks) {
        checks.put(KINDS, EventChecks::kinds);
        checks.put(EventBehavior.MESSAGE_ID, api -> {
            EventProbe events = EventProbe.subscribe(api);
            String id = api.send(BOB).get("message_id").textValue();
            assertEquals(id, events.pull().get(0).at("/payload/messageId").textValue());
        });
        checks.put(NO_BACKFILL, api -> {
            api.send(BOB);
            assertEquals(Set.of(), EventProbe.subscribe(api).ids());
        });
        checks.put(VERIFIED, api -> {
            Probe verified = api.with(builder -> builder.verifiedDestination("Own@x.org"));
            EventProbe events = EventProbe.subscribe(verified);
            verified.send("own@x.org", BOB);
            assertEquals(1, events.ids().size());
            assertEquals(1, verified.sandbox().mailbox("own@x.org").size());
        });
    }

    private static void kinds(Probe api) throws Exception {
        EventProbe events = EventProbe.subscribe(api);
        api.send(BOB, "queued@x.org", "bounce@x.org", "fail-later@x.org", "reject-later@x.org", "complain@x.org");
        Set<String> kinds = new TreeSet<>();
        for (JsonNode event : events.pull()) {
            String kind = event.get("type").textValue().replace("cf.email.sending.message.", "");
            boolean terminal = event.at("/payload/terminal").booleanValue();
            assertEquals(!kind.equals("deferred"), terminal, kind);
            assertEquals(!kind.equals("complained"), event.at("/payload").has("subject"), kind);
            assertEquals(1, event.at("/metadata/eventSchemaVersion").intValue());
            kinds.add(kind);
        }
        assertEquals("bounced complained deferred delivered failed rejected", String.join(" ", kinds));
    }

    private static void addStrictEvents(Map<Behavior, Check> checks) {
        checks.put(BODY, api -> {
            EventProbe events = EventProbe.subscribe(api);
            api.send(BOB);
            assertEquals(!api.isStrict(), events.bodies().get(0).startsWith("{"));
        });
        checks.put(REPEATS, api -> {
            EventProbe events = EventProbe.subscribe(api);
            api.send("a@x.org");
            api.send("b@x.org");
            String recipients = events.pull().stream()
                    .map(event -> event.at("/payload/recipient").textValue())
                    .collect(Collectors.joining(" "));
            assertEquals(api.isStrict() ? "b@x.org b@x.org a@x.org a@x.org" : "a@x.org b@x.org", recipients);
        });
        checks.put(BOUNCE_CODES, api -> {
            EventProbe events = EventProbe.subscribe(api);
            api.send("bounce@x.org");
            JsonNode event = events.pull().get(0);
            assertEquals("hard", event.at("/payload/bounce/type").textValue());
            assertEquals("bounced", event.at("/payload/delivery/status").textValue());
            assertEquals(!api.isStrict(), event.at("/payload/delivery").has("smtpStatusCode"));
        });
    }

    private static void addAnalytics(Map<Behavior, Check> checks) {
        checks.put(ANALYTICS, api -> {
            api.send(BOB, "bounce@x.org");
            String dataSet = "emailSendingAdaptive(filter:{datetime_geq:$start,datetime_leq:$end%s}limit:50"
                    + " orderBy:[envelopeTo_DESC]){envelopeTo status at:datetime}";
            JsonNode rows = rows(api, dataSet.formatted(""), "2026-11-23T12:00:00Z");
            assertEquals(List.of("bounce@x.org", BOB), each(rows, "envelopeTo"));
            assertEquals(List.of("deliveryFailed", "delivered"), each(rows, "status"));
            assertEquals("2026-11-23T12:00:00Z", rows.at("/0/at").textValue());
            assertEquals(
                    1,
                    rows(api, dataSet.formatted(",status_neq:delivered"), "2026-11-24T00:00:00Z")
                            .size());
            assertEquals(
                    0, rows(api, dataSet.formatted(""), "2026-11-23T11:59:59Z").size());
        });
        checks.put(ANALYTICS_GROUPS, api -> {
            api.send(BOB, "bounce@x.org");
            api.send(BOB);
            String dataSet = "emailSendingAdaptiveGroups(filter:{date_geq:$start,date_leq:$end}limit:9"
                    + " orderBy:[status_ASC]){count dimensions{date status}}";
            JsonNode groups = rows(api, dataSet, "2026-11-23");
            assertEquals(List.of("2", "1"), each(groups, "count"));
            assertEquals("delivered", groups.at("/0/dimensions/status").textValue());
            assertEquals("2026-11-23", groups.at("/1/dimensions/date").textValue());
        });
        checks.put(ANALYTICS_FROM, api -> {
            api.send(BOB);
            JsonNode rows = rows(
                    api, "emailSendingAdaptive(filter:{datetime_geq:$start},limit:1){from}", "2026-11-24T00:00:00Z");
            assertEquals("\"Sender\" <ada@example.com>", rows.at("/0/from").textValue());
        });
        checks.put(ANALYTICS_ERRORS, api -> {
            for (String dataSet : List.of(
                    "httpRequestsAdaptive(limit:1){datetime}",
                    "emailSendingAdaptive(filter:{datetime_geq:$start}){datetime}",
                    "emailSendingAdaptive(limit:1){datetime}",
                    "emailSendingAdaptive(filter:{datetime_geq:$start,limit:1){datetime}",
                    "emailSendingAdaptive(filter:{datetime_geq:$start}limit:1){unknown}",
                    "emailSendingAdaptive(filter:{datetime_geq:$start,unknown:1}limit:1){datetime}")) {
                JsonNode answer = query(api, dataSet, "2026-11-24T00:00:00Z");
                assertTrue(answer.get("data").isNull(), dataSet);
                assertTrue(answer.at("/errors/0/message").isTextual(), dataSet);
            }
        });
    }

    private static JsonNode query(Probe api, String dataSet, String end) throws Exception {
        String query =
                "query Q($zoneTag: string!, $start: Time!, $end: Time!) { viewer { zones(filter: {zoneTag: $zoneTag}) { "
                        + dataSet + " } } }";
        return api.envelope(
                "POST",
                "/graphql",
                api.fill("{'query':'" + query + "','variables':{'zoneTag':'{zone}','start':'2026-11-23"
                        + (end.length() > 10 ? "T00:00:00Z" : "") + "','end':'" + end + "'}}"));
    }

    private static JsonNode rows(Probe api, String dataSet, String end) throws Exception {
        JsonNode answer = query(api, dataSet, end);
        assertTrue(answer.get("errors").isNull(), answer::toString);
        return answer.at("/data/viewer/zones/0/" + dataSet.replaceFirst("\\(.*", ""));
    }
}
