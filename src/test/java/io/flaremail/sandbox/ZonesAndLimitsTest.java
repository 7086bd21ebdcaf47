package io.flaremail.sandbox;

import static io.flaremail.sandbox.TestClient.assertError;
import static io.flaremail.sandbox.TestClient.json;
import static io.flaremail.sandbox.TestClient.result;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ZonesAndLimitsTest {
    private static final String SENDING = "/accounts/{account}/email/sending/";

    @Test
    void theDefaultZone() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            TestClient client = new TestClient(sandbox);
            for (String path : List.of(
                    "/zones", "/zones?name=example.com&account.id=" + sandbox.account(), SENDING + "zones?page=1")) {
                JsonNode envelope = json(client.call("GET", path, null));
                assertEquals(
                        ("[{'id':'" + sandbox.zone() + "','name':'example.com','status':'active','account':{'id':'"
                                        + sandbox.account() + "'}}]")
                                .replace('\'', '"'),
                        envelope.get("result").toString());
                assertEquals(1, envelope.at("/result_info/total_pages").intValue());
            }
            for (String none : List.of("name=w.example.com", "account.id=other", "page=2")) {
                assertEquals(
                        0, result(client.call("GET", "/zones?" + none, null)).size());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /zones?nme=example.com, INVALID_REQUEST_SCHEMA",
        "GET, /zones?name=a&name=b, INVALID_REQUEST_SCHEMA",
        "GET, /zones?per_page=51, INVALID_REQUEST_SCHEMA",
        "GET, /zones?page=0, INVALID_REQUEST_SCHEMA",
        "GET, /accounts/{account}/email/sending/zones?name=a, INVALID_REQUEST_SCHEMA",
        "GET, /accounts/{account}/email/sending/limits?a=b, INVALID_REQUEST_SCHEMA",
        "POST, /accounts/{account}/email/sending/send_raw?a=b, INVALID_REQUEST_SCHEMA",
        "GET, /accounts/other/email/sending/zones, FORBIDDEN",
        "POST, /zones, METHOD_NOT_ALLOWED"
    })
    void refusals(String method, String path, ApiError expected) throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            TestClient client = new TestClient(sandbox);
            assertError(expected, client.call(method, path, method.equals("GET") ? null : "{}"));
            if (expected != ApiError.METHOD_NOT_ALLOWED && !path.contains("=")) {
                assertError(ApiError.UNAUTHORIZED, client.exchange(client.unauthorized(method, path, null)));
            }
        }
    }

    @Test
    void domainsOutsideTheZoneHaveTheirOwnAndPagesEnd() throws Exception {
        SandboxBuilder builder = Sandbox.builder().zoneName("Example.com").domain("mail.example.com");
        try (Sandbox sandbox = builder.domain("two.org").domain("three.org").start()) {
            TestClient client = new TestClient(sandbox);
            List<String> names = new ArrayList<>();
            for (int page = 1; page <= 2; page++) {
                JsonNode envelope = json(client.call("GET", "/zones?per_page=2&page=" + page, null));
                envelope.get("result")
                        .forEach(zone -> names.add(zone.get("name").textValue()));
                assertEquals(2, envelope.at("/result_info/total_pages").intValue());
                assertEquals(3, envelope.at("/result_info/total_count").intValue());
            }
            assertEquals(List.of("example.com", "two.org", "three.org"), names);
            String path = "/zones/" + sandbox.zone("two.org") + "/email/sending/subdomains";
            assertEquals(
                    "two.org",
                    result(client.call("GET", path, null)).at("/0/name").textValue());
            assertEquals(sandbox.zone(), sandbox.zone("mail.example.com"));
        }
    }

    @ParameterizedTest
    @CsvSource({"true, hour, 2026-11-23T13:00:00Z", "false, day, 2026-11-24T00:00:00Z"})
    void theQuotaEndsAndBeginsAgain(boolean hourly, String unit, String resets) throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:34:56Z"));
        SandboxBuilder builder = Sandbox.builder().clock(now::get);
        try (Sandbox sandbox = (hourly ? builder.quotaPerHour(2) : builder.quotaPerDay(2)).start()) {
            TestClient client = new TestClient(sandbox);
            assertEquals(
                    limits(unit, 0, false, resets),
                    result(client.get("/limits")).toString());
            client.send("bob@x.org", "cleo@x.org");
            assertEquals(
                    limits(unit, 1, false, resets),
                    result(client.get("/limits")).toString());
            client.send("bob@x.org");
            assertEquals(
                    limits(unit, 2, true, resets), result(client.get("/limits")).toString());
            assertError(ApiError.THROTTLED, client.send("bob@x.org"));
            assertEquals(2, sandbox.accepted().size());
            now.set(Instant.parse(resets));
            assertEquals(200, client.send("bob@x.org").statusCode());
            assertEquals(1, result(client.get("/limits")).at("/usage/sent").intValue());
        }
    }

    private static String limits(String unit, int sent, boolean over, String resets) {
        return ("{'quota':{'unit':'" + unit + "','value':2},'usage':{'sent':" + sent + ",'over_quota':" + over
                        + ",'resets_at':'" + resets + "'}}")
                .replace('\'', '"');
    }

    @Test
    void thereMayBeNoQuota() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().noQuota().start()) {
            TestClient client = new TestClient(sandbox);
            assertEquals(200, client.send("bob@x.org").statusCode());
            assertEquals(
                    "{\"quota\":null,\"usage\":null}",
                    result(client.get("/limits")).toString());
        }
    }
}
