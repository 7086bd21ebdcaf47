package io.flaremail.cli;

import io.flaremail.api.DnsProblem;
import io.flaremail.api.DnsStatus;
import io.flaremail.dns.DnsFinding;
import io.flaremail.dns.DnsRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to do about a domain's DNS. */
final class DnsAdvice {
    private DnsAdvice() {}

    static String about(DnsProblem problem, String domain) {
        switch (problem.getCode()) {
            case "mx.missing":
            case "spf.missing":
            case "dkim.missing":
            case "dmarc.missing":
                return problem.getMissing()
                                .map(record -> "publish " + record + ", or ")
                                .orElse("")
                        + repair(domain);
            case "mx.foreign":
                return "remove the MX record of another service" + existing(problem) + ", or send from another name";
            case "spf.foreign":
                return "put Cloudflare's include into the SPF record" + existing(problem);
            case "spf.multiple":
                return "keep one SPF record, and merge what the others say into it";
            case "dkim.conflict":
                return "remove the other DKIM key" + existing(problem) + ", then " + repair(domain);
            case "dmarc.multiple":
                return "keep one DMARC record";
            case "domainkey.delegated":
                return "the name _domainkey is delegated to another server: publish the DKIM record there";
            default:
                return repair(domain);
        }
    }

    static String about(DnsStatus status, String domain) {
        return status.getStatus().equals("unlocked")
                ? repair(domain) + "; sending may work all the same"
                : repair(domain) + "; a domain just onboarded needs up to two minutes";
    }

    /** What is wrong with what resolvers answer; for findings that are not fine. */
    static String about(DnsFinding finding) {
        DnsRecord expected = finding.getExpected();
        switch (finding.getState()) {
            case MISSING:
                // The record last, so that it can be copied.
                return "wait, if you just published it, for resolvers to forget that it was not there; otherwise publish "
                        + expected;
            case DIFFERENT:
            case CONFLICTING:
                return spf(finding).orElseGet(() -> one(finding));
            default:
                return "ask other servers with --resolver, such as 1.1.1.1";
        }
    }

    private static String one(DnsFinding finding) {
        DnsRecord other = finding.getOthers().get(0);
        return finding.getState() == DnsFinding.State.DIFFERENT
                ? "replace " + other + " by " + finding.getExpected()
                : "remove " + other + ", there may be only one";
    }

    /** A valid SPF record authorises other senders, so it is extended, never replaced. RFC 7208 3.2. */
    private static Optional<String> spf(DnsFinding finding) {
        DnsRecord expected = finding.getExpected();
        List<String> policies = finding.getOthers().stream()
                .filter(DnsAdvice::isSpf)
                .map(DnsRecord::getText)
                .collect(Collectors.toList());
        if (!isSpf(expected) || policies.isEmpty()) {
            return Optional.empty();
        }
        String merged = policies.get(0);
        for (String policy : policies.subList(1, policies.size())) {
            merged = merged(merged, policy);
        }
        merged = merged(merged, expected.getText());
        boolean more = policies.size() > 1 || finding.getState() == DnsFinding.State.CONFLICTING;
        return Optional.of((more ? "only one SPF record is allowed; merge them: " : "extend the existing SPF record: ")
                + new DnsRecord(expected.getType(), expected.getName(), merged, null, null));
    }

    private static boolean isSpf(DnsRecord record) {
        return record.getType().equalsIgnoreCase("TXT")
                && record.getText().toLowerCase(Locale.ROOT).matches("v=spf1( .*)?");
    }

    /** Inserts the missing mechanisms before "all" or "redirect". RFC 7208 5.1, 6.1. */
    private static String merged(String there, String expected) {
        List<String> terms = new ArrayList<>(Arrays.asList(there.trim().split("\\s+")));
        int end = 1;
        while (end < terms.size() && !terms.get(end).toLowerCase(Locale.ROOT).matches("[-+~?]?all|redirect=.*")) {
            end++;
        }
        for (String term : expected.trim().split("\\s+")) {
            boolean known = terms.stream().anyMatch(term::equalsIgnoreCase);
            if (!known && !term.toLowerCase(Locale.ROOT).matches("v=spf1|[-+~?]?all|redirect=.*")) {
                terms.add(end++, term);
            }
        }
        return String.join(" ", terms);
    }

    private static String existing(DnsProblem problem) {
        return problem.getExisting().map(record -> " " + record).orElse("");
    }

    private static String repair(String domain) {
        return "flaremail subdomains repair " + domain;
    }
}
