package io.flaremail.sandbox;

import static io.flaremail.sandbox.TestClient.assertError;
import static io.flaremail.sandbox.TestClient.json;
import static io.flaremail.sandbox.TestClient.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SubdomainsTest {
    private static final String BASE = "/zones/{zone}/email/sending/subdomains";

    private final Sandbox sandbox = Sandbox.start();
    private final TestClient client = new TestClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpResponse<byte[]> create(String name) throws Exception {
        return client.call("POST", BASE, "{\"name\":\"" + name + "\"}");
    }

    private String tag(String name) throws Exception {
        for (JsonNode domain : result(client.call("GET", BASE, null))) {
            if (domain.get("name").textValue().equals(name)) {
                return domain.get("tag").textValue();
            }
        }
        throw new AssertionError("not listed: " + name);
    }

    @Test
    void aDomainFromCreationToDeletion() throws Exception {
        JsonNode created = result(create("W.example.com"));
        assertTrue(created.get("tag").textValue().matches("[0-9a-f]{32}"));
        assertEquals(created.get("tag"), created.get("id"));
        assertEquals("w.example.com", created.get("name").textValue());
        assertTrue(created.get("enabled").booleanValue());
        assertEquals("cf-bounce", created.get("dkim_selector").textValue());
        assertEquals(
                "cf-bounce.w.example.com", created.get("return_path_domain").textValue());
        Instant.parse(created.get("created").textValue());
        String one = BASE + "/" + created.get("tag").textValue();
        assertEquals(created, result(client.call("GET", one, null)));
        assertEquals(List.of("example.com", "w.example.com"), sandbox.domains());

        JsonNode edited = result(client.call("PATCH", one, "{\"drop_suppressed_recipients\":true}"));
        assertTrue(edited.get("drop_suppressed_recipients").booleanValue());
        assertFalse(edited.get("preview_enabled").booleanValue());
        edited = result(client.call("PATCH", one, "{\"preview_enabled\":true}"));
        assertTrue(edited.get("drop_suppressed_recipients").booleanValue());
        assertTrue(edited.get("preview_enabled").booleanValue());

        HttpResponse<byte[]> deleted = client.call("DELETE", one, null);
        assertEquals(200, deleted.statusCode());
        assertTrue(json(deleted).get("result").isNull());
        assertError(ApiError.SUBDOMAIN_NOT_FOUND, client.call("GET", one, null));
        assertEquals(
                List.of("_dmarc.w.example.com"),
                sandbox.dns().records().stream()
                        .map(DnsRecord::name)
                        .filter(name -> name.endsWith("w.example.com"))
                        .toList());
        assertEquals(200, create("w.example.com").statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   |                | {'name':'example.com'}        | SUBDOMAIN_EXISTS",
                "POST   | /preview       | {'name':'example.com'}        | SUBDOMAIN_EXISTS",
                "POST   |                | {'name':'other.org'}          | INVALID_REQUEST_SCHEMA",
                "POST   |                | {'name':'notexample.com'}     | INVALID_REQUEST_SCHEMA",
                "POST   |                | {'name':'a b.example.com'}    | INVALID_REQUEST_SCHEMA",
                "POST   |                | {'name':''}                   | INVALID_REQUEST_SCHEMA",
                "POST   |                | {'name':'*.example.com'}      | NOT_ENTITLED",
                "POST   |                | {'name':'a.*.example.com'}    | INVALID_REQUEST_SCHEMA",
                "POST   |                | {'name':'w.example.com','x':1} | INVALID_REQUEST_SCHEMA",
                "POST   |                | {'name':1}                    | INVALID_REQUEST_SCHEMA",
                "POST   |                | {}                            | INVALID_REQUEST_SCHEMA",
                "GET    | ?page=1        |                               | INVALID_REQUEST_SCHEMA",
                "PUT    |                | {}                            | METHOD_NOT_ALLOWED",
                "GET    | /xyz           |                               | BAD_SUBDOMAIN_ID",
                "GET    | /preview       |                               | BAD_SUBDOMAIN_ID",
                "DELETE | /000111222333444555666777888999aaa |           | BAD_SUBDOMAIN_ID",
                "GET    | /abc           |                               | SUBDOMAIN_NOT_FOUND",
                "PATCH  | /abc           | {}                            | SUBDOMAIN_NOT_FOUND",
                "DELETE | /abc           |                               | SUBDOMAIN_NOT_FOUND",
                "GET    | /abc/dns       |                               | SUBDOMAIN_NOT_FOUND",
                "POST   | /abc/dns       |                               | SUBDOMAIN_NOT_FOUND",
                "GET    | /abc/dns/status |                              | SUBDOMAIN_NOT_FOUND",
                "PATCH  | /{tag}         | {'preview_enabled':'yes'}     | INVALID_REQUEST_SCHEMA",
                "PATCH  | /{tag}         | {'enabled':false}             | INVALID_REQUEST_SCHEMA"
            })
    void refusals(String method, String path, String body, ApiError expected) throws Exception {
        String full = BASE + (path == null ? "" : path.replace("{tag}", tag("example.com")));
        assertError(expected, client.call(method, full, body == null ? null : body.replace('\'', '"')));
        assertEquals(List.of("example.com"), sandbox.domains());
    }

    @Test
    void errorsSayWhereToReadOnAndWhatIsToBlame() throws Exception {
        JsonNode error = json(create("example.com")).at("/errors/0");
        assertEquals("/name", error.at("/source/pointer").textValue());
        assertTrue(error.get("documentation_url").textValue().startsWith("https://developers.cloudflare.com/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, BASE + "/abc", BASE + "/abc/dns", BASE + "/abc/dns/status"})
    void tokenAndZoneAreChecked(String path) throws Exception {
        assertError(ApiError.SUBDOMAIN_UNAUTHORIZED, client.exchange(client.unauthorized("GET", path, null)));
        assertError(
                ApiError.SUBDOMAIN_UNAUTHORIZED,
                client.exchange(client.unauthorized("GET", path, null)
                        .header("X-Auth-Email", "a@b.c")
                        .header("X-Auth-Key", sandbox.token())));
        assertError(ApiError.FORBIDDEN, client.call("GET", path.replace("{zone}", "abc"), null));
    }

    @Test
    void aZoneHoldsThirty() throws Exception {
        for (int i = 1; i < 30; i++) {
            assertEquals(200, create("d" + i + ".example.com").statusCode());
        }
        assertError(ApiError.TOO_MANY_SUBDOMAINS, create("d30.example.com"));
        client.call("DELETE", BASE + "/" + tag("d1.example.com"), null);
        assertEquals(200, create("d30.example.com").statusCode());
    }

    @Test
    void creatingADisabledOneEnablesItAgain() throws Exception {
        String tag = tag("example.com");
        sandbox.disable("example.com");
        assertFalse(result(client.call("GET", BASE + "/" + tag, null))
                .get("enabled")
                .booleanValue());
        assertEquals(tag, result(create("example.com")).get("tag").textValue());
        assertEquals(200, client.send("bob@example.org").statusCode());
    }

    @Test
    void theDryRunChangesNothing() throws Exception {
        List<DnsRecord> before = sandbox.dns().records();
        JsonNode planned = result(client.call("POST", BASE + "/preview", "{\"name\":\"w.example.com\"}"));
        assertEquals("w.example.com", planned.get("name").textValue());
        assertEquals(6, planned.get("records").size());
        assertEquals(List.of("example.com"), sandbox.domains());
        assertEquals(before, sandbox.dns().records());
    }

    @Test
    void anAdministratorsLockStopsChanges() throws Exception {
        String one = BASE + "/" + tag("example.com");
        sandbox.lock("example.com", true);
        assertEquals(200, client.call("GET", one, null).statusCode());
        assertError(ApiError.SUBDOMAIN_LOCKED, client.call("PATCH", one, "{\"preview_enabled\":true}"));
        assertError(ApiError.SUBDOMAIN_LOCKED, client.call("POST", one + "/dns", null));
        assertError(ApiError.SUBDOMAIN_LOCKED, client.call("DELETE", one, null));
        assertError(ApiError.SUBDOMAIN_LOCKED, create("example.com"));
        sandbox.lock("example.com", false);
        assertEquals(200, client.call("DELETE", one, null).statusCode());
    }

    @Test
    void wildcardsStandForNamesBelow() throws Exception {
        try (Sandbox entitled = Sandbox.builder().wildcards(true).start()) {
            TestClient its = new TestClient(entitled);
            JsonNode created = result(its.call("POST", BASE, "{\"name\":\"*.example.com\"}"));
            assertEquals(
                    "cf-bounce.example.com", created.get("return_path_domain").textValue());
            String mail = TestClient.submission("a@w.example.com", List.of("b@x.org"), TestClient.MIME);
            assertEquals(200, its.post(BodyPublishers.ofString(mail)).statusCode());
            String deep = TestClient.submission("a@v.w.example.com", List.of("b@x.org"), TestClient.MIME);
            assertError(ApiError.SENDER_NOT_CONFIGURED, its.post(BodyPublishers.ofString(deep)));
            List<DnsRecord> before = entitled.dns().records();
            its.call("DELETE", BASE + "/" + created.get("tag").textValue(), null);
            assertEquals(before, entitled.dns().records());
        }
    }

    @Test
    void aFreshDomainRefusesSomeSends() throws Exception {
        try (Sandbox slow = Sandbox.builder().freshFor(2).start()) {
            TestClient its = new TestClient(slow);
            its.call("POST", BASE, "{\"name\":\"w.example.com\"}");
            String mail = TestClient.submission("a@w.example.com", List.of("b@x.org"), TestClient.MIME);
            assertError(ApiError.SENDING_DISABLED, its.post(BodyPublishers.ofString(mail)));
            assertError(ApiError.SENDING_DISABLED, its.post(BodyPublishers.ofString(mail)));
            assertEquals(200, its.post(BodyPublishers.ofString(mail)).statusCode());
            assertEquals(200, its.send("b@x.org").statusCode());
        }
    }

    @Test
    void aFreshDomainRefusesSendsForSomeTime() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
        try (Sandbox slow = Sandbox.builder()
                .clock(now::get)
                .freshFor(Duration.ofSeconds(60))
                .start()) {
            TestClient its = new TestClient(slow);
            its.call("POST", BASE, "{\"name\":\"w.example.com\"}");
            String mail = TestClient.submission("a@w.example.com", List.of("b@x.org"), TestClient.MIME);
            now.set(now.get().plusSeconds(59));
            assertError(ApiError.SENDING_DISABLED, its.post(BodyPublishers.ofString(mail)));
            now.set(now.get().plusSeconds(1));
            assertEquals(200, its.post(BodyPublishers.ofString(mail)).statusCode());
        }
    }
}
