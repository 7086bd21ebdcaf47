package io.flaremail.sandbox;

import static io.flaremail.sandbox.Probe.MIME;
import static io.flaremail.sandbox.Probe.SENDING;
import static io.flaremail.sandbox.Probe.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

final class CommonChecks {
    private static final String LIMITS = SENDING + "/limits";

    private CommonChecks() {}

    static void addTo(Map<Behavior, Check> checks) {
        checks.put(CommonBehavior.TOKEN, api -> {
            api.refused(ApiError.UNAUTHORIZED, api.exchange(api.bare("GET", LIMITS, null)));
            HttpRequest.Builder wrong = api.bare("GET", LIMITS, null).header("Authorization", "Bearer wrong");
            api.refused(ApiError.UNAUTHORIZED, api.exchange(wrong));
            api.ok("GET", LIMITS);
        });
        checks.put(
                CommonBehavior.TOKEN_TYPE,
                api -> api.refused(
                        ApiError.BAD_TOKEN_TYPE,
                        api.exchange(api.bare("GET", LIMITS, null).header("Authorization", "Basic YTpi"))));
        checks.put(CommonBehavior.API_KEY, CommonChecks::apiKey);
        checks.put(
                CommonBehavior.OTHER_ACCOUNT,
                api -> List.of(
                                "/accounts/0123/email/sending/limits",
                                "/accounts/0123/queues",
                                "/zones/0123/email/sending/subdomains")
                        .forEach(path -> {
                            try {
                                api.refused(ApiError.FORBIDDEN, "GET", path, null);
                            } catch (Exception e) {
                                throw new AssertionError(path, e);
                            }
                        }));
        checks.put(CommonBehavior.ENVELOPE, api -> {
            JsonNode good = api.envelope("GET", LIMITS, null);
            assertTrue(good.get("success").booleanValue());
            assertTrue(good.get("errors").isEmpty() && good.get("messages").isEmpty());
            JsonNode bad = json(api.call("GET", LIMITS + "?a=b", null));
            assertEquals(false, bad.get("success").booleanValue());
            assertEquals(1, bad.get("errors").size());
            assertTrue(bad.get("result").isNull() && bad.at("/messages/0").isTextual());
        });
        checks.put(CommonBehavior.CODE_TYPE, api -> {
            boolean text = api.isStrict();
            JsonNode schema = json(api.refused(ApiError.INVALID_REQUEST_SCHEMA, "GET", LIMITS + "?a=b", null));
            assertEquals(text, schema.at("/errors/0/code").isTextual());
            assertEquals(10001, schema.at("/errors/0/code").asInt());
            JsonNode forbidden = json(api.refused(ApiError.FORBIDDEN, "GET", "/accounts/0123/queues", null));
            assertEquals(text, forbidden.at("/errors/0/code").isTextual());
            assertTrue(
                    json(api.call("GET", "/nowhere", null)).at("/errors/0/code").isInt(), "404");
        });
        checks.put(CommonBehavior.RAY, api -> {
            for (String path : List.of(LIMITS, "/nowhere")) {
                HttpResponse<byte[]> response = api.call("GET", path, null);
                assertTrue(response.headers().firstValue("cf-ray").isPresent());
            }
        });
        checks.put(
                CommonBehavior.UNKNOWN_PATH, api -> api.refused(ApiError.NO_ROUTE, "GET", SENDING + "/sendraw", null));
        checks.put(CommonBehavior.UNKNOWN_METHOD, api -> api.refused(ApiError.METHOD_NOT_ALLOWED, "PUT", LIMITS, "{}"));
        checks.put(CommonBehavior.UNKNOWN_PARAMETER, api -> {
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "GET", LIMITS + "?a=b", null);
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "GET", "/zones?page=1&page=1", null);
        });
        checks.put(CommonBehavior.JSON_BODY, api -> {
            for (String body : List.of("", "[]", "{", "{'name':'a.example.com','name':'a.example.com'}", "{} {}")) {
                api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", "/zones/{zone}/email/sending/subdomains", body);
            }
        });
        checks.put(CommonBehavior.MEDIA_TYPE, CommonChecks::mediaType);
        checks.put(CommonBehavior.FAILURES, api -> {
            for (ApiError error : CommonBehavior.FAILURES.fact().errors()) {
                api.sandbox().fail(Fault.error(error));
                api.refusedSend(error, Probe.FROM, MIME, "bob@example.org");
            }
            assertEquals(List.of(), api.sandbox().accepted());
        });
        checks.put(CommonBehavior.HOST, CommonChecks::host);
    }

    private static void apiKey(Probe api) throws Exception {
        String key = api.sandbox().apiKey();
        HttpRequest.Builder legacy = api.bare("GET", LIMITS, null).header("X-Auth-Email", "ada@example.com");
        assertEquals(200, api.exchange(legacy.header("X-Auth-Key", key)).statusCode());
        HttpRequest.Builder zone = api.bare("GET", "/zones/{zone}/email/sending/subdomains", null)
                .header("X-Auth-Email", "ada@example.com");
        assertEquals(200, api.exchange(zone.header("X-Auth-Key", key)).statusCode());
        HttpRequest.Builder alone = api.bare("GET", LIMITS, null).header("X-Auth-Key", key);
        assertEquals(401, api.exchange(alone).statusCode(), "no e-mail address");
        HttpRequest.Builder wrong = api.bare("GET", LIMITS, null).header("X-Auth-Email", "ada@example.com");
        assertEquals(
                401,
                api.exchange(wrong.header("X-Auth-Key", api.sandbox().token())).statusCode());
    }

    private static void mediaType(Probe api) throws Exception {
        for (String type : new String[] {null, "application/x-www-form-urlencoded", "text/plain"}) {
            HttpRequest.Builder request = api.bare("POST", SENDING + "/suppressions", "{'email':'a@x.org'}")
                    .header("Authorization", "Bearer " + api.sandbox().token());
            HttpResponse<byte[]> response = api.exchange(type == null ? request : request.header("Content-Type", type));
            if (api.isStrict()) {
                api.refused(ApiError.INVALID_REQUEST_SCHEMA, response);
            } else {
                assertEquals(200, response.statusCode());
            }
        }
        HttpRequest.Builder json = api.bare("POST", SENDING + "/suppressions", "{'email':'a@x.org'}")
                .header("Authorization", "Bearer " + api.sandbox().token())
                .header("Content-Type", "Application/JSON; charset=utf-8");
        assertEquals(200, api.exchange(json).statusCode());
    }

    /** HttpClient does not let the Host field be set. */
    private static void host(Probe api) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", api.sandbox().endpoint().getPort())) {
            String request = "GET /client/v4" + api.fill(LIMITS) + " HTTP/1.1\r\nHost: attacker.example\r\n"
                    + "Authorization: Bearer " + api.sandbox().token() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            assertTrue(status.startsWith("HTTP/1.1 " + ApiError.MISDIRECTED.status() + " "), status);
            api.errors().add(ApiError.MISDIRECTED);
        }
    }
}
