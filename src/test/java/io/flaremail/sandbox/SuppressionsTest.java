package io.flaremail.sandbox;

import static io.flaremail.sandbox.TestClient.assertError;
import static io.flaremail.sandbox.TestClient.json;
import static io.flaremail.sandbox.TestClient.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SuppressionsTest {
    private static final String BASE = "/accounts/{account}/email/sending/suppressions";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(NOON);

    @RegisterExtension
    static final SandboxExtension sandbox =
            new SandboxExtension(Sandbox.builder().clock(NOW::get));

    private final TestClient client = new TestClient(sandbox.get());

    SuppressionsTest() {
        NOW.set(NOON);
    }

    private HttpResponse<byte[]> post(String body) throws Exception {
        return client.call("POST", BASE, body.replace('\'', '"'));
    }

    @Test
    void anEntryFromCreationToDeletion() throws Exception {
        JsonNode created =
                result(post("{'email':'Bob@Example.org','note':'asked','expires_at':'2026-11-24T12:00:00Z'}"));
        String id = created.get("id").textValue();
        assertEquals("{\"id\":\"" + id + "\",\"scope\":{\"type\":\"account\"}}", created.toString());
        assertEquals(id, result(post("{'email':'bob@example.org'}")).get("id").textValue());
        String one = BASE + "/" + id;
        JsonNode entry = result(client.call("GET", one, null));
        assertEquals(
                ("{'id':'" + id + "','email':'bob@example.org','reason':'manual','created_at':'2026-11-23T12:00:00Z',"
                                + "'expires_at':'2026-11-24T12:00:00Z','read_only':false,'note':'asked',"
                                + "'scope':{'type':'account'}}")
                        .replace('\'', '"'),
                entry.toString());
        assertEquals(
                "asked", result(client.call("PATCH", one, "{}")).get("note").textValue());
        JsonNode edited = result(client.call("PATCH", one, "{\"expires_at\":null,\"note\":\"\"}"));
        assertTrue(edited.get("expires_at").isNull());
        assertTrue(edited.get("note").isNull());
        assertEquals(created, result(client.call("DELETE", one, null)));
        assertError(ApiError.NOT_FOUND, client.call("GET", one, null));
        assertEquals(List.of(), sandbox.get().suppressions());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST   |          | {}                                              | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'bob'}                                 | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'b@x.org','reason':'manual'}           | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'b@x.org','note':null}                 | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'b@x.org','expires_at':'tomorrow'}     | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'b@x.org','expires_at':'2020-01-01T00:00:00Z'} | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'b@x.org','scope':'account'}           | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'b@x.org','scope':{'type':'zone'}}     | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'b@x.org','scope':{'type':'account','value':'x.org'}} | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'b@x.org','scope':{'type':'sending_domain'}} | INVALID_REQUEST_SCHEMA",
                "POST   | /bulk    | {'items':[]}                                    | INVALID_REQUEST_SCHEMA",
                "POST   | /bulk    | {'items':['b@x.org']}                           | INVALID_REQUEST_SCHEMA",
                "POST   | /bulk    | []                                              | INVALID_REQUEST_SCHEMA",
                "GET    | ?page=2  |                                                 | INVALID_REQUEST_SCHEMA",
                "GET    | ?per_page=1001 |                                           | INVALID_REQUEST_SCHEMA",
                "GET    | ?per_page=0 |                                              | INVALID_REQUEST_SCHEMA",
                "GET    | ?per_page=5&per_page=6 |                                   | INVALID_REQUEST_SCHEMA",
                "GET    | ?reason=spam |                                             | INVALID_REQUEST_SCHEMA",
                "GET    | ?cursor=abc |                                              | INVALID_REQUEST_SCHEMA",
                "GET    | ?search=bob |                                              | INVALID_REQUEST_SCHEMA",
                "GET    | ?scope_type=zone |                                         | INVALID_REQUEST_SCHEMA",
                "GET    | ?scope_value=example.com |                                 | INVALID_REQUEST_SCHEMA",
                "GET    | /unknown |                                                 | NOT_FOUND",
                "PATCH  | /unknown | {}                                              | NOT_FOUND",
                "DELETE | /unknown |                                                 | NOT_FOUND",
                "PATCH  | /{id}    | {'email':'x@x.org'}                             | INVALID_REQUEST_SCHEMA",
                "PATCH  | /{id}    | {'scope':{'type':'account'}}                    | SCOPE_IMMUTABLE",
                "POST   |          | {'email':'Fixed@x.org'}                         | SUPPRESSION_READ_ONLY",
                "PATCH  | /{id}    | {'note':'{long}'}                               | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'x@x.org','note':'{long}'}             | INVALID_REQUEST_SCHEMA",
                "POST   |          | {'email':'x..y@x.org'}                          | INVALID_REQUEST_SCHEMA",
                "PATCH  | /{fixed} | {'note':'x'}                                    | SUPPRESSION_READ_ONLY",
                "DELETE | /{fixed} |                                                 | SUPPRESSION_READ_ONLY",
                "GET    | /bulk    |                                                 | NOT_FOUND",
                "PUT    |          | {}                                              | METHOD_NOT_ALLOWED"
            })
    void refusals(String method, String path, String body, ApiError expected) throws Exception {
        Suppression own = sandbox.get().suppress("own@x.org");
        Suppression fixed = sandbox.get().suppress("fixed@x.org", "policy", null, true);
        String full = BASE + (path == null ? "" : path.replace("{id}", own.id()).replace("{fixed}", fixed.id()));
        assertError(
                expected,
                client.call(
                        method,
                        full,
                        body == null ? null : body.replace('\'', '"').replace("{long}", "x".repeat(1001))));
        assertEquals(List.of(fixed, own), sandbox.get().suppressions());
    }

    @Test
    void tokenAndAccountAreChecked() throws Exception {
        assertError(ApiError.UNAUTHORIZED, client.exchange(client.unauthorized("GET", BASE, null)));
        assertError(ApiError.FORBIDDEN, client.call("GET", BASE.replace("{account}", "x"), null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, d@x.org c@x.org b@x.org a@x.org",
                "email=A@x.org, a@x.org",
                "search=a@x.org, a@x.org",
                "search=b@, b@x.org",
                "reason=complaint, b@x.org",
                "scope_type=account, b@x.org a@x.org",
                "scope_type=sending_domain, d@x.org c@x.org",
                "scope_type=sending_domain&scope_value=example.com, c@x.org",
                "email=none@x.org, ''"
            })
    void theListIsOrderedAndFiltered(String query, String expected) throws Exception {
        sandbox.get().suppress("c@x.org", "manual", "example.com", false);
        sandbox.get().suppress("a@x.org");
        sandbox.get().suppress("d@x.org", "manual", "w.example.com", false);
        sandbox.get().suppress("b@x.org", "complaint", null, false);
        JsonNode found = result(client.call("GET", BASE + (query == null ? "" : "?" + query), null));
        List<String> emails = new ArrayList<>();
        found.forEach(entry -> emails.add(entry.get("email").textValue()));
        assertEquals(expected, String.join(" ", emails));
    }

    @Test
    void pagesFollowTheCursorPastDeletionsShortAndEmptyPages() throws Exception {
        for (int i = 0; i < 7; i++) {
            sandbox.get().suppress("a" + i + "@x.org");
        }
        sandbox.get().suppressionPages(0, 2, 0);
        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page =
                    json(client.call("GET", BASE + "?per_page=3" + (cursor == null ? "" : "&cursor=" + cursor), null));
            assertEquals(3, page.at("/result_info/per_page").intValue());
            sizes.add(page.at("/result_info/count").intValue());
            for (JsonNode entry : page.get("result")) {
                seen.add(entry.get("email").textValue());
                client.call("DELETE", BASE + "/" + entry.get("id").textValue(), null);
            }
            cursor = page.at("/result_info/cursor").textValue();
        } while (cursor != null);
        assertEquals(List.of(0, 2, 0, 3, 2), sizes);
        assertEquals("a6@x.org a5@x.org a4@x.org a3@x.org a2@x.org a1@x.org a0@x.org", String.join(" ", seen));
    }

    @Test
    void theCursorMayHaveItsOtherName() throws Exception {
        try (Sandbox other = Sandbox.builder().nextCursor().start()) {
            other.suppress("a@x.org");
            other.suppress("b@x.org");
            JsonNode info = json(new TestClient(other).call("GET", BASE + "?per_page=1", null))
                    .get("result_info");
            assertTrue(info.get("next_cursor").isTextual());
            assertFalse(info.has("cursor"));
        }
    }

    @Test
    void aBadItemOfABulkSpoilsItselfOnly() throws Exception {
        sandbox.get().suppress("fixed@x.org", "policy", null, true);
        JsonNode result = result(client.call(
                "POST",
                BASE + "/bulk",
                ("{'items':[{'email':'a@x.org'},{'email':'A@x.org'},{'email':'bad'},{'email':'fixed@x.org'},"
                                + "{'email':'a@x.org','scope':{'type':'sending_domain','value':'Example.com.'}}]}")
                        .replace('\'', '"')));
        List<String> statuses = new ArrayList<>();
        result.get("items")
                .forEach(item ->
                        statuses.add(item.get("index") + item.get("status").textValue()));
        assertEquals(List.of("0processed", "2invalid", "3skipped", "4processed"), statuses);
        assertEquals(
                "5 2 1 1 0 1",
                List.of("total", "processed", "skipped", "invalid", "errors", "deduplicated").stream()
                        .map(field -> result.get(field).asText())
                        .collect(Collectors.joining(" ")));
        assertEquals("example.com", sandbox.get().suppressions().get(0).sendingDomain());
    }

    @Test
    void tenBulksAreTakenInAnyMinute() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        try (Sandbox limited = Sandbox.builder().clock(now::get).start()) {
            TestClient itsClient = new TestClient(limited);
            String body = "{\"items\":[{\"email\":\"a@x.org\"}]}";
            for (int i = 0; i < 10; i++) {
                assertEquals(200, itsClient.call("POST", BASE + "/bulk", body).statusCode());
                now.set(now.get().plusMillis(1500));
            }
            HttpResponse<byte[]> throttled = itsClient.call("POST", BASE + "/bulk", body);
            assertError(ApiError.THROTTLED, throttled);
            assertEquals("45", throttled.headers().firstValue("Retry-After").orElse(null));
            now.set(now.get().plusSeconds(45));
            assertEquals(200, itsClient.call("POST", BASE + "/bulk", body).statusCode());
            assertEquals(
                    429, itsClient.call("POST", BASE + "/bulk", body).statusCode(), "the second is still too early");
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 200", "1001, 400"})
    void aBulkTakesAThousand(int count, int status) throws Exception {
        String items = IntStream.range(0, count)
                .mapToObj(i -> "{\"email\":\"a" + i + "@x.org\"}")
                .collect(Collectors.joining(","));
        assertEquals(
                status,
                client.call("POST", BASE + "/bulk", "{\"items\":[" + items + "]}")
                        .statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "bob@x.org, -, 400",
                "BOB@X.org, -, 400",
                "bob@x.org, example.com, 400",
                "bob@x.org, other.com, 200"
            })
    void aSuppressedRecipientFailsTheWholeRequest(String recipient, String scope, int status) throws Exception {
        sandbox.get().suppress("bob@x.org", "hard_bounce", scope, false);
        HttpResponse<byte[]> response = client.send("ada@x.org", recipient);
        assertEquals(status, response.statusCode());
        if (status == 400) {
            assertError(ApiError.RECIPIENT_SUPPRESSED, response);
            assertEquals(List.of(), sandbox.mailbox("ada@x.org"));
        }
    }

    @Test
    void aDomainIsSuppressedInAnyCase() throws Exception {
        sandbox.get().suppress("Bob@x.org", "manual", "Example.COM", false);
        assertEquals(400, client.send("bob@X.org").statusCode());
    }

    @Test
    void suppressionsExpire() throws Exception {
        post("{'email':'bob@x.org','expires_at':'2026-11-23T13:00:00+00:00'}");
        assertError(ApiError.RECIPIENT_SUPPRESSED, client.send("bob@x.org"));
        NOW.set(Instant.parse("2026-11-23T13:00:00Z"));
        assertEquals(200, client.send("bob@x.org").statusCode());
        assertEquals(0, result(client.call("GET", BASE, null)).size());
    }

    @Test
    void aDomainMayDropThemInstead() throws Exception {
        try (Sandbox dropping = Sandbox.start()) {
            TestClient its = new TestClient(dropping);
            String base = "/zones/{zone}/email/sending/subdomains";
            String tag = result(its.call("GET", base, null)).at("/0/tag").textValue();
            its.call("PATCH", base + "/" + tag, "{\"drop_suppressed_recipients\":true}");
            dropping.suppress("bob@x.org");
            JsonNode result = result(its.send("ada@x.org", "Bob@x.org"));
            assertEquals("[\"Bob@x.org\"]", result.get("suppressed_recipients").toString());
            assertEquals(1, dropping.mailbox("ada@x.org").size());
            assertEquals(0, dropping.mailbox("bob@x.org").size());
            assertEquals(
                    "[]",
                    result(its.send("ada@x.org")).get("suppressed_recipients").toString());
        }
    }
}
