package io.flaremail.dns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares an expected record with the answers to its query. Pure.
 *
 * <p>Tests: DnsCheckTest.
 */
final class DnsComparison {
    private DnsComparison() {}

    /**
     * Compares.
     *
     * @param all the expected records, which never conflict
     * @param answers the records of this name and type
     */
    static DnsFinding compare(DnsRecord expected, List<DnsRecord> all, List<DnsRecord> answers) {
        boolean published = false;
        List<DnsRecord> others = new ArrayList<>();
        for (DnsRecord answer : answers) {
            if (same(expected, answer) || !published && includes(expected, answer)) {
                published = true;
            } else if (purpose(expected).equals(purpose(answer))
                    && all.stream().noneMatch(wanted -> same(wanted, answer))) {
                others.add(answer);
            }
        }
        if (published) {
            return DnsFinding.of(
                    expected, others.isEmpty() ? DnsFinding.State.PUBLISHED : DnsFinding.State.CONFLICTING, others);
        }
        return DnsFinding.of(
                expected, others.isEmpty() ? DnsFinding.State.MISSING : DnsFinding.State.DIFFERENT, others);
    }

    static boolean isDmarc(DnsRecord record) {
        return record.getType().equals("TXT") && purpose(record).equals("v=dmarc1");
    }

    /** A domain name in the form for comparison: RFC 1035 section 2.3.3. */
    static String host(String name) {
        String lower = name.trim().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean same(DnsRecord one, DnsRecord other) {
        return one.getType().equalsIgnoreCase(other.getType())
                && host(one.getName()).equals(host(other.getName()))
                && content(one).equals(content(other))
                && samePriority(one.getPriority(), other.getPriority());
    }

    private static boolean samePriority(Optional<Long> one, Optional<Long> other) {
        return !one.isPresent() || !other.isPresent() || one.equals(other);
    }

    private static String content(DnsRecord record) {
        if (!record.getType().equalsIgnoreCase("TXT")) {
            return host(record.getContent());
        }
        String text = record.getText().replaceAll("\\s*;\\s*", ";").replaceAll(";+$", "");
        boolean keyed = isKey(record);
        return keyed ? text : text.toLowerCase(Locale.ROOT); // base64 is case-sensitive, policies are not
    }

    /** Records of equal purpose at one name are alternatives: MX, DKIM keys, SPF policies, DMARC policies. */
    private static String purpose(DnsRecord record) {
        if (!record.getType().equalsIgnoreCase("TXT") || isKey(record)) {
            return "";
        }
        String version = record.getText().toLowerCase(Locale.ROOT).split("[\\s;]", 2)[0];
        return version.startsWith("v=") ? version : "another text";
    }

    private static boolean isKey(DnsRecord record) {
        return host(record.getName()).contains("._domainkey.");
    }

    /** Whether the answer is an SPF policy with all expected terms, RFC 7208 section 4.6. */
    private static boolean includes(DnsRecord expected, DnsRecord answer) {
        List<String> terms = Arrays.asList(content(answer).split("\\s+"));
        return purpose(expected).equals("v=spf1")
                && purpose(answer).equals("v=spf1")
                && Arrays.stream(content(expected).split("\\s+"))
                        .filter(term -> !term.matches("[-+~?]?all|redirect=.*"))
                        .allMatch(terms::contains);
    }
}
