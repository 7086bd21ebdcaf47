package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.flaremail.dns.DnsCheck;
import io.flaremail.dns.DnsFinding;
import io.flaremail.dns.DnsRecord;
import io.flaremail.http.HttpProxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes no sense is refused where it is given, by its name, and before anything is asked of the API. */
class ArgumentsTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private static final Duration NEGATIVE = Duration.ofSeconds(-1);

    private interface Call {
        Object on(CloudflareEmail client) throws Exception;
    }

    private static Arguments row(String name, Call call) {
        return arguments(name, call);
    }

    static Stream<Arguments> nulls() {
        byte[] message = {};
        List<String> somebody = List.of("b@y.org");
        return Stream.of(
                row("accountId", c -> c.sending(null)),
                row("accountId", c -> c.suppressions(null)),
                row("zoneId", c -> c.subdomains(null)),
                row("email", c -> c.sending("acc").send(null)),
                row("reversePath", c -> c.sending("acc").sendRaw(null, somebody, message)),
                row("recipients", c -> c.sending("acc").sendRaw("a@x.com", null, message)),
                row(
                        "recipients: one is null",
                        c -> c.sending("acc").sendRaw("a@x.com", Collections.singletonList(null), message)),
                row("message", c -> c.sending("acc").sendRaw("a@x.com", somebody, null)),
                row("messageId", c -> c.sending("acc").message(null)),
                row("name", c -> c.zones().find(null)),
                row("domain", c -> c.zones().findFor(null)),
                row("name", c -> c.subdomains("zone").find(null)),
                row("name", c -> c.subdomains("zone").create(null)),
                row("name", c -> c.subdomains("zone").preview(null)),
                row("id", c -> c.subdomains("zone").get(null)),
                row("id", c -> c.subdomains("zone").dnsStatus(null)),
                row("change", c -> c.subdomains("zone").update("t1", null)),
                row("timeout", c -> c.subdomains("zone").awaitReady("t1", null, status -> {})),
                row("progress", c -> c.subdomains("zone").awaitReady("t1", Duration.ZERO, null)),
                row("filter", c -> c.suppressions("acc").list(null)),
                row("id", c -> c.suppressions("acc").get(null)),
                row("suppression", c -> c.suppressions("acc").add(null)),
                row("all", c -> c.suppressions("acc").addAll(null)),
                row("change", c -> c.suppressions("acc").update("s1", null)),
                row("email", c -> NewSuppression.of(null)),
                row("endpoint", c -> CloudflareEmail.builder().endpoint(null)),
                row("deadline", c -> CloudflareEmail.builder().deadline(null)),
                row("protocols", c -> CloudflareEmail.builder().tls(null, true, null, List.of(), null)),
                row("cipherSuites", c -> CloudflareEmail.builder().tls(null, true, List.of(), null, null)),
                row("content", c -> new DnsRecord("TXT", "x.com", null, null, null)),
                row("lookup", c -> DnsCheck.with(null)),
                row("servers", c -> DnsCheck.asking(null, Duration.ZERO)),
                row("timeout", c -> DnsCheck.asking(List.of(), null)),
                row("expected", c -> DnsCheck.with((name, type) -> List.of()).check(null)));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("nulls")
    void nullIsNamed(String name, Call call) {
        try (CloudflareEmail client = peer.client()) {
            assertEquals(
                    name,
                    assertThrows(NullPointerException.class, () -> call.on(client))
                            .getMessage());
        }
        assertEquals(List.of(), peer.lines());
    }

    static Stream<Arguments> senseless() {
        return Stream.of(
                row("connectTimeout: ", c -> CloudflareEmail.builder().connectTimeout(NEGATIVE)),
                row("responseTimeout: ", c -> CloudflareEmail.builder().responseTimeout(NEGATIVE)),
                row("deadline: ", c -> CloudflareEmail.builder().deadline(NEGATIVE)),
                row("maxConnections: ", c -> CloudflareEmail.builder().maxConnections(0)),
                row("retries: ", c -> CloudflareEmail.builder().retries(-1)),
                row("port: ", c -> CloudflareEmail.builder().proxy("localhost", 0, null, null)),
                row("port: ", c -> CloudflareEmail.builder().proxy("localhost", 65536, null, null)),
                row("accountId: ", c -> c.sending("")),
                row("zoneId: ", c -> c.subdomains("..")),
                row("id: ", c -> c.suppressions("acc").get(".")));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("senseless")
    void whatMakesNoSenseIsNamed(String name, Call call) {
        try (CloudflareEmail client = peer.client()) {
            String message = assertThrows(IllegalArgumentException.class, () -> call.on(client))
                    .getMessage();
            assertTrue(message.startsWith(name), message);
        }
        assertEquals(List.of(), peer.lines());
    }

    @ParameterizedTest
    @CsvSource({"'', there is no API token", "' ', there is no API token", "a b, the API token has a character"})
    void aTokenThatIsNoneIsToldFromABrokenOne(String token, String text) {
        try (CloudflareEmail client = peer.builder().token(() -> token).build()) {
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class, () -> client.sending("acc").limits());
            assertTrue(thrown.getMessage().startsWith(text), thrown::getMessage);
        }
        assertEquals(List.of(), peer.lines());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8080, 65535})
    void aProxyIsShownWithoutItsCredentials(int port) {
        assertEquals("proxy.example:" + port, new HttpProxy("proxy.example", port, "user", "secret").toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void aPageMayHaveOneOrAThousand(int number) {
        peer.script(Reply.ok("[]"));
        try (CloudflareEmail client = peer.client()) {
            assertEquals(
                    0,
                    client.suppressions("acc")
                            .list(SuppressionFilter.all().perPage(number))
                            .count());
        }
        assertTrue(peer.lines().get(0).endsWith("per_page=" + number), () -> peer.lines() + "");
    }

    @Test
    void errorsAreEqualByCodeAndText() {
        ApiError error = new ApiError("1", "a", null, null);
        assertEquals(new ApiError("1", "a", "https://example.com/", "/from"), error);
        assertNotEquals(new ApiError("2", "a", null, null), error);
        assertNotEquals(new ApiError("1", "b", null, null), error);
        assertNotEquals("1 a", error);
        assertNotEquals(error, "1 a");
    }

    @Test
    void nullAmongThousandsIsFoundBeforeTheFirstIsAdded() {
        NewSuppression[] all = IntStream.range(0, 1500)
                .mapToObj(i -> NewSuppression.of("r" + i))
                .toArray(NewSuppression[]::new);
        all[1400] = null;
        try (CloudflareEmail client = peer.client()) {
            Suppressions suppressions = client.suppressions("acc");
            assertThrows(NullPointerException.class, () -> suppressions.addAll(Arrays.asList(all)));
        }
        assertEquals(List.of(), peer.lines());
    }

    @Test
    void findingsCannotBeChanged() {
        List<DnsFinding> findings = DnsCheck.with((name, type) -> List.of()).check(List.of());
        assertThrows(UnsupportedOperationException.class, () -> findings.add(null));
    }

    /** Otherwise somebody looks up the wrong one, or none. */
    @ParameterizedTest
    @ValueSource(strings = {"-1", "1", "4294967296", "99999999999999999999", "\"0\"", "null"})
    void aPlaceThatIsNobodysIsNone(String index) throws Exception {
        peer.script(Reply.ok("{\"items\":[{\"index\":" + index + ",\"status\":\"invalid\"}]}"));
        try (CloudflareEmail client = peer.client()) {
            List<RejectedSuppression> rejected = client.suppressions("acc").addAll(List.of(NewSuppression.of("r0")));
            assertTrue(rejected.get(0).getIndex().isEmpty());
        }
    }
}
