package io.flaremail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected records, answers of resolvers, and what that comes to. */
class DnsCheckTest {
    private static final String BOUNCES = "cf-bounce.example.com";
    private static final DnsRecord MX1 = mx(10, "route1.mx.cloudflare.net");
    private static final DnsRecord MX2 = mx(20, "route2.mx.cloudflare.net");
    private static final DnsRecord SPF = txt(BOUNCES, "v=spf1 include:_spf.mx.cloudflare.net ~all");
    private static final DnsRecord DKIM = txt("cf-bounce._domainkey.example.com", "v=DKIM1; k=rsa; p=AbC");
    private static final DnsRecord DMARC = txt("_dmarc.example.com", "v=DMARC1; p=reject;");

    private static DnsRecord mx(long priority, String host) {
        return new DnsRecord("MX", BOUNCES, host, priority, null);
    }

    private static DnsRecord txt(String name, String content) {
        return new DnsRecord("TXT", name, content, null, 300L);
    }

    private static DnsRecord spf(String content) {
        return txt(BOUNCES, content);
    }

    private static DnsRecord dkim(String content) {
        return txt(DKIM.getName(), content);
    }

    private static DnsRecord dmarc(String content) {
        return txt(DMARC.getName(), content);
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                row(MX1, List.of(MX1, MX2), "PUBLISHED", 0, true),
                row(MX1, List.of(mx(10, "Route1.MX.cloudflare.net."), MX2), "PUBLISHED", 0, true),
                row(MX1, List.of(MX2), "MISSING", 0, false),
                row(MX1, List.of(), "MISSING", 0, false),
                row(MX1, List.of(mx(5, "route1.mx.cloudflare.net"), MX2), "DIFFERENT", 1, false),
                row(MX1, List.of(mx(10, "mx.other.example")), "DIFFERENT", 1, false),
                row(MX1, List.of(MX1, MX2, mx(5, "mx.other.example")), "CONFLICTING", 1, false),
                row(SPF, List.of(spf("V=SPF1 include:_SPF.mx.cloudflare.net ~all")), "PUBLISHED", 0, true),
                row(SPF, List.of(SPF, spf("google-site-verification=x")), "PUBLISHED", 0, true),
                row(SPF, List.of(spf("google-site-verification=x")), "MISSING", 0, false),
                row(SPF, List.of(spf("v=spf1 -all")), "DIFFERENT", 1, false),
                row(SPF, List.of(SPF, spf("v=spf1 -all")), "CONFLICTING", 1, false),
                row(DKIM, List.of(dkim("v=DKIM1;k=rsa;p=AbC;")), "PUBLISHED", 0, true),
                row(DKIM, List.of(dkim("v=DKIM1; k=rsa; p=aBc")), "DIFFERENT", 1, false),
                row(DKIM, List.of(DKIM, dkim("p=other")), "CONFLICTING", 1, false),
                row(DMARC, List.of(dmarc("v=DMARC1;p=reject")), "PUBLISHED", 0, true),
                row(DMARC, List.of(dmarc("v=DMARC1; p=none; rua=mailto:a@example.com")), "DIFFERENT", 1, true),
                row(DMARC, List.of(DMARC, dmarc("v=DMARC1; p=none")), "CONFLICTING", 1, false),
                row(DMARC, List.of(dmarc("v=DMARC1; p=none"), dmarc("v=DMARC1; p=x")), "DIFFERENT", 2, false),
                row(txt(BOUNCES, "\"v=spf1 \" \"-all\""), List.of(spf("v=spf1 -all")), "PUBLISHED", 0, true));
    }

    private static Arguments row(DnsRecord expected, List<DnsRecord> answers, String state, int others, boolean fine) {
        return Arguments.of(expected, answers, DnsFinding.State.valueOf(state), others, fine);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answersDecide(DnsRecord expected, List<DnsRecord> answers, DnsFinding.State state, int others, boolean fine) {
        List<DnsRecord> all = List.of(expected, MX2);
        DnsFinding finding = DnsCheck.with((name, type) -> answers).check(all).get(0);
        assertEquals(state, finding.getState());
        assertEquals(others, finding.getOthers().size());
        assertEquals(fine, finding.isFine());
    }

    @Test
    void whatCannotBeAskedIsUnknownAndAskedOnce() {
        int[] asked = {0};
        List<DnsFinding> findings = DnsCheck.with((name, type) -> {
                    asked[0]++;
                    throw new IOException("no network");
                })
                .check(List.of(MX1, MX2));
        assertEquals(1, asked[0]);
        assertEquals(DnsFinding.State.UNKNOWN, findings.get(1).getState());
        assertEquals("no network", findings.get(1).getFailure().get().getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "v=spf1,v=spf1",
                "'\"v=DKIM1; k=rsa; \" \"p=ab\" cd','v=DKIM1; k=rsa; p=abcd'",
                "'\"a \\\"quoted\\\" \\\\ word\"','a \"quoted\" \\ word'",
                "'\"\"',''"
            })
    void stringsOfATextAreOne(String strings, String text) {
        assertEquals(text, DnsAnswer.joined(strings));
    }

    /** What an answer says must not end the program: a long one took a stack frame for each character. */
    @Test
    void aTextMayBeLong() {
        String text = "x".repeat(100_000);
        assertEquals(text + text, DnsAnswer.joined('"' + text + "\" \"" + text + '"'));
        assertEquals("\\".repeat(50_000), DnsAnswer.joined('"' + "\\".repeat(100_000) + '"'));
    }

    @Test
    void realQuestionsToAServer() throws IOException {
        try (Sandbox sandbox = Sandbox.start()) {
            DnsLookup lookup = new JndiDnsLookup(List.of(sandbox.dnsServer()), Duration.ofSeconds(5));
            assertEquals(3, lookup.lookup(BOUNCES, "MX").size());
            assertTrue(lookup.lookup(BOUNCES, "MX").stream()
                    .anyMatch(mx ->
                            mx.getPriority().get() == 10 && mx.getContent().startsWith("route1.")));
            assertEquals(SPF.getContent(), lookup.lookup(BOUNCES, "TXT").get(0).getContent());
            String key = lookup.lookup("cf-bounce._domainkey.example.com", "TXT")
                    .get(0)
                    .getContent();
            assertTrue(key.startsWith("v=DKIM1; h=sha256; k=rsa; p=MIIB") && !key.contains("\""), key);
            assertEquals(List.of(), lookup.lookup("nobody.example.com", "TXT"));
            assertEquals(List.of(), lookup.lookup(BOUNCES, "CNAME"));
        }
    }

    @Test
    void theNextServerIsAskedWhenOneDoesNotAnswer() throws IOException {
        try (Sandbox sandbox = Sandbox.start();
                DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            String nobody = "127.0.0.1:" + silent.getLocalPort();
            DnsLookup lookup = new JndiDnsLookup(List.of(nobody, sandbox.dnsServer()), Duration.ofMillis(50));
            assertEquals(3, lookup.lookup(BOUNCES, "MX").size());
        }
    }

    @Test
    void aFindingShowsWhatWasExpectedAndWhatIsThere() {
        DnsFinding published =
                DnsCheck.with((name, type) -> List.of(SPF)).check(List.of(SPF)).get(0);
        assertSame(SPF, published.getExpected());
        assertEquals(SPF + ": PUBLISHED", published.toString());
        DnsRecord other = txt(BOUNCES, "v=spf1 -all");
        DnsFinding different = DnsCheck.with((name, type) -> List.of(other))
                .check(List.of(SPF))
                .get(0);
        assertEquals(SPF + ": DIFFERENT [" + other + "]", different.toString());
    }

    /** The provider says "DNS error" of everything. */
    @Test
    void aSilentServerIsDescribed() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            DnsLookup lookup = new JndiDnsLookup(List.of("127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(50));
            IOException failure = assertThrows(IOException.class, () -> lookup.lookup(BOUNCES, "MX"));
            assertInstanceOf(SocketTimeoutException.class, failure);
            assertEquals("no DNS server answered", failure.getMessage());
        }
    }

    /** Six questions, each tried twice at each server, took more than a minute of silence. */
    @Test
    void deadServersAreAskedTwiceAndNotMore() {
        List<String> asked = new ArrayList<>();
        List<DnsRecord> records = IntStream.range(0, 6)
                .mapToObj(i -> txt("n" + i + ".example.com", "x"))
                .toList();
        List<DnsFinding> findings = DnsCheck.with((name, type) -> {
                    throw new SocketTimeoutException("no DNS server answered");
                })
                .check(records, record -> asked.add(record.getName()));
        assertEquals(List.of("n0.example.com", "n1.example.com"), asked);
        assertEquals(6, findings.size());
        for (DnsFinding finding : findings) {
            assertEquals(DnsFinding.State.UNKNOWN, finding.getState());
            assertEquals("no DNS server answered", finding.getFailure().get().getMessage());
        }
    }

    /** A name whose own servers are dead says nothing about the next one. */
    @Test
    void oneSilenceIsNobodysElse() {
        List<DnsRecord> records = IntStream.range(0, 6)
                .mapToObj(i -> txt("n" + i + ".example.com", "x"))
                .toList();
        List<DnsFinding> findings = DnsCheck.with((name, type) -> {
                    if (name.matches("n[024].*")) {
                        throw new SocketTimeoutException("no DNS server answered");
                    }
                    throw new IOException("SERVFAIL");
                })
                .check(records);
        assertEquals(
                List.of("no DNS server answered", "SERVFAIL", "no DNS server answered", "SERVFAIL"),
                findings.subList(0, 4).stream()
                        .map(finding -> finding.getFailure().get().getMessage())
                        .toList());
    }

    /** Each label took a frame of the stack. */
    @Test
    void aNameMayBeOfAnyLength() {
        String longest = "a.".repeat(127) + "a";
        for (String name : List.of(longest + "b", "a.".repeat(100_000) + "com", "a".repeat(100_000))) {
            DnsFinding finding = DnsCheck.asking(List.of("127.0.0.1:9"), Duration.ofMillis(1))
                    .check(List.of(txt(name, "x")))
                    .get(0);
            assertEquals("not a valid DNS name", finding.getFailure().get().getMessage());
        }
    }

    /** The runtime reads it as an int of milliseconds. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0009S", "PT10M0.001S", "P25D", "P40000D", "PT2562047788015215H"})
    void aTimeoutIsAMillisecondToTenMinutes(Duration timeout) {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> DnsCheck.asking(List.of(), timeout));
        assertEquals("timeout: expected 1 ms to 10 min, got " + timeout, wrong.getMessage());
        DnsCheck.asking(List.of(), Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap://127.0.0.1/x", "a b", "", "a/b", "rmi:x", "a..b"})
    void namesThatAreNoneAreNotAskedFor(String name) {
        DnsFinding finding = DnsCheck.asking(List.of("127.0.0.1:9"), Duration.ofMillis(50))
                .check(List.of(txt(name, "x")))
                .get(0);
        assertEquals("not a valid DNS name", finding.getFailure().get().getMessage());
    }
}
