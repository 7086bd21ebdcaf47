package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The web inbox as a browser gets it over HTTP. What the browser does with it: {@code InboxIT}. */
@Timeout(60)
class InboxPagesTest {
    private final Sandbox sandbox = Sandbox.builder().eventDelay(Duration.ZERO).start();
    private final TestClient client = new TestClient(sandbox);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(sandbox.inbox().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(get(path).body());
    }

    private static String policy(HttpResponse<String> page) {
        return page.headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/inbox.css, text/css; charset=utf-8",
        "/inbox.js, text/javascript; charset=utf-8"
    })
    void pages(String path, String type) throws Exception {
        HttpResponse<String> page = get(path);
        assertEquals(200, page.statusCode());
        assertEquals(type, page.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(BrowserHeaders.PAGE_POLICY, policy(page));
        assertEquals(
                "nosniff", page.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals("no-referrer", page.headers().firstValue("Referrer-Policy").orElseThrow());
        assertFalse(page.body().contains("innerHTML"), path);
        assertEquals(0, sandbox.requests().size());
    }

    /** The policy forbids them, so that one that slips in does not work. */
    @Test
    void noInlineScriptOrStyleAndNothingFromElsewhere() throws Exception {
        String page = get("/").body();
        assertFalse(page.matches("(?s).*(<style|style=| on[a-z]+=|<script>|//[a-z]).*"), page);
    }

    @Test
    void onlyForThisMachine() throws Exception {
        assertEquals(404, get("/inbox.htm").statusCode());
        HttpResponse<String> head = http.send(
                HttpRequest.newBuilder(sandbox.inbox())
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(
                403, get("/sandbox/state", "Origin", "https://attacker.example").statusCode());
    }

    private String send(String mime) throws Exception {
        assertEquals(200, client.send(mime, List.of("grace@example.org")).statusCode());
        List<ReceivedMessage> all = sandbox.messages().list();
        return all.get(all.size() - 1).id();
    }

    @Test
    void theFrameOfAMessage() throws Exception {
        String png = "iVBORw0KGgo=";
        String id = send("From: ada@example.com\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
                + "--x\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n"
                + "<script>alert(1)</script><img src=\"cid:a@b\"><img src='CID:svg'><img src=cid:unknown>Gr\u00fc\u00dfe\r\n"
                + "--x\r\nContent-Type: image/png\r\nContent-ID: <a@b>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + png
                + "\r\n--x\r\nContent-Type: image/svg+xml\r\nContent-ID: <svg>\r\n\r\n<svg/>\r\n--x--\r\n");
        HttpResponse<String> frame = get("/sandbox/messages/" + id + "/html");
        assertEquals(BrowserHeaders.messagePolicy(false), policy(frame));
        assertEquals(
                "text/html; charset=utf-8",
                frame.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(frame.body().contains("<img src=\"data:image/png;base64," + png + "\">"), frame.body());
        assertTrue(frame.body().contains("<img src='CID:svg'>"), frame.body());
        assertTrue(frame.body().contains("<img src=cid:unknown>Gr\u00fc\u00dfe"), frame.body());
        HttpResponse<String> remote = get("/sandbox/messages/" + id + "/html?remote=true");
        assertTrue(policy(remote).contains("img-src data: https: http:; style-src 'unsafe-inline' https: http:"));
        assertTrue(policy(remote).startsWith("sandbox allow-popups"), policy(remote));
        assertEquals(400, get("/sandbox/messages/" + id + "/html?remote=yes").statusCode());
    }

    @Test
    void theRevisionChangesWithWhatIsShown() throws Exception {
        String before = json("/sandbox/state").get("revision").textValue();
        assertEquals(before, json("/sandbox/state").get("revision").textValue());
        send(TestClient.MIME);
        String sent = json("/sandbox/state").get("revision").textValue();
        assertFalse(sent.equals(before));
        sandbox.suppress("eve@example.org");
        String suppressed = json("/sandbox/state").get("revision").textValue();
        assertFalse(suppressed.equals(sent));
        sandbox.fail(Fault.error(ApiError.THROTTLED));
        String failing = json("/sandbox/state").get("revision").textValue();
        assertFalse(failing.equals(suppressed));
        sandbox.enable("mail.example.com");
        assertFalse(json("/sandbox/state").get("revision").textValue().equals(failing));
        assertFalse(json("/sandbox/state").toString().contains(sandbox.token()));
    }

    @Test
    void domainsSuppressionsQueuesAndFaults() throws Exception {
        JsonNode domain = json("/sandbox/domains").get("domains").get(0);
        assertEquals("example.com", domain.get("name").textValue());
        assertEquals("ready", domain.get("dns_status").textValue());
        assertEquals(6, domain.get("records").size());
        sandbox.suppress("eve@example.org");
        assertEquals(
                "eve@example.org",
                json("/sandbox/suppressions").at("/suppressions/0/email").textValue());
        client.call("POST", "/accounts/{account}/queues", "{\"queue_name\":\"events\"}");
        String queue = new ObjectMapper()
                .readTree(client.call("GET", "/accounts/{account}/queues", null).body())
                .at("/result/0/queue_id")
                .textValue();
        client.call("POST", "/accounts/{account}/queues/" + queue + "/messages", "{\"body\":{\"n\":1}}");
        JsonNode shown = json("/sandbox/queues").at("/queues/0");
        assertEquals(1, shown.get("backlog").intValue());
        assertEquals("{\"n\":1}", shown.at("/messages/0/body").textValue());
        sandbox.fail(Fault.error(418, 1, "custom"));
        sandbox.failPulls(NamedFault.of("throttled"));
        assertEquals(
                "{\"sends\":[\"custom\"],\"pulls\":[\"throttled\"]}",
                json("/sandbox/faults").toString());
        assertEquals(204, client.own("DELETE", "/faults").statusCode());
        assertEquals("{\"sends\":[],\"pulls\":[]}", json("/sandbox/faults").toString());
        assertEquals(200, client.send("grace@example.org").statusCode());
    }
}
