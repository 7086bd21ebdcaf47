package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox's own API, as a program in any language uses it. */
@Timeout(60)
class InboxEndpointsTest {
    private final Sandbox sandbox = Sandbox.builder().eventDelay(Duration.ZERO).start();
    private final TestClient client = new TestClient(sandbox);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private void send(String subject, String text, String... to) throws Exception {
        String mime = "From: ada@example.com\r\nSubject: " + subject + "\r\n\r\n" + text + "\r\n";
        assertEquals(200, client.send(mime, List.of(to)).statusCode());
    }

    private HttpRequest.Builder request(String path) {
        return client.page("/sandbox" + path);
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = client.text(request(path));
        assertEquals(200, answer.statusCode(), answer.body());
        return new ObjectMapper().readTree(answer.body());
    }

    private List<String> subjects(String path) throws Exception {
        List<String> subjects = new ArrayList<>();
        get(path)
                .get("messages")
                .forEach(each -> subjects.add(each.get("subject").textValue()));
        return subjects;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "/messages                                | Order 17, Welcome",
                "/messages?limit=1                        | Order 17",
                "/messages?to=ADA@example.org             | Order 17",
                "/messages?to=grace@example.org&q=hello   | Welcome",
                "/messages?from=ada@example.com           | Order 17, Welcome",
                "/messages?subject=order%2017             | Order 17",
                "/messages?q=pieces                       | Order 17",
                "/messages?q=PIE%2017                     | Order 17",
                "/messages?q=ieces                        | ''",
                "/messages?q=!!!                          | ''",
                "/messages?q=grace@example                | Order 17, Welcome",
                "/messages?subject=nothing                | ''",
            })
    void listsAndSearches(String path, String subjects) throws Exception {
        send("Welcome", "Hello Grace", "grace@example.org");
        send("Order 17", "17 pieces", "grace@example.org", "ada@example.org");
        assertEquals(subjects, String.join(", ", subjects(path)));
    }

    @Test
    void outcomesAndEventsOfEachRecipient() throws Exception {
        send("Welcome", "Hello", "complain@example.org", "bounce@example.org", "queued@example.org");
        JsonNode recipients = get("/messages").get("messages").get(0).get("recipients");
        List<String> shown = new ArrayList<>();
        recipients.forEach(each -> shown.add(each.get("address").textValue() + " "
                + each.get("outcome").textValue() + " " + each.findValuesAsText("kind")));
        assertEquals(
                List.of(
                        "complain@example.org accepted [delivered, complained]",
                        "bounce@example.org bounced [bounced]",
                        "queued@example.org queued [deferred, delivered]"),
                shown);
    }

    @Test
    void aMessageParsedAndRaw() throws Exception {
        String mime = "From: ada@example.com\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
                + "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
                + "--x\r\nContent-Type: text/html\r\n\r\n<b>Hello</b>\r\n"
                + "--x\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n1;2\r\n--x--\r\n";
        client.send(mime, List.of("grace@example.org"));
        String id = get("/messages").get("messages").get(0).get("id").textValue();
        JsonNode message = get("/messages/" + id);
        assertEquals("Gr\u00fc\u00dfe", message.get("subject").textValue());
        assertEquals("<b>Hello</b>", message.get("html").textValue());
        assertEquals("", message.get("text").textValue());
        assertEquals(
                "[{\"name\":\"a.csv\",\"type\":\"text/csv\",\"size\":3,\"inline\":false}]",
                message.get("attachments").toString());
        assertTrue(message.get("headers").findValuesAsText("name").contains("Message-ID"));
        HttpResponse<String> attachment = client.text(request("/messages/" + id + "/attachments/0"));
        assertEquals("1;2", attachment.body());
        assertEquals(
                "attachment",
                attachment.headers().firstValue("Content-Disposition").orElseThrow());
        assertEquals(
                "nosniff",
                attachment.headers().firstValue("X-Content-Type-Options").orElseThrow());
        HttpResponse<String> raw = client.text(request("/messages/" + id + "/raw"));
        assertEquals(new String(sandbox.mailbox("grace@example.org").get(0), StandardCharsets.UTF_8), raw.body());
        assertEquals(
                404, client.text(request("/messages/" + id + "/attachments/1")).statusCode());
        assertEquals(404, client.text(request("/messages/unknown")).statusCode());
    }

    @Test
    void waitsForAMessage() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = http.sendAsync(
                request("/messages/wait?to=grace@example.org&subject=welcome&timeout=20s")
                        .build(),
                BodyHandlers.ofString());
        send("Other", "text", "grace@example.org");
        send("Welcome", "Hello", "grace@example.org");
        HttpResponse<String> found = waiting.get();
        assertEquals(200, found.statusCode(), found.body());
        assertEquals(
                "Hello\r\n",
                new ObjectMapper().readTree(found.body()).get("text").textValue());
        HttpResponse<String> none = client.text(request("/messages/wait?subject=nothing&timeout=50ms"));
        assertEquals(408, none.statusCode());
        assertTrue(none.body().contains("0 of 1 messages with the subject"), none.body());
    }

    /** Each waits with a thread of the server, which must serve others meanwhile. */
    @Test
    void notTooManyWait() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 220; i++) {
            waiting.add(http.sendAsync(
                    request("/messages/wait?subject=welcome&timeout=60s").build(), BodyHandlers.ofString()));
        }
        for (int i = 0; i < 1000 && done(waiting) < 120; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertEquals(120, done(waiting), "refused at once");
        send("Welcome", "Hello", "grace@example.org");
        Map<Integer, Integer> answers = new TreeMap<>();
        for (CompletableFuture<HttpResponse<String>> each : waiting) {
            answers.merge(each.get().statusCode(), 1, Integer::sum);
        }
        assertEquals(Map.of(200, 100, 503, 120), answers);
        assertEquals(
                200, client.text(request("/messages/wait?subject=welcome")).statusCode(), "once the others have gone");
    }

    private static long done(List<CompletableFuture<HttpResponse<String>>> all) {
        return all.stream().filter(CompletableFuture::isDone).count();
    }

    @Test
    void pagesOfMessages() throws Exception {
        for (String subject : List.of("One", "Two", "Three")) {
            send(subject, "text", "grace@example.org");
        }
        JsonNode first = get("/messages?limit=2").get("messages");
        String last = first.get(1).get("id").textValue();
        assertEquals(List.of("One"), subjects("/messages?limit=2&before=" + last));
        assertEquals(
                404,
                client.text(request("/messages?before=unknown@example.com")).statusCode());
    }

    @Test
    void deletesOneMessage() throws Exception {
        send("Welcome", "Hello", "grace@example.org");
        send("Order", "17", "grace@example.org");
        String order = get("/messages").get("messages").get(0).get("id").textValue();
        assertEquals(204, client.text(request("/messages/" + order).DELETE()).statusCode());
        assertEquals(List.of("Welcome"), subjects("/messages"));
        assertEquals(1, sandbox.mailbox("grace@example.org").size());
        assertEquals(404, client.text(request("/messages/" + order).DELETE()).statusCode());
    }

    @Test
    void theRequestAndItsAnswerWithoutTheToken() throws Exception {
        send("Welcome", "Hello", "bounce@example.org");
        String id = get("/messages").get("messages").get(0).get("id").textValue();
        JsonNode exchange = get("/messages/" + id + "/exchange");
        JsonNode request = exchange.get("request");
        assertEquals("POST", request.get("method").textValue());
        assertTrue(request.get("path").textValue().endsWith("/email/sending/send_raw"));
        assertTrue(request.get("body").textValue().contains("\"recipients\":[\"bounce@example.org\"]"));
        assertEquals(200, exchange.at("/response/status").intValue());
        assertTrue(
                exchange.at("/response/body").textValue().contains("\"permanent_bounces\":[\"bounce@example.org\"]"));
        assertTrue(!exchange.toString().contains(sandbox.token()), exchange.toString());
        assertTrue(exchange.toString().contains("Bearer (hidden)"), exchange.toString());
    }

    @Test
    void theLegacyKeyIsNotShownEither() throws Exception {
        String uri = sandbox.endpoint() + "/accounts/" + sandbox.account() + "/email/sending/send_raw";
        String body = TestClient.submission("ada@example.com", List.of("grace@example.org"), TestClient.MIME);
        HttpRequest.Builder legacy = HttpRequest.newBuilder(URI.create(uri))
                .header("X-Auth-Email", "ada@example.com")
                .header("X-Auth-Key", sandbox.apiKey());
        assertEquals(
                200, client.text(legacy.POST(BodyPublishers.ofString(body))).statusCode());
        String id = get("/messages").at("/messages/0/id").textValue();
        String exchange = get("/messages/" + id + "/exchange").toString();
        assertTrue(exchange.contains("ada@example.com"), exchange);
        assertTrue(!exchange.contains(sandbox.apiKey()), exchange);
    }

    @Test
    void aSendAsFiles() throws Exception {
        send("Welcome", "Hello", "grace@example.org");
        ReceivedMessage sent = sandbox.messages().list().get(0);
        HttpResponse<byte[]> zip = client.exchange(request("/messages/" + sent.id() + "/export"));
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(
                        entry.getName().replace(sent.id(), "ID"),
                        new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertEquals(Set.of("ID.eml", "ID.json"), files.keySet());
        assertEquals(new String(sent.raw(), StandardCharsets.UTF_8), files.get("ID.eml"));
        assertTrue(files.get("ID.json").contains("send_raw"), files.get("ID.json"));
        assertTrue(!files.get("ID.json").contains(sandbox.token()));
    }

    @Test
    void theFateOfAnAddress() throws Exception {
        assertEquals(204, client.text(fate("Grace@example.org", "bounce")).statusCode());
        JsonNode names = get("/fates").get("names");
        assertEquals(
                List.copyOf(Fate.words()),
                StreamSupport.stream(names.spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList());
        assertEquals(
                "{\"Grace@example.org\":\"bounce\"}", get("/fates").get("fates").toString());
        send("Welcome", "Hello", "grace@example.org", "ada@example.org");
        assertEquals("bounced", sandbox.messages().list().get(0).outcome("grace@example.org"));
        assertEquals(List.of(), sandbox.mailbox("grace@example.org"));
        assertEquals(1, sandbox.mailbox("ada@example.org").size());
        sandbox.fate("complain@example.org", "delivered");
        send("Welcome", "Hello", "complain@example.org");
        JsonNode recipient =
                get("/messages").get("messages").get(0).get("recipients").get(0);
        assertEquals(List.of("delivered"), recipient.findValuesAsText("kind"));
        assertEquals(
                204, client.text(request("/fates/grace@example.org").DELETE()).statusCode());
        assertEquals(
                404, client.text(request("/fates/grace@example.org").DELETE()).statusCode());
        HttpResponse<String> unknown = client.text(fate("grace@example.org", "lost"));
        assertEquals(400, unknown.statusCode());
        assertTrue(unknown.body().contains("fate: expected one of bounce, bounce-later, "), unknown.body());
        sandbox.reset();
        assertEquals("{}", get("/fates").get("fates").toString());
    }

    private HttpRequest.Builder fate(String address, String fate) {
        return request("/fates/" + address).PUT(BodyPublishers.ofString("{\"fate\":\"" + fate + "\"}"));
    }

    @Test
    void accountsAreKeptApart() throws Exception {
        String other = "f".repeat(32);
        try (Sandbox two = Sandbox.builder().otherAccount(other, "other-token").start()) {
            assertEquals(200, new TestClient(two).send("grace@example.org").statusCode());
            HttpRequest.Builder sending = HttpRequest.newBuilder(
                            URI.create(two.endpoint() + "/accounts/" + other + "/email/sending/send_raw"))
                    .POST(BodyPublishers.ofString(TestClient.submission(
                            "ada@example.com",
                            List.of("grace@example.org"),
                            "From: ada@example.com\r\nSubject: Other\r\n\r\n")));
            assertEquals(
                    403,
                    client.text(sending.copy().header("Authorization", "Bearer " + two.token()))
                            .statusCode());
            assertEquals(
                    200,
                    client.text(sending.copy().header("Authorization", "Bearer other-token"))
                            .statusCode());
            assertEquals("Hi", two.messages().list().get(0).subject());
            assertEquals(1, two.messages().list().size());
            assertEquals("Other", two.messages(other).list().get(0).subject());
            assertEquals(2, two.mailbox("grace@example.org").size());
            HttpRequest.Builder list =
                    HttpRequest.newBuilder(two.endpoint().resolve("/sandbox/messages?account=" + other));
            assertTrue(client.text(list.copy()).body().contains("\"subject\":\"Other\""));
            assertEquals(204, client.text(list.copy().DELETE()).statusCode());
            assertEquals(1, two.mailbox("grace@example.org").size());
            HttpRequest.Builder unknown = HttpRequest.newBuilder(two.endpoint().resolve("/sandbox/messages?account=x"));
            assertEquals(404, client.text(unknown).statusCode());
        }
    }

    @Test
    void deletesMessagesOrEverything() throws Exception {
        send("Welcome", "Hello", "grace@example.org");
        sandbox.suppress("ada@example.org");
        assertEquals(204, client.text(request("/messages").DELETE()).statusCode());
        assertEquals(List.of(), subjects("/messages"));
        assertEquals(List.of(), sandbox.mailbox("grace@example.org"));
        assertEquals(1, sandbox.suppressions().size());
        send("Welcome", "Hello", "grace@example.org");
        assertEquals(
                204,
                client.text(request("/reset").POST(BodyPublishers.noBody())).statusCode());
        assertEquals(List.of(), subjects("/messages"));
        assertEquals(0, sandbox.suppressions().size());
    }

    private HttpRequest.Builder faults(String body) {
        return request("/faults").POST(BodyPublishers.ofString(body));
    }

    @Test
    void faultsByName() throws Exception {
        assertEquals(
                204,
                client.text(faults("{\"fault\":\"throttled\",\"times\":2}")).statusCode());
        assertEquals(429, client.send("grace@example.org").statusCode());
        assertEquals(429, client.send("grace@example.org").statusCode());
        assertEquals(200, client.send("grace@example.org").statusCode());
        assertEquals(
                204,
                client.text(faults("{\"fault\":\"html-502\",\"requests\":\"sends\"}"))
                        .statusCode());
        assertEquals(502, client.send("grace@example.org").statusCode());
        HttpResponse<String> unknown = client.text(faults("{\"fault\":\"earthquake\"}"));
        assertEquals(400, unknown.statusCode());
        assertTrue(unknown.body().contains("expected one of throttled, internal-server, "), unknown.body());
    }

    @Test
    void theClockCanBePutForward() throws Exception {
        try (Sandbox small = Sandbox.builder().quotaPerDay(1).start()) {
            TestClient sender = new TestClient(small);
            assertEquals(200, sender.send("grace@example.org").statusCode());
            assertEquals(429, sender.send("grace@example.org").statusCode());
            HttpRequest.Builder clock = HttpRequest.newBuilder(small.endpoint().resolve("/sandbox/clock"));
            assertEquals(
                    204,
                    client.text(clock.POST(BodyPublishers.ofString("{\"advance_seconds\":86400}")))
                            .statusCode());
            assertEquals(200, sender.send("grace@example.org").statusCode());
            assertEquals(
                    400,
                    client.text(clock.POST(BodyPublishers.ofString("{\"advance_seconds\":-1}")))
                            .statusCode());
            small.reset();
            Duration off = Duration.between(java.time.Instant.now(), sentAt(small));
            assertTrue(off.abs().toHours() < 1, off.toString());
        }
    }

    private static java.time.Instant sentAt(Sandbox small) throws Exception {
        assertEquals(200, new TestClient(small).send("grace@example.org").statusCode());
        return small.messages().list().get(0).receivedAt();
    }

    /** Each path, method, query parameter and fault, and no other. */
    @Test
    void theOpenApiFileDescribesIt() throws Exception {
        JsonNode file =
                new ObjectMapper().readTree(Path.of("docs/sandbox-openapi.json").toFile());
        Set<String> described = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : file.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                Set<String> parameters = new TreeSet<>();
                method.getValue().path("parameters").forEach(each -> {
                    String reference = each.path("$ref").asText("");
                    JsonNode parameter = reference.isEmpty() ? each : file.at(reference.substring(1));
                    if (parameter.get("in").textValue().equals("query")) {
                        parameters.add(parameter.get("name").textValue());
                    }
                });
                described.add(
                        method.getKey().toUpperCase(Locale.ROOT) + " /sandbox" + path.getKey() + " " + parameters);
            }
        }
        assertEquals(described, new TreeSet<>(sandbox.ownRouter().describe()));
        List<String> faults = new ArrayList<>();
        file.at("/paths/~1faults/post/requestBody/content/application~1json/schema/properties/fault/enum")
                .forEach(each -> faults.add(each.textValue()));
        assertEquals(Stream.of(NamedFault.values()).map(NamedFault::word).toList(), faults);
        Set<String> fates = new TreeSet<>();
        file.at("/components/schemas/Fate/enum").forEach(each -> fates.add(each.textValue()));
        assertEquals(Fate.words(), fates);
    }

    @Test
    void requestsAndWhyTheyWereRefused() throws Exception {
        send("Welcome", "Hello", "grace@example.org");
        String foreign = TestClient.submission("ada@other.example", List.of("grace@example.org"), TestClient.MIME);
        assertEquals(
                403, client.post(HttpRequest.BodyPublishers.ofString(foreign)).statusCode());
        JsonNode list = get("/requests");
        assertEquals(2, list.get("total").intValue());
        JsonNode refused = list.at("/requests/0");
        assertEquals(403, refused.get("status").intValue());
        assertEquals("POST", refused.get("method").textValue());
        assertTrue(refused.get("path").textValue().endsWith("/send_raw"), refused::toString);
        assertTrue(refused.get("errors").toString().contains("other.example"), refused::toString);
        assertFalse(refused.has("message"));
        JsonNode one = get("/requests/" + refused.get("ray").textValue());
        assertEquals(foreign, one.at("/request/body").textValue());
        assertEquals(403, one.at("/response/status").intValue());
        assertFalse(one.toString().contains(sandbox.token()));
        JsonNode accepted = list.at("/requests/1");
        assertEquals("[]", accepted.get("errors").toString());
        assertEquals(
                "Welcome",
                get("/messages/" + accepted.get("message").textValue())
                        .get("subject")
                        .textValue());
        assertEquals(
                get("/messages/" + accepted.get("message").textValue() + "/exchange"),
                get("/requests/" + accepted.get("ray").textValue()));
        assertEquals(1, get("/requests?limit=1").get("requests").size());
        assertEquals(1, get("/state").at("/accounts/0/refused_requests").intValue());
        assertEquals(404, client.text(request("/requests/unknown")).statusCode());
        sandbox.reset();
        assertEquals("{\"total\":0,\"requests\":[]}", get("/requests").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/messages?too=x",
                "/messages?limit=0",
                "/messages?to=a&to=b",
                "/messages/wait?timeout=5",
                "/messages/wait?timeout=61s"
            })
    void mistakesAreRefused(String path) throws Exception {
        HttpResponse<String> refused = client.text(request(path));
        assertEquals(400, refused.statusCode(), refused.body());
    }

    /** It needs no token, so a web page must not reach it: neither from another origin nor under another name. */
    @Test
    void isForProgramsOnThisMachine() throws Exception {
        send("Welcome", "Hello", "grace@example.org");
        assertEquals(
                403,
                client.text(request("/messages").DELETE().header("Origin", "https://attacker.example"))
                        .statusCode());
        assertEquals(
                403, client.text(request("/messages").header("Origin", "null")).statusCode());
        URI own = sandbox.endpoint();
        assertEquals(
                200,
                client.text(request("/messages").header("Origin", "http://127.0.0.1:" + own.getPort()))
                        .statusCode());
        assertEquals(List.of("Welcome"), subjects("/messages"));
        assertEquals(
                0,
                sandbox.requests().stream()
                        .filter(each -> each.path().startsWith("/sandbox"))
                        .count());
    }
}
