package io.flaremail.sandbox;

import static io.flaremail.sandbox.TestClient.assertError;
import static io.flaremail.sandbox.TestClient.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class DnsTest {
    private static final String BASE = "/zones/{zone}/email/sending/subdomains";
    private static final String BOUNCE = "cf-bounce.example.com";
    private static final String DKIM = "cf-bounce._domainkey.example.com";
    private static final String DMARC = "_dmarc.example.com";

    private final Sandbox sandbox = Sandbox.start();
    private final TestClient client = new TestClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private String domain() throws Exception {
        return BASE + "/" + result(client.call("GET", BASE, null)).at("/0/tag").textValue();
    }

    private JsonNode status() throws Exception {
        return result(client.call("GET", domain() + "/dns/status", null));
    }

    @Test
    void theExpectedRecordsAreThoseSeenLive() throws Exception {
        JsonNode expected = result(client.call("GET", domain() + "/dns", null));
        List<String> lines = new ArrayList<>();
        expected.forEach(r -> lines.add(r.get("type").textValue() + " "
                + r.get("name").textValue() + " " + r.path("priority").asText("-") + " "
                + r.get("content").textValue().replaceAll("p=MII.*", "p=..")));
        assertEquals(
                List.of(
                        "MX cf-bounce.example.com 10 route1.mx.cloudflare.net",
                        "MX cf-bounce.example.com 20 route2.mx.cloudflare.net",
                        "MX cf-bounce.example.com 30 route3.mx.cloudflare.net",
                        "TXT cf-bounce.example.com - v=spf1 include:_spf.mx.cloudflare.net ~all",
                        "TXT cf-bounce._domainkey.example.com - v=DKIM1; h=sha256; k=rsa; p=..",
                        "TXT _dmarc.example.com - v=DMARC1; p=reject;"),
                lines);
        assertEquals(expected, status().get("records"));
    }

    @Test
    void aNewDomainIsReadyOrUnlocked() throws Exception {
        assertEquals("ready", status().get("status").textValue());
        assertEquals(0, status().get("errors").size());
        sandbox.dns().unlocked(true);
        assertEquals("unlocked", status().get("status").textValue());
        sandbox.dns().add(DnsRecord.mx(BOUNCE, 1, "mx.example.org"));
        assertEquals("misconfigured", status().get("status").textValue());
    }

    @Test
    void aDomainWithoutRecordsIsUnconfigured() throws Exception {
        sandbox.dns()
                .remove("MX", BOUNCE)
                .remove("TXT", BOUNCE)
                .remove("TXT", DKIM)
                .remove("TXT", DMARC);
        assertEquals("unconfigured", status().get("status").textValue());
        assertEquals(6, status().get("errors").size());
        client.call("POST", domain() + "/dns", null);
        assertEquals("ready", status().get("status").textValue());
    }

    /** An edit, the code it leads to, which of existing, missing and multiple it has, and what a repair answers. */
    static Stream<Arguments> misconfigurations() {
        return Stream.of(
                row(dns -> dns.remove("MX", BOUNCE), "mx.missing", "missing", null),
                row(
                        dns -> dns.add(DnsRecord.mx(BOUNCE, 1, "mx.example.org")),
                        "mx.foreign",
                        "existing",
                        ApiError.FOREIGN_MX),
                row(dns -> dns.remove("TXT", BOUNCE), "spf.missing", "missing", null),
                row(
                        dns -> dns.remove("TXT", BOUNCE).add(DnsRecord.txt(BOUNCE, "v=spf1 -all")),
                        "spf.foreign",
                        "existing,missing",
                        null),
                row(
                        dns -> dns.add(DnsRecord.txt(BOUNCE, "v=spf1 -all")),
                        "spf.multiple",
                        "multiple",
                        ApiError.MULTIPLE_SPF),
                row(dns -> dns.remove("TXT", DKIM), "dkim.missing", "missing", null),
                row(dns -> dns.add(DnsRecord.txt(DKIM, "v=DKIM1; p=x")), "dkim.conflict", "existing,missing", null),
                row(
                        dns -> dns.remove("TXT", DKIM).add(DnsRecord.cname(DKIM, "keys.example.org")),
                        "dkim.conflict",
                        "existing,missing",
                        null),
                row(dns -> dns.remove("TXT", DMARC), "dmarc.missing", "missing", null),
                row(
                        dns -> dns.add(DnsRecord.txt(DMARC, "v=DMARC1; p=none")),
                        "dmarc.multiple",
                        "multiple",
                        ApiError.MULTIPLE_DMARC));
    }

    private static Arguments row(Consumer<DnsZone> edit, String code, String fields, ApiError repair) {
        return Arguments.of(edit, code, fields, repair);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("misconfigurations")
    void misconfigurationsAreFoundAndRepaired(Consumer<DnsZone> edit, String code, String fields, ApiError repair)
            throws Exception {
        edit.accept(sandbox.dns());
        JsonNode status = status();
        assertEquals("misconfigured", status.get("status").textValue());
        for (JsonNode error : status.get("errors")) {
            assertEquals(code, error.get("code").textValue());
            List<String> names = new ArrayList<>();
            error.fieldNames().forEachRemaining(names::add);
            assertEquals("code," + fields, String.join(",", names));
        }
        var repaired = client.call("POST", domain() + "/dns", null);
        if (repair != null) {
            assertError(repair, repaired);
        } else {
            assertEquals(6, result(repaired).size());
            assertEquals("ready", status().get("status").textValue());
        }
    }

    @Test
    void aDelegatedKeyCannotBeRepaired() throws Exception {
        sandbox.dns().add(DnsRecord.ns("_domainkey.example.com", "ns.example.org"));
        client.call("POST", domain() + "/dns", null);
        assertEquals("domainkey.delegated", status().at("/errors/0/code").textValue());
    }

    @Test
    void aPolicyOfOnesOwnStays() throws Exception {
        sandbox.dns().add(DnsRecord.txt("_dmarc.w.example.com", "v=DMARC1; p=none"));
        client.call("POST", BASE, "{\"name\":\"w.example.com\"}");
        assertEquals(1, sandbox.dns().records("TXT", "_dmarc.w.example.com").size());
    }

    @ParameterizedTest
    @MethodSource("misconfigurations")
    void conflictsStopCreation(Consumer<DnsZone> edit, String code, String fields, ApiError conflict) throws Exception {
        String one = domain();
        client.call("DELETE", one, null);
        sandbox.dns().add(DnsRecord.txt(BOUNCE, "v=spf1 include:_spf.mx.cloudflare.net ~all"));
        edit.accept(sandbox.dns());
        var created = client.call("POST", BASE, "{\"name\":\"example.com\"}");
        if (conflict == null) {
            assertEquals(
                    "ready",
                    result(created).isEmpty() ? "" : status().get("status").textValue());
        } else {
            assertError(conflict, created);
        }
    }

    @Test
    void aNameServerServesTheRecords() throws Exception {
        assertEquals(List.of("v=DMARC1; p=reject;"), lookUp(DMARC, "TXT"));
        assertEquals(
                List.of("10 route1.mx.cloudflare.net.", "20 route2.mx.cloudflare.net.", "30 route3.mx.cloudflare.net."),
                lookUp(BOUNCE, "MX"));
        assertEquals(
                sandbox.dns().records("TXT", DKIM).get(0).content().replace(" ", ""),
                lookUp("CF-bounce._domainkey.example.com", "TXT").get(0).replace(" ", ""));
        assertEquals(List.of(), lookUp("_domainkey.example.com", "TXT"));
        assertThrows(NameNotFoundException.class, () -> lookUp("nobody.example.com", "MX"));
        sandbox.dns().add(DnsRecord.ns("sub.example.com", "ns.example.org"));
        assertEquals(List.of("ns.example.org."), lookUp("sub.example.com", "NS"));
        assertTrue(sandbox.dnsServer().equals(sandbox.dnsServer()));
    }

    private List<String> lookUp(String name, String type) throws NamingException {
        Properties environment = new Properties();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, "dns://" + sandbox.dnsServer());
        InitialDirContext context = new InitialDirContext(environment);
        try {
            Attribute found = context.getAttributes(name, new String[] {type}).get(type);
            List<String> values = new ArrayList<>();
            for (int i = 0; found != null && i < found.size(); i++) {
                // JNDI puts what has blanks in quotation marks, and blanks between the strings of a long text.
                values.add(found.get(i).toString().replace("\"", ""));
            }
            return values;
        } finally {
            context.close();
        }
    }
}
