package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener receives of each exchange; it never disturbs one and never sees the token. */
class ExchangeListenerTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private final List<String> requests = new ArrayList<>();
    private final List<ApiExchange> exchanges = new ArrayList<>();
    private final CloudflareEmail client = peer.builder()
            .listener(new ExchangeListener() {
                @Override
                public void requested(String method, URI uri, String body) {
                    requests.add(method + " " + uri + " " + body);
                }

                @Override
                public void completed(ApiExchange exchange) {
                    exchanges.add(exchange);
                }
            })
            .build();

    private ApiExchange only() {
        assertEquals(1, exchanges.size());
        return exchanges.get(0);
    }

    @Test
    void requestAndResponse() throws Exception {
        peer.script(Reply.ok("{\"tag\":\"t1\"}").header("Date", "Sat, 28 Nov 2026 12:00:00 GMT"));
        client.subdomains("zone").create("example.com");
        String line = "POST " + peer.endpoint() + "/zones/zone/email/sending/subdomains";
        assertEquals(List.of(line + " {\"name\":\"example.com\"}"), requests);
        assertEquals(line, only().getMethod() + " " + only().getUri());
        assertEquals(200, only().getStatus());
        assertEquals(Optional.of(Reply.RAY), only().getRay());
        assertEquals(Optional.of(Instant.parse("2026-11-28T12:00:00Z")), only().getDate());
        assertTrue(only().getBody().contains("{\"tag\":\"t1\"}"), only().getBody());
        assertFalse(only().getDuration().isNegative());
        assertEquals(Optional.empty(), only().getFailure());
        assertEquals(List.of(), only().getMessages());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true  | [{"code":1,"message":"first"},{"message":"second"}] | first second
            true  | ["text"]                                            | text
            true  | "no list"                                           | ''
            false | ["text"]                                            | ''
            """)
    void messages(boolean success, String messages, String expected) {
        peer.script(Reply.of(
                success ? 200 : 400, "{\"success\":" + success + ",\"messages\":" + messages + ",\"result\":{}}"));
        try {
            client.subdomains("zone").create("example.com");
        } catch (CloudflareApiException e) {
            assertFalse(success);
        }
        assertEquals(expected, String.join(" ", only().getMessages()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "today", "Sat, 99 Nov 2026 12:00:00 GMT"})
    void aDateThatIsNone(String date) throws Exception {
        peer.script(Reply.ok("{}").header("Date", date));
        client.subdomains("zone").get("t1");
        assertEquals(Optional.empty(), only().getDate());
    }

    @Test
    void everyTryIsAnExchange() throws Exception {
        peer.script(Reply.error(429, 10004, "email.sending.error.throttled"), Reply.ok("{}"));
        client.subdomains("zone").get("t1");
        assertEquals(
                List.of(429, 200),
                exchanges.stream().map(ApiExchange::getStatus).toList());
        assertEquals(2, requests.size());
    }

    @Test
    void aFailureIsAnExchangeToo() {
        peer.script(Reply.hangUp());
        assertThrows(
                CloudflareApiException.class, () -> client.subdomains("zone").create("example.com"));
        assertEquals(0, only().getStatus());
        assertTrue(only().getFailure().isPresent());
        assertEquals("", only().getBody());
    }

    /** An echo of it, also where the shown part of a long body ends. */
    @Test
    void theTokenIsNotShown() throws Exception {
        for (int before = 3900; before < 4010; before++) {
            String padding = "x".repeat(before);
            peer.script(Reply.ok("{\"a\":\"" + padding + ApiPeer.TOKEN + padding + "\"}"));
            client.subdomains("zone").create(padding + ApiPeer.TOKEN + "é".repeat(9000));
        }
        String seen =
                requests + " " + exchanges.stream().map(ApiExchange::getBody).toList();
        assertFalse(seen.contains(ApiPeer.TOKEN.substring(0, 8)), "the token is shown");
        assertTrue(requests.get(0).length() < 4200);
        assertTrue(exchanges.get(0).getBody().length() < 4200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerThatFailsDisturbsNothing(boolean early) throws Exception {
        ExchangeListener failing = new ExchangeListener() {
            @Override
            public void requested(String method, URI uri, String body) {
                if (early) {
                    throw new IllegalStateException("on purpose");
                }
            }

            @Override
            public void completed(ApiExchange exchange) {
                throw new OutOfMemoryError("on purpose");
            }
        };
        peer.script(Reply.ok("{\"tag\":\"t1\"}"));
        try (CloudflareEmail other = peer.builder().listener(failing).build()) {
            assertEquals("t1", other.subdomains("zone").get("t1").getTag());
        }
    }

    /** Neither cut in two at the end of a long body, nor behind escapes of JSON. */
    @Test
    void noPartOfTheTokenIsShown() throws Exception {
        peer.script(Reply.ok("{\"tag\":\"\\u00" + Integer.toHexString(ApiPeer.TOKEN.charAt(0))
                + ApiPeer.TOKEN.substring(1) + "\"}"));
        client.subdomains("zone").create(ApiPeer.TOKEN.repeat(2000));
        String shown = requests.get(0) + only().getBody();
        assertFalse(shown.replace("[token]", "").contains(ApiPeer.TOKEN.substring(1, 5)), shown);
        assertTrue(requests.get(0).endsWith("..."), requests.get(0));
    }
}
