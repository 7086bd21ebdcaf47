package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.dns.DnsRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers are read: whole ones, and ones in which fields are absent, null, unknown or of another type. */
class ModelTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private static JsonValue json(String text) {
        try {
            return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    @Test
    void aSubdomainIsReadWhole() throws Exception {
        peer.script(Reply.ok(
                "{'tag':'aabb','id':'aabb','name':'w.example.com','enabled':true,'created':'2026-11-01T10:00:00.123456Z',"
                                .replace('\'', '"')
                        + "'modified':'2026-11-02T12:00:00+02:00','dkim_selector':'cf-bounce','preview_enabled':true,"
                                .replace('\'', '"')
                        + "'return_path_domain':'cf-bounce.w.example.com','drop_suppressed_recipients':false,'new':{'x':[1]}}"
                                .replace('\'', '"')));
        try (CloudflareEmail client = peer.client()) {
            Subdomain subdomain = client.subdomains("zone").get("aabb");
            assertEquals("aabb", subdomain.getTag());
            assertEquals("w.example.com", subdomain.getName());
            assertTrue(subdomain.isEnabled());
            assertEquals(Optional.of(Instant.parse("2026-11-01T10:00:00.123456Z")), subdomain.getCreated());
            assertEquals(Optional.of(Instant.parse("2026-11-02T10:00:00Z")), subdomain.getModified());
            assertEquals(Optional.of("cf-bounce"), subdomain.getDkimSelector());
            assertEquals(Optional.of("cf-bounce.w.example.com"), subdomain.getReturnPathDomain());
            assertEquals(Optional.of(true), subdomain.getPreviewEnabled());
            assertEquals(Optional.of(false), subdomain.getDropSuppressedRecipients());
            assertEquals("w.example.com (aabb, enabled)", subdomain.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'tag':null,'name':null,'enabled':null,'created':null,'dkim_selector':null,'preview_enabled':null}",
                "{'tag':[1],'name':{},'enabled':'yes','created':5,'dkim_selector':true,'preview_enabled':1}",
                "{'tag':true,'name':false,'enabled':0,'created':'yesterday','dkim_selector':[],'preview_enabled':'true'}"
            })
    void aSubdomainWithoutItsFieldsIsEmpty(String text) {
        Subdomain subdomain = new Subdomain(json(text));
        assertEquals("", subdomain.getTag());
        assertEquals("", subdomain.getName());
        assertFalse(subdomain.isEnabled());
        assertEquals(Optional.empty(), subdomain.getCreated());
        assertEquals(Optional.empty(), subdomain.getModified());
        assertEquals(Optional.empty(), subdomain.getDkimSelector());
        assertEquals(Optional.empty(), subdomain.getReturnPathDomain());
        assertEquals(Optional.empty(), subdomain.getPreviewEnabled());
        assertEquals(Optional.empty(), subdomain.getDropSuppressedRecipients());
    }

    /** The live service gives both; should the tag ever go, the id is the same. */
    @Test
    void anIdStandsInForTheTag() {
        assertEquals("cc", new Subdomain(json("{'id':'cc'}")).getTag());
        assertEquals("aa", new Subdomain(json("{'id':'cc','tag':'aa'}")).getTag());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:00:00Z, 2026-11-23T10:00:00Z",
        "2026-11-23T10:00:00.5+01:00, 2026-11-23T09:00:00.500Z",
        "2026-11-23t10:00:00z, 2026-11-23T10:00:00Z",
        "2026-11-23T10:00Z, 2026-11-23T10:00:00Z",
        "2026-11-23T10:00:00,",
        "2026-11-23,",
        "1763892000,",
        "'',",
    })
    void datesAreInstantsOrNothing(String text, Instant expected) {
        Suppression suppression = new Suppression(json("{'created_at':'" + text + "'}"));
        assertEquals(Optional.ofNullable(expected), suppression.getCreatedAt());
    }

    @Test
    void dnsIsReadWhole() {
        String mx =
                "{'type':'MX','name':'cf-bounce.x.com','content':'route1.mx.cloudflare.net','priority':10,'ttl':300}";
        DnsStatus status = DnsStatus.of(json("{'status':'misconfigured','records':[" + mx + ",null,7],'errors':["
                + "{'code':'mx.foreign','existing':" + mx + "},"
                + "{'code':'spf.multiple','multiple':[{'type':'TXT'},{'type':'TXT'}],'missing':null},"
                + "{'code':'dkim.missing','missing':{'type':'TXT','priority':'10'},'new':1},'text']}"));
        assertFalse(status.isReady());
        assertEquals("misconfigured [mx.foreign, spf.multiple, dkim.missing]", status.toString());
        assertEquals(1, status.getRecords().size());
        DnsRecord record = status.getRecords().get(0);
        assertEquals("cf-bounce.x.com MX 10 route1.mx.cloudflare.net", record.toString());
        assertEquals(Optional.of(10L), record.getPriority());
        assertEquals(Optional.of(300L), record.getTtl());
        List<DnsProblem> problems = status.getProblems();
        assertEquals(3, problems.size());
        assertEquals("MX", problems.get(0).getExisting().orElseThrow().getType());
        assertEquals(Optional.empty(), problems.get(0).getMissing());
        assertEquals(2, problems.get(1).getMultiple().size());
        assertEquals(Optional.empty(), problems.get(1).getMissing());
        assertEquals(
                Optional.empty(), problems.get(2).getMissing().orElseThrow().getPriority());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{'status':null,'records':null,'errors':null}", "{'status':{},'records':{},'errors':3}"})
    void aStatusWithoutItsFieldsIsNotReady(String text) {
        DnsStatus status = DnsStatus.of(json(text));
        assertFalse(status.isReady());
        assertEquals("unknown", status.toString());
        assertEquals(List.of(), status.getRecords());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[{'type':'TXT','name':'_dmarc.x.com'}]", "{'name':'x.com','records':[{'name':'_dmarc.x.com'}]}"
            })
    void aPreviewIsRecordsHoweverTheyCome(String result) throws Exception {
        peer.script(Reply.ok(result.replace('\'', '"')));
        try (CloudflareEmail client = peer.client()) {
            List<DnsRecord> records = client.subdomains("zone").preview("x.com");
            assertEquals("_dmarc.x.com", records.get(0).getName());
            assertThrows(UnsupportedOperationException.class, records::clear);
        }
    }

    @Test
    void aSuppressionIsReadWhole() {
        Suppression suppression = new Suppression(json("{'id':'s1','email':'b@y.org','reason':'hard_bounce',"
                + "'created_at':'2026-11-01T10:00:00Z','expires_at':'2026-12-01T10:00:00Z','read_only':true,'note':'n',"
                + "'scope':{'type':'sending_domain','value':'x.com','new':1}}"));
        assertEquals("s1", suppression.getId());
        assertEquals("b@y.org (hard_bounce)", suppression.toString());
        assertEquals(Optional.of(Instant.parse("2026-12-01T10:00:00Z")), suppression.getExpiresAt());
        assertTrue(suppression.isReadOnly());
        assertEquals(Optional.of("n"), suppression.getNote());
        assertEquals(Optional.of("sending_domain"), suppression.getScopeType());
        assertEquals(Optional.of("x.com"), suppression.getSendingDomain());
    }

    /** The scope of an account has a value, too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'scope':{'type':'account','value':'acc'}}|",
                "{'scope':{'type':'some new word','value':'x'}}|",
                "{'scope':{'type':'sending_domain','value':'x.com'}}|x.com",
                "{'scope':{'type':'sending_domain'}}|",
            })
    void onlyASendingDomainIsOne(String text, String domain) {
        assertEquals(Optional.ofNullable(domain), new Suppression(json(text)).getSendingDomain());
    }

    /** Deep, long, twice, or in another encoding: no answer of the API's, and no StackOverflowError. */
    @ParameterizedTest
    @MethodSource("monsters")
    void jsonThatIsMonstrousIsNoAnswer(byte[] body) {
        peer.script(Reply.of(200, body));
        try (CloudflareEmail client = peer.client()) {
            CloudflareApiException thrown = assertThrows(
                    CloudflareApiException.class,
                    () -> client.subdomains("zone").get("t1"));
            assertTrue(thrown.getMessage().contains("not an API response"), thrown::getMessage);
        }
    }

    static Stream<byte[]> monsters() {
        return Stream.of(
                        "{\"success\":true,\"result\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                        "{\"success\":true,\"result\":" + "{\"a\":".repeat(100_000),
                        "{\"success\":true,\"result\":{\"a\":" + "9".repeat(100_000) + "}}",
                        "{\"success\":false,\"success\":true,\"result\":{}}",
                        "{\"success\":true,\"result\":{\"a\":\"\u00e9\"}}")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "-1e999", "99999999999999999999", "'5'", "[5]", "true"})
    void numbersThatAreNoneAreEmpty(String number) {
        assertEquals(Optional.empty(), new SendingLimits(json("{'quota':{'value':" + number + "}}")).getQuota());
        assertEquals(
                Optional.empty(),
                DnsStatus.record(json("{'ttl':" + number + "}")).getTtl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'id':null,'scope':null,'read_only':null}",
                "{'id':[],'scope':'account','read_only':'yes'}"
            })
    void aSuppressionWithoutItsFieldsIsEmpty(String text) {
        Suppression suppression = new Suppression(json(text));
        assertEquals("", suppression.getId());
        assertEquals("", suppression.toString());
        assertFalse(suppression.isReadOnly());
        assertEquals(Optional.empty(), suppression.getScopeType());
        assertEquals(Optional.empty(), suppression.getExpiresAt());
    }

    /** The API answers with an id and a scope. */
    @Test
    void anAddedSuppressionIsWhatWasAskedForUnderItsId() throws Exception {
        peer.script(Reply.ok("{\"id\":\"s1\",\"scope\":{\"type\":\"account\"}}"));
        try (CloudflareEmail client = peer.client()) {
            Suppression added =
                    client.suppressions("acc").add(NewSuppression.of("b@y.org").note("n"));
            assertEquals("s1", added.getId());
            assertEquals("b@y.org", added.getEmail());
            assertEquals(Optional.of("n"), added.getNote());
            assertEquals(Optional.of("account"), added.getScopeType());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'quota':{'unit':'day','value':1000},'usage':{'sent':40,'resets_at':'2026-11-24T00:00:00Z'}} | 40 of 1000 a day | 960",
                "{'quota':{'unit':'hour','value':10},'usage':{'sent':40,'resets_at':null}} | 40 of 10 a hour | 0",
                "{'quota':null,'usage':null} | ? of ? a ? |",
                "{'quota':{'value':'many'},'usage':[]} | ? of ? a ? |",
                "{'quota':{'unit':'day','value':100}} | ? of 100 a day |",
                "{} | ? of ? a ? |",
            })
    void limitsAreWhatTheyAre(String text, String expected, Long left) {
        SendingLimits limits = new SendingLimits(json(text));
        assertEquals(expected, limits.toString());
        assertEquals(Optional.ofNullable(left), limits.getLeft());
        assertEquals(text.contains("-24T"), limits.getResetsAt().isPresent());
    }

    @Test
    void aMessageIsItsBytes() throws Exception {
        byte[] message = new byte[3 << 20];
        message[0] = 'X';
        message[1] = (byte) 0xE9;
        peer.script(Reply.of(200, message).header("Content-Type", "message/rfc822"));
        try (CloudflareEmail client = peer.client()) {
            assertArrayEquals(message, client.sending("acc").message("<id@x>"));
        }
        assertTrue(peer.onlyCall().headers().get("Accept").contains("message/rfc822"));
    }

    @Test
    void nothingIsNoMessage() {
        peer.script(Reply.of(200, ""));
        try (CloudflareEmail client = peer.client()) {
            assertThrows(
                    CloudflareApiException.class, () -> client.sending("acc").message("<id@x>"));
        }
    }

    @Test
    void aMessagesFailureIsNoMessage() {
        peer.script(Reply.error(404, 10000, "not_found"), Reply.error(200, 10000, "not_found"));
        try (CloudflareEmail client = peer.client()) {
            for (int status : new int[] {404, 200}) {
                CloudflareApiException thrown = assertThrows(
                        CloudflareApiException.class,
                        () -> client.sending("acc").message("<id@x>"));
                assertEquals(status, thrown.getStatus());
                assertEquals("10000", thrown.getErrors().get(0).getCode().orElseThrow());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'text'", "5"})
    void anObjectThatIsNoneIsAFailure(String result) {
        peer.script(Reply.ok(result.replace('\'', '"')));
        try (CloudflareEmail client = peer.client()) {
            CloudflareApiException thrown = assertThrows(
                    CloudflareApiException.class,
                    () -> client.subdomains("zone").get("t1"));
            assertEquals(
                    "Cloudflare answered HTTP 200, with an unexpected result (ray " + Reply.RAY + ")",
                    thrown.getMessage());
            assertFalse(thrown.isAcceptanceUnknown());
        }
    }

    @Test
    void theResultOfASendIsReadWhole() throws Exception {
        peer.script(Reply.ok(("{'message_id':'<id@x>','delivered':['a@y'],'queued':['b@y'],'permanent_bounces':['c@y'],"
                        + "'suppressed_recipients':['d@y'],'new':1}")
                .replace('\'', '"')));
        try (CloudflareEmail client = peer.client()) {
            SendResult result = client.sending("acc")
                    .sendRaw("a@x.com", List.of("a@y"), "Subject: x\r\n".getBytes(StandardCharsets.UTF_8));
            assertEquals(Optional.of("<id@x>"), result.getMessageId());
            assertEquals(List.of("a@y"), result.getDelivered());
            assertEquals(List.of("b@y"), result.getQueued());
            assertEquals(List.of("c@y"), result.getPermanentBounces());
            assertEquals(List.of("d@y"), result.getSuppressedRecipients());
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> result.getQueued().clear());
        }
    }
}
