package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The web inbox as a browser gets it over HTTP. What the browser does with it: InboxIT, HostileMailIT and AccessibleIT. */
@Timeout(60)
class InboxPagesTest {
    private static final Path SOURCES = Path.of("src/sandbox/resources/io/flaremail/sandbox/inbox");
    private final Sandbox sandbox = Sandbox.builder().eventDelay(Duration.ZERO).start();
    private final TestClient client = new TestClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.text(client.page(path));
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get("/sandbox" + path);
        assertEquals(200, answer.statusCode(), answer.body());
        return new ObjectMapper().readTree(answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "/, inbox.html, text/html",
        "/inbox/inbox.css, inbox.css, text/css",
        "/inbox/icon.svg, icon.svg, image/svg+xml"
    })
    void pagesAreServedWithTheirPolicy(String path, String file, String type) throws Exception {
        HttpResponse<byte[]> page = client.exchange(client.page(path));
        assertEquals(200, page.statusCode());
        assertEquals(type + "; charset=utf-8", TestClient.header(page, "Content-Type"));
        assertEquals(BrowserHeaders.PAGE_POLICY, TestClient.header(page, "Content-Security-Policy"));
        assertArrayEquals(Files.readAllBytes(SOURCES.resolve(file)), page.body());
    }

    /** Also each script that another one imports. */
    @Test
    void everyFileIsServed() throws Exception {
        Set<String> named = new TreeSet<>(Set.of("inbox.html"));
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Pattern.compile("/inbox/([\\w.]+)|from '\\./([\\w.]+)'")
                        .matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                        .forEach(named::add);
            }
        }
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            files.forEach(file -> there.add(file.getFileName().toString()));
        }
        assertEquals(named, there);
        for (String file : there) {
            String path = file.equals("inbox.html") ? "/" : "/inbox/" + file;
            HttpResponse<String> answer = get(path);
            assertEquals(200, answer.statusCode(), path);
            assertEquals(
                    file.endsWith(".js"),
                    "text/javascript; charset=utf-8".equals(TestClient.header(answer, "Content-Type")));
        }
    }

    /** A script or style that is in the page itself would be blocked, and innerHTML is what hostile mail hopes for. */
    @Test
    void pagesHaveNothingInline() throws Exception {
        String page = Files.readString(SOURCES.resolve("inbox.html"));
        for (MatchResult tag :
                Pattern.compile("<(script|style)[^>]*>").matcher(page).results().toList()) {
            assertTrue(tag.group().contains(" src="), tag.group());
        }
        assertFalse(page.matches("(?s).*\\s(style|on\\w+)=\".*"));
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".js")).toList()) {
                String script = Files.readString(file);
                assertFalse(
                        script.matches(
                                "(?s).*(innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|srcdoc).*"),
                        file + "");
                assertTrue(script.lines().count() <= 300, file + " is long: one file or several?");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/inbox/none.js", "/inbox/inbox.html", "/inbox/a/b", "/inbox/..%2fSandbox.class", "/sandbox/none"
            })
    void unknownPaths(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertEquals(404, answer.statusCode(), answer.body());
    }

    private long revision() throws Exception {
        return json("/state").get("revision").longValue();
    }

    @Test
    void theRevisionChangesWithEverythingVisible() throws Exception {
        long before = revision();
        assertEquals(before, revision());
        Runnable[] changes = {
            () -> send("grace@example.org"),
            () -> sandbox.suppress("grace@example.org"),
            () -> sandbox.fail(Fault.none()),
            () -> sandbox.failPulls(Fault.none()),
            () -> sandbox.fate("ada@example.org", "bounce"),
            () -> sandbox.enable("other.example.com"),
            () -> sandbox.disable("other.example.com"),
            () -> sandbox.dns().remove("TXT", "_dmarc.example.com"),
            () -> sandbox.advanceClock(Duration.ofHours(1)),
            () -> call("DELETE", "/messages"),
            sandbox::reset
        };
        for (int i = 0; i < changes.length; i++) {
            changes[i].run();
            long after = revision();
            assertTrue(after > before, "change " + i);
            assertEquals(after, revision(), "after change " + i);
            before = after;
        }
    }

    private void send(String to) {
        try {
            assertEquals(200, client.send(to).statusCode());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void call(String method, String path) {
        try {
            assertEquals(204, client.own(method, path).statusCode());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theStateHasAddressesAndCountsButNoToken() throws Exception {
        sandbox.suppress("ada@example.org");
        sandbox.fail(Fault.none(), Fault.none());
        send("grace@example.org");
        JsonNode state = json("/state");
        assertEquals(sandbox.endpoint().toString(), state.get("endpoint").textValue());
        assertEquals(sandbox.imap(), state.get("imap").textValue());
        assertEquals(0, state.get("clock_ahead_seconds").intValue());
        JsonNode account = state.at("/accounts/0");
        assertEquals(sandbox.account(), account.get("account").textValue());
        assertEquals("[\"example.com\"]", account.get("domains").toString());
        assertFalse(account.get("any_sender").booleanValue());
        assertEquals(
                "1 1 0 1",
                account.get("messages") + " " + account.get("suppressions") + " " + account.get("backlog") + " "
                        + account.get("faults"));
        assertFalse(state.toString().contains(sandbox.token()));
    }

    /** So that its properties can be pasted; it is the same on every machine. */
    @Test
    void theDefaultTokenIsShown() throws Exception {
        try (Sandbox one = SandboxMain.builder(List.of("--port=0", "--imap-port=0", "--dns-port=0"))
                .start()) {
            String state = client.text(HttpRequest.newBuilder(one.endpoint().resolve("/sandbox/state")))
                    .body();
            assertTrue(state.contains("\"token\":\"" + SandboxMain.TOKEN + "\""), state);
        }
    }

    @Test
    void attachmentsSayWhetherTheyAreInline() throws Exception {
        String mime = "From: ada@example.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHi\r\n"
                + "--x\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\n\r\n1\r\n"
                + "--x\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n1\r\n--x--\r\n";
        assertEquals(200, client.send(mime, List.of("grace@example.org")).statusCode());
        assertEquals(
                "[{\"name\":\"\",\"type\":\"image/png\",\"size\":1,\"inline\":true,\"content_id\":\"logo@x\"},"
                        + "{\"name\":\"a.csv\",\"type\":\"text/csv\",\"size\":1,\"inline\":false}]",
                json("/messages/" + sandbox.messages().list().get(0).id())
                        .get("attachments")
                        .toString());
    }

    @Test
    void domainsWithTheirRecords() throws Exception {
        sandbox.dns().remove("TXT", "_dmarc.example.com");
        JsonNode domain = json("/domains").at("/domains/0");
        assertEquals("example.com", domain.get("name").textValue());
        assertEquals(sandbox.zone(), domain.at("/zone/id").textValue());
        assertTrue(domain.get("enabled").booleanValue());
        assertEquals("misconfigured", domain.at("/dns/status").textValue());
        assertEquals("dmarc.missing", domain.at("/dns/errors/0/code").textValue());
        assertEquals(6, domain.at("/dns/records").size());
        assertEquals(
                "{\"type\":\"MX\",\"name\":\"cf-bounce.example.com\",\"content\":\"route1.mx.cloudflare.net\",\"priority\":10,\"ttl\":1}",
                domain.at("/dns/records/0").toString());
    }

    @Test
    void suppressionsAsTheApiShowsThem() throws Exception {
        sandbox.suppress("ada@example.org", "complaint", "example.com", true);
        JsonNode list = json("/suppressions");
        assertEquals(1, list.get("total").intValue());
        assertEquals("ada@example.org", list.at("/suppressions/0/email").textValue());
        assertEquals("example.com", list.at("/suppressions/0/scope/value").textValue());
    }

    /** Looking at a queue takes nothing from its consumer. */
    @Test
    void queuesArePeekedAt() throws Exception {
        JsonNode queue =
                TestClient.result(client.call("POST", "/accounts/{account}/queues", "{\"queue_name\":\"events\"}"));
        String path = "/accounts/{account}/queues/" + queue.get("queue_id").textValue();
        TestClient.result(client.call("POST", path + "/consumers", "{\"type\":\"http_pull\"}"));
        client.call("POST", path + "/messages", "{\"body\":\"one\",\"content_type\":\"text\"}");
        JsonNode shown = json("/queues").at("/queues/0");
        assertEquals("events", shown.get("name").textValue());
        assertEquals(1, shown.get("backlog").intValue());
        assertEquals("one", shown.at("/messages/0/body").textValue());
        assertEquals(0, shown.at("/messages/0/attempts").intValue());
        assertFalse(shown.at("/messages/0/leased").booleanValue());
        JsonNode pulled = TestClient.result(client.call("POST", path + "/messages/pull", "{}"));
        assertEquals(1, pulled.get("messages").size());
        assertTrue(json("/queues").at("/queues/0/messages/0/leased").booleanValue());
    }

    @Test
    void queuedFaultsAreListedAndCleared() throws Exception {
        HttpRequest.Builder faults = client.page("/sandbox/faults");
        client.text(faults.POST(BodyPublishers.ofString("{\"fault\":\"throttled\",\"times\":2}")));
        sandbox.fail(Fault.status(500, "x"));
        sandbox.failPulls(Fault.hangUp());
        JsonNode queued = json("/faults");
        assertEquals(
                "[{\"fault\":\"throttled\",\"times\":2},{\"fault\":\"custom\",\"times\":1}]",
                queued.get("sends").toString());
        assertEquals("[{\"fault\":\"custom\",\"times\":1}]", queued.get("pulls").toString());
        assertEquals("throttled", queued.at("/names/0").textValue());
        call("DELETE", "/faults");
        assertEquals("[]", json("/faults").get("sends").toString());
        send("grace@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/domains", "/suppressions", "/queues", "/faults"})
    void eachIsAboutOneAccount(String path) throws Exception {
        String other = "f".repeat(32);
        try (Sandbox two = Sandbox.builder().otherAccount(other, "other-token").start()) {
            two.suppress("ada@example.org");
            two.fail(Fault.none());
            URI uri = two.endpoint().resolve("/sandbox" + path);
            String first = client.text(HttpRequest.newBuilder(uri)).body();
            String second = client.text(HttpRequest.newBuilder(URI.create(uri + "?account=" + other)))
                    .body();
            assertEquals(path.equals("/queues"), first.equals(second), second);
            assertEquals(
                    404,
                    client.text(HttpRequest.newBuilder(URI.create(uri + "?account=x")))
                            .statusCode());
        }
    }
}
