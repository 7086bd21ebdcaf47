package io.flaremail.sandbox;

import static io.flaremail.sandbox.Probe.each;
import static io.flaremail.sandbox.Probe.json;
import static io.flaremail.sandbox.SuppressionBehavior.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

final class SuppressionChecks {
    private static final String BASE = Probe.SENDING + "/suppressions";
    private static final String ONE_DOMAIN = "'scope':{'type':'sending_domain','value':'example.com'}";

    private SuppressionChecks() {}

    private static String add(Probe api, String fields) throws Exception {
        return api.ok("POST", BASE, "{" + fields + "}").get("id").textValue();
    }

    static void addTo(Map<Behavior, Check> checks) {
        addCreation(checks);
        addChanges(checks);
        addList(checks);
        addCursors(checks);
        addBulk(checks);
    }

    private static void addCreation(Map<Behavior, Check> checks) {
        checks.put(CREATE, api -> {
            JsonNode everywhere = api.ok("POST", BASE, "{'email':'a@x.org'}");
            assertEquals("account", everywhere.at("/scope/type").textValue());
            JsonNode here = api.ok("POST", BASE, "{'email':'a@x.org'," + ONE_DOMAIN + "}");
            assertEquals("example.com", here.at("/scope/value").textValue());
            assertEquals(2, api.sandbox().suppressions().size());
        });
        checks.put(CREATE_AGAIN, api -> {
            String id = add(api, "'email':'a@x.org','note':'first'");
            assertEquals(id, add(api, "'email':'A@x.org','note':'second','expires_at':'2030-01-01T00:00:00Z'"));
            JsonNode entry = api.ok("GET", BASE + "/" + id);
            assertEquals("first", entry.get("note").textValue());
            assertTrue(entry.get("expires_at").isNull());
        });
        checks.put(EXPIRY, api -> {
            String id = add(api, "'email':'a@x.org','expires_at':'2026-11-23T13:00:00Z'");
            add(api, "'email':'b@x.org','expires_at':null");
            for (String time : List.of("2026-11-23T12:00:00Z", "tomorrow", "2026-11-24")) {
                String body = "{'email':'c@x.org','expires_at':'" + time + "'}";
                api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", BASE, body);
            }
            api.sandbox().advanceClock(Duration.ofHours(1));
            api.refused(ApiError.NOT_FOUND, "GET", BASE + "/" + id, null);
            assertEquals(List.of("b@x.org"), each(api.ok("GET", BASE), "email"));
        });
        checks.put(NOTE_SIZE, api -> {
            String id = add(api, "'email':'a@x.org','note':'" + "x".repeat(1000) + "'");
            String longer = "'note':'" + "x".repeat(1001) + "'";
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", BASE, "{'email':'b@x.org'," + longer + "}");
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "PATCH", BASE + "/" + id, "{" + longer + "}");
        });
        checks.put(READ_ONLY, api -> {
            String one = BASE + "/"
                    + api.sandbox().suppress("a@x.org", "policy", null, true).id();
            assertTrue(api.ok("GET", one).get("read_only").booleanValue());
            api.refused(ApiError.SUPPRESSION_READ_ONLY, "POST", BASE, "{'email':'a@x.org'}");
            api.refused(ApiError.SUPPRESSION_READ_ONLY, "PATCH", one, "{'note':'x'}");
            api.refused(ApiError.SUPPRESSION_READ_ONLY, "DELETE", one, null);
        });
    }

    private static void addChanges(Map<Behavior, Check> checks) {
        checks.put(GET, api -> {
            String id = add(api, "'email':'a@x.org','note':'asked'");
            JsonNode entry = api.ok("GET", BASE + "/" + id);
            assertEquals(
                    "a@x.org manual asked",
                    entry.get("email").textValue() + " " + entry.get("reason").textValue() + " "
                            + entry.get("note").textValue());
            api.refused(ApiError.NOT_FOUND, "GET", BASE + "/unknown", null);
        });
        checks.put(EDIT, api -> {
            String one = BASE + "/" + add(api, "'email':'a@x.org','note':'asked'");
            JsonNode edited = api.ok("PATCH", one, "{'expires_at':'2030-01-01T00:00:00Z'}");
            assertEquals("asked", edited.get("note").textValue());
            assertEquals("2030-01-01T00:00:00Z", edited.get("expires_at").textValue());
            assertTrue(api.ok("PATCH", one, "{'note':''}").get("note").isNull());
        });
        checks.put(SCOPE_STAYS, api -> {
            String one = BASE + "/" + add(api, "'email':'a@x.org'");
            JsonNode refused = json(api.refused(ApiError.SCOPE_IMMUTABLE, "PATCH", one, "{" + ONE_DOMAIN + "}"));
            assertEquals("scope_immutable", refused.at("/errors/0/code").textValue());
        });
        checks.put(DELETE, api -> {
            String id = add(api, "'email':'a@x.org'");
            JsonNode gone = api.ok("DELETE", BASE + "/" + id);
            assertEquals(id, gone.get("id").textValue());
            assertEquals("account", gone.at("/scope/type").textValue());
            assertEquals(0, api.ok("GET", BASE).size());
        });
    }

    private static void addList(Map<Behavior, Check> checks) {
        checks.put(FILTERS, api -> {
            api.sandbox().suppress("a@x.org");
            api.sandbox().suppress("b@x.org", "complaint", "example.com", false);
            api.sandbox().suppress("c@x.org", "manual", "w.example.com", false);
            assertFound(api, "email=B@x.org", "b@x.org");
            assertFound(api, "reason=complaint", "b@x.org");
            assertFound(api, "scope_type=account", "a@x.org");
            assertFound(api, "scope_type=sending_domain", "c@x.org b@x.org");
            assertFound(api, "scope_type=sending_domain&scope_value=w.example.com", "c@x.org");
            for (String bad : List.of("scope_value=example.com", "scope_type=zone", "reason=spam")) {
                api.refused(ApiError.INVALID_REQUEST_SCHEMA, "GET", BASE + "?" + bad, null);
            }
        });
        checks.put(SEARCH, api -> {
            List.of("alex@x.org", "alex@y.org", "alexa@x.org").forEach(api.sandbox()::suppress);
            assertFound(api, "search=Alex@", "alex@y.org alex@x.org");
            assertFound(api, "search=alex@x.org", "alex@x.org");
            for (String bad : List.of("alex", "@x.org")) {
                api.refused(ApiError.INVALID_REQUEST_SCHEMA, "GET", BASE + "?search=" + bad, null);
            }
        });
        checks.put(ORDER, api -> {
            api.sandbox().suppress("a@x.org", "manual", "example.com", false);
            api.sandbox().suppress("b@x.org");
            api.sandbox().suppress("c@x.org", "manual", "example.com", false);
            api.sandbox().suppress("d@x.org");
            assertFound(api, "", "c@x.org a@x.org d@x.org b@x.org");
        });
        checks.put(PAGES, api -> {
            IntStream.range(0, 101).forEach(i -> api.sandbox().suppress("a" + i + "@x.org"));
            assertEquals(100, api.ok("GET", BASE).size());
            assertEquals(101, api.ok("GET", BASE + "?per_page=1000").size());
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "GET", BASE + "?per_page=1001", null);
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "GET", BASE + "?cursor=made-up", null);
            api.sandbox().suppressionPages(0, 1);
            assertEquals(List.of(0, 1, 40, 40, 20), pageSizes(api, "?per_page=40"));
        });
    }

    private static void assertFound(Probe api, String query, String expected) throws Exception {
        assertEquals(expected, String.join(" ", each(api.ok("GET", BASE + "?" + query), "email")));
    }

    /** With either name of the cursor. */
    private static String cursor(JsonNode page) {
        JsonNode info = page.get("result_info");
        return info.path("cursor").asText(info.path("next_cursor").asText(null));
    }

    private static List<Integer> pageSizes(Probe api, String query) throws Exception {
        List<Integer> sizes = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = api.envelope("GET", BASE + query + (cursor == null ? "" : "&cursor=" + cursor), null);
            sizes.add(page.get("result").size());
            cursor = cursor(page);
        } while (cursor != null && sizes.size() < 20);
        return sizes;
    }

    private static void addCursors(Map<Behavior, Check> checks) {
        checks.put(CURSOR_NAME, api -> {
            List.of("a@x.org", "b@x.org").forEach(api.sandbox()::suppress);
            JsonNode info = api.envelope("GET", BASE + "?per_page=1", null).get("result_info");
            assertEquals(api.isStrict(), info.path("next_cursor").isTextual());
            assertEquals(!api.isStrict(), info.path("cursor").isTextual());
        });
        checks.put(CURSOR_FILTERS, api -> {
            List.of("a@x.org", "b@x.org").forEach(api.sandbox()::suppress);
            String cursor = cursor(api.envelope("GET", BASE + "?per_page=1&reason=manual", null));
            assertFound(api, "per_page=5&reason=manual&cursor=" + cursor, "a@x.org");
            String changed = BASE + "?per_page=1&reason=complaint&cursor=" + cursor;
            if (api.isStrict()) {
                api.refused(ApiError.INVALID_REQUEST_SCHEMA, "GET", changed, null);
            } else {
                assertEquals(0, api.ok("GET", changed).size());
            }
        });
    }

    private static void addBulk(Map<Behavior, Check> checks) {
        checks.put(BULK, api -> {
            JsonNode result = api.ok("POST", BASE + "/bulk", items("a@x.org", "A@x.org", "bad", "b@x.org"));
            assertEquals(List.of("processed", "invalid", "processed"), each(result.get("items"), "status"));
            assertEquals(
                    "4 2 0 1 0 1",
                    List.of("total", "processed", "skipped", "invalid", "errors", "deduplicated").stream()
                            .map(count -> result.get(count).asText())
                            .collect(Collectors.joining(" ")));
            assertEquals(2, api.sandbox().suppressions().size());
        });
        checks.put(BULK_SIZE, api -> {
            String[] most =
                    IntStream.range(0, 1000).mapToObj(i -> "a" + i + "@x.org").toArray(String[]::new);
            assertEquals(
                    1000,
                    api.ok("POST", BASE + "/bulk", items(most)).get("processed").intValue());
            String more = items(most).replace("[", "[{'email':'more@x.org'},");
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", BASE + "/bulk", more);
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", BASE + "/bulk", "{'items':[]}");
        });
        checks.put(BULK_SKIPS, api -> {
            api.sandbox().suppress("a@x.org", "hard_bounce", null, false);
            api.sandbox().suppress("b@x.org", "policy", null, true);
            api.sandbox().suppress("c@x.org");
            JsonNode result = api.ok("POST", BASE + "/bulk", items("a@x.org", "b@x.org", "c@x.org"));
            assertEquals(List.of("skipped", "skipped", "processed"), each(result.get("items"), "status"));
            assertEquals(2, result.get("skipped").intValue());
        });
        checks.put(BULK_RATE, api -> {
            assertThrottled(api);
            api.sandbox().advanceClock(Duration.ofSeconds(60));
            api.ok("POST", BASE + "/bulk", items("a@x.org"));
        });
        checks.put(
                RETRY_AFTER,
                api -> assertEquals(
                        api.isStrict() ? "none" : "60",
                        assertThrottled(api).headers().firstValue("Retry-After").orElse("none")));
    }

    private static HttpResponse<byte[]> assertThrottled(Probe api) throws Exception {
        for (int i = 0; i < 10; i++) {
            api.ok("POST", BASE + "/bulk", items("a@x.org"));
        }
        return api.refused(ApiError.THROTTLED, "POST", BASE + "/bulk", items("a@x.org"));
    }

    private static String items(String... emails) {
        return List.of(emails).stream()
                .map(email -> "{'email':'" + email + "'}")
                .collect(Collectors.joining(",", "{'items':[", "]}"));
    }
}
