package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each call of the client asks for: method, path with query, body; and that it does so with one request. */
class CallTableTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private static final String SUBDOMAINS = "/zones/zone/email/sending/subdomains";
    private static final String SENDING = "/accounts/acc/email/sending";
    private static final String SUPPRESSIONS = SENDING + "/suppressions";
    private static final Instant SOON = Instant.parse("2026-12-24T18:00:00Z");

    private interface Call {
        Object on(CloudflareEmail client) throws CloudflareApiException;
    }

    private static Arguments row(String line, String body, String result, Call call) {
        return arguments(line, body, result, call);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                row("GET " + SUBDOMAINS, null, "[]", c -> subdomains(c).list()),
                row("GET " + SUBDOMAINS, null, "[]", c -> subdomains(c).find("example.com")),
                row("GET " + SUBDOMAINS + "/t1", null, "{}", c -> subdomains(c).get("t1")),
                row(
                        "GET " + SUBDOMAINS + "/a%2Fb",
                        null,
                        "{}",
                        c -> subdomains(c).get("a/b")),
                row(
                        "GET " + SUBDOMAINS + "/..%2Fx",
                        null,
                        "{}",
                        c -> subdomains(c).get("../x")),
                row(
                        "POST " + SUBDOMAINS,
                        "{'name':'*.example.com'}",
                        "{}",
                        c -> subdomains(c).create("*.example.com")),
                row(
                        "PATCH " + SUBDOMAINS + "/t1",
                        "{}",
                        "{}",
                        c -> subdomains(c).update("t1", SubdomainChange.none())),
                row(
                        "PATCH " + SUBDOMAINS + "/t1",
                        "{'drop_suppressed_recipients':true}",
                        "{}",
                        c -> subdomains(c).update("t1", SubdomainChange.none().dropSuppressedRecipients(true))),
                row(
                        "PATCH " + SUBDOMAINS + "/t1",
                        "{'preview_enabled':false,'drop_suppressed_recipients':false}",
                        "{}",
                        c -> subdomains(c)
                                .update(
                                        "t1",
                                        SubdomainChange.none()
                                                .previewEnabled(false)
                                                .dropSuppressedRecipients(false))),
                row("DELETE " + SUBDOMAINS + "/t1", null, "null", c -> {
                    subdomains(c).delete("t1");
                    return null;
                }),
                row(
                        "GET " + SUBDOMAINS + "/t1/dns",
                        null,
                        "[]",
                        c -> subdomains(c).dnsRecords("t1")),
                row(
                        "GET " + SUBDOMAINS + "/t1/dns/status",
                        null,
                        "{}",
                        c -> subdomains(c).dnsStatus("t1")),
                row(
                        "GET " + SUBDOMAINS + "/t1/dns/status",
                        null,
                        "{'status':'ready'}",
                        c -> subdomains(c).awaitReady("t1", Duration.ZERO, status -> {})),
                row("POST " + SUBDOMAINS + "/t1/dns", "{}", "null", c -> {
                    subdomains(c).repairDns("t1");
                    return null;
                }),
                row(
                        "POST " + SUBDOMAINS + "/preview",
                        "{'name':'w.example.com'}",
                        "{}",
                        c -> subdomains(c).preview("w.example.com")),
                row("GET /zones?name=example.com", null, "[]", c -> c.zones().find("example.com")),
                row("GET /zones?name=a%26b%20%2Bc", null, "[]", c -> c.zones().find("a&b +c")),
                row(
                        "GET " + SENDING + "/limits",
                        null,
                        "{}",
                        c -> c.sending("acc").limits()),
                row(
                        "GET " + SENDING + "/messages/%3Cid%40x%3E",
                        null,
                        "{}",
                        c -> c.sending("acc").message("<id@x>")),
                row(
                        "POST " + SENDING + "/send_raw",
                        "{'from':'a@x.com','recipients':['b@y.org','c@y.org'],'mime_message':'Subject: \u00e9\\r\\n\\r\\n'}",
                        "{}",
                        c -> c.sending("acc")
                                .sendRaw(
                                        "a@x.com",
                                        List.of("b@y.org", "c@y.org"),
                                        "Subject: \u00e9\r\n\r\n".getBytes(StandardCharsets.UTF_8))),
                row(
                        "GET " + SUPPRESSIONS + "?per_page=1000",
                        null,
                        "[]",
                        c -> suppressions(c).list(SuppressionFilter.all()).toList()),
                row(
                        "GET " + SUPPRESSIONS
                                + "?email=a%2Bb%40y.org&search=%40y&reason=manual&scope_type=sending_domain"
                                + "&scope_value=x.com&per_page=7",
                        null,
                        "[]",
                        c -> suppressions(c)
                                .list(SuppressionFilter.all()
                                        .perPage(7)
                                        .sendingDomain("x.com")
                                        .reason("manual")
                                        .search("@y")
                                        .email("a+b@y.org"))
                                .toList()),
                row(
                        "GET " + SUPPRESSIONS + "?scope_type=account&per_page=1000",
                        null,
                        "[]",
                        c -> suppressions(c)
                                .list(SuppressionFilter.all().sendingDomain("x").account())
                                .toList()),
                row(
                        "GET " + SUPPRESSIONS + "/s%2F1",
                        null,
                        "{}",
                        c -> suppressions(c).get("s/1")),
                row(
                        "POST " + SUPPRESSIONS,
                        "{'email':'b@y.org'}",
                        "{}",
                        c -> suppressions(c).add(NewSuppression.of("b@y.org"))),
                row(
                        "POST " + SUPPRESSIONS,
                        "{'email':'b@y.org','expires_at':'2026-12-24T18:00:00Z','note':'n',"
                                + "'scope':{'type':'sending_domain','value':'x.com'}}",
                        "{}",
                        c -> suppressions(c)
                                .add(NewSuppression.of("b@y.org")
                                        .sendingDomain("x.com")
                                        .note("n")
                                        .expiresAt(SOON))),
                row(
                        "POST " + SUPPRESSIONS + "/bulk",
                        "{'items':[{'email':'b@y.org'}]}",
                        "{}",
                        c -> suppressions(c).addAll(List.of(NewSuppression.of("b@y.org")))),
                row(
                        "PATCH " + SUPPRESSIONS + "/s1",
                        "{'expires_at':'2026-12-24T18:00:00Z','note':'n'}",
                        "{}",
                        c -> suppressions(c)
                                .update(
                                        "s1",
                                        SuppressionChange.none().expiresAt(SOON).note("n"))),
                row(
                        "PATCH " + SUPPRESSIONS + "/s1",
                        "{'expires_at':null,'note':''}",
                        "{}",
                        c -> suppressions(c)
                                .update("s1", SuppressionChange.none().note("").neverExpires())),
                row("DELETE " + SUPPRESSIONS + "/s1", null, "{'id':'s1'}", c -> {
                    suppressions(c).remove("s1");
                    return null;
                }));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void asksForExactlyThis(String line, String body, String result, Call call) throws Exception {
        peer.script(Reply.ok(result.replace('\'', '"')));
        try (CloudflareEmail client = peer.client()) {
            call.on(client);
        }
        ApiPeer.Call asked = peer.onlyCall();
        assertEquals(line, asked.line());
        assertEquals("Bearer " + ApiPeer.TOKEN, asked.headers().get("Authorization"));
        if (body == null) {
            assertEquals("", asked.text());
        } else {
            assertEquals(ApiPeer.json(body.replace('\'', '"')), asked.json());
            assertEquals("application/json", asked.headers().get("Content-Type"));
            assertEquals(String.valueOf(asked.bytes().length), asked.headers().get("Content-Length"));
        }
        assertFalse(asked.headers().containsKey("Transfer-Encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void idsThatClimbAreNotAskedFor(String id) {
        try (CloudflareEmail client = peer.client()) {
            List<Call> calls = List.of(
                    c -> subdomains(c).get(id),
                    c -> subdomains(c).dnsRecords(id),
                    c -> subdomains(c).dnsStatus(id),
                    c -> suppressions(c).get(id),
                    c -> suppressions(c).update(id, SuppressionChange.none()),
                    c -> c.sending("acc").message(id),
                    c -> c.sending(id),
                    c -> c.subdomains(id),
                    c -> c.suppressions(id));
            calls.forEach(call -> assertThrows(IllegalArgumentException.class, () -> call.on(client)));
            assertThrows(
                    IllegalArgumentException.class, () -> subdomains(client).delete(id));
            assertThrows(
                    IllegalArgumentException.class, () -> suppressions(client).remove(id));
        }
        assertEquals(List.of(), peer.lines());
    }

    /** The nearest zone above a domain; the last label alone is no domain. */
    @Test
    void aDomainsZoneIsLookedForUpwards() throws Exception {
        peer.script(Reply.ok("[]"), Reply.ok("[{\"id\":\"z1\",\"name\":\"Example.com\"}]"));
        try (CloudflareEmail client = peer.client()) {
            assertEquals(
                    "z1", client.zones().findFor("w.example.com").orElseThrow().getId());
            peer.script(Reply.ok("[]"), Reply.ok("[]"));
            assertFalse(client.zones().findFor("a.b.net").isPresent());
        }
        assertEquals(
                List.of(
                        "GET /zones?name=w.example.com",
                        "GET /zones?name=example.com",
                        "GET /zones?name=a.b.net",
                        "GET /zones?name=b.net"),
                peer.lines());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void aPageHasOneToAThousand(int number) {
        assertThrows(
                IllegalArgumentException.class, () -> SuppressionFilter.all().perPage(number));
    }

    private static SendingSubdomains subdomains(CloudflareEmail client) {
        return client.subdomains("zone");
    }

    private static Suppressions suppressions(CloudflareEmail client) {
        return client.suppressions("acc");
    }
}
