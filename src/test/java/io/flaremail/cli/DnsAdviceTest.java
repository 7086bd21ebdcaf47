package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.dns.DnsCheck;
import io.flaremail.dns.DnsFinding;
import io.flaremail.dns.DnsRecord;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Advice about DNS records. A valid SPF record is extended, never replaced or removed. */
class DnsAdviceTest {
    private static final String NAME = "cf-bounce.example.com";
    private static final String EXPECTED = "v=spf1 include:_spf.mx.cloudflare.net ~all";
    private static final String ADD = "extend the existing SPF record: ";
    private static final String MERGE = "only one SPF record is allowed; merge them: ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=spf1 include:_spf.example.net -all       | + | v=spf1 include:_spf.example.net include:_spf.mx.cloudflare.net -all",
                "V=SPF1 a MX ip4:192.0.2.1 ?ALL             | + | V=SPF1 a MX ip4:192.0.2.1 include:_spf.mx.cloudflare.net ?ALL",
                "v=spf1 redirect=_spf.example.net           | + | v=spf1 include:_spf.mx.cloudflare.net redirect=_spf.example.net",
                "v=spf1 a                                   | + | v=spf1 a include:_spf.mx.cloudflare.net",
                "v=spf1                                     | + | v=spf1 include:_spf.mx.cloudflare.net",
                "v=spf1 a -all~v=spf1 mx -all               | * | v=spf1 a mx include:_spf.mx.cloudflare.net -all",
                "v=spf1 include:_spf.mx.cloudflare.net ~all~v=spf1 mx -all | * | v=spf1 mx include:_spf.mx.cloudflare.net -all",
            })
    void aValidSpfRecordIsKept(String answers, String how, String merged) {
        String advice = advice(EXPECTED, answers.split("~(?=v=)"));
        assertEquals((how.equals("+") ? ADD : MERGE) + NAME + " TXT " + merged, advice);
    }

    /** As the advice says: then there is nothing left to do. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=spf1 a include:_spf.mx.cloudflare.net -all",
                "v=spf1 Include:_SPF.mx.cloudflare.net -all",
                "v=spf1 include:_spf.mx.cloudflare.net redirect=_spf.example.net",
            })
    void aRecordThatHasBothIsFine(String answer) {
        assertTrue(finding(txt(NAME, EXPECTED), List.of(txt(NAME, answer))).isFine());
        assertTrue(finding(txt(NAME, '"' + EXPECTED + '"'), List.of(txt(NAME, answer)))
                .isFine());
        DnsFinding two = finding(txt(NAME, EXPECTED), List.of(txt(NAME, answer), txt(NAME, "v=spf1 mx -all")));
        assertEquals(DnsFinding.State.CONFLICTING, two.getState());
    }

    @Test
    void anExpectedRecordInQuotesIsReadAsOneWithout() {
        assertEquals(
                ADD + NAME + " TXT v=spf1 a include:_spf.mx.cloudflare.net -all",
                advice("\"v=spf1 include:_spf.mx\" \".cloudflare.net ~all\"", "v=spf1 a -all"));
    }

    @Test
    void othersAreReplacedOrRemoved() {
        DnsRecord key = txt("cf-bounce._domainkey.example.com", "v=DKIM1; p=AbC");
        DnsRecord another = txt("cf-bounce._domainkey.example.com", "v=DKIM1; p=other");
        assertEquals(
                "replace the first of these records by the second: " + another + ", " + key,
                DnsAdvice.about(finding(key, List.of(another))).toString());
        assertEquals(
                "remove, since only one is allowed: " + another,
                DnsAdvice.about(finding(key, List.of(key, another))).toString());
    }

    @Test
    void aSenderMayBeOfAnyLength() {
        for (String sender : List.of("a@" + "a.".repeat(100_000) + "com", "a@" + "\u00e9.".repeat(100_000) + "com")) {
            CliException e = assertThrows(CliException.class, () -> Domain.of(sender, "--from"));
            assertTrue(e.getMessage().startsWith("--from: expected an address"), e.getMessage());
        }
    }

    private static String advice(String expected, String... answers) {
        List<DnsRecord> records =
                Stream.of(answers).map(answer -> txt(NAME, answer)).toList();
        return DnsAdvice.about(finding(txt(NAME, expected), records)).toString();
    }

    private static DnsFinding finding(DnsRecord expected, List<DnsRecord> answers) {
        return DnsCheck.with((name, type) -> answers).check(List.of(expected)).get(0);
    }

    private static DnsRecord txt(String name, String content) {
        return new DnsRecord("TXT", name, content, null, null);
    }
}
