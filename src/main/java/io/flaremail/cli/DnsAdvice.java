package io.flaremail.cli;

import io.flaremail.api.DnsProblem;
import io.flaremail.api.DnsStatus;
import io.flaremail.dns.DnsFinding;
import io.flaremail.dns.DnsRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to do about a domain's DNS. */
final class DnsAdvice {
    private DnsAdvice() {}

    static DnsRemedy about(DnsProblem problem, String domain) {
        List<DnsRecord> existing = list(problem.getExisting());
        switch (problem.getCode()) {
            case "mx.missing":
            case "spf.missing":
            case "dkim.missing":
            case "dmarc.missing":
                List<DnsRecord> missing = list(problem.getMissing());
                return new DnsRemedy(repair(domain) + (missing.isEmpty() ? "" : ", or publish"), missing);
            case "mx.foreign":
                return new DnsRemedy("remove the MX record of the other service, or send from another name", existing);
            case "spf.foreign":
                return new DnsRemedy("add Cloudflare's include to the SPF record", existing);
            case "spf.multiple":
                return new DnsRemedy("merge the SPF records into one", problem.getMultiple());
            case "dkim.conflict":
                return new DnsRemedy("remove the other DKIM key, then " + repair(domain), existing);
            case "dmarc.multiple":
                return new DnsRemedy("keep only one of the DMARC records", problem.getMultiple());
            case "domainkey.delegated":
                return new DnsRemedy(
                        "the name _domainkey is delegated to another server: publish the DKIM record there",
                        list(problem.getMissing()));
            default:
                return DnsRemedy.of(repair(domain));
        }
    }

    /** Remedies by the codes of the problems that they are for. All missing records are one problem. */
    static Map<String, DnsRemedy> about(List<DnsProblem> problems, String domain) {
        Map<Boolean, List<DnsProblem>> missing = problems.stream()
                .collect(Collectors.partitioningBy(problem -> problem.getCode().endsWith(".missing")));
        Map<String, DnsRemedy> remedies = new LinkedHashMap<>();
        if (!missing.get(true).isEmpty()) {
            Map<String, Long> codes = missing.get(true).stream()
                    .collect(Collectors.groupingBy(DnsProblem::getCode, LinkedHashMap::new, Collectors.counting()));
            String label = codes.entrySet().stream()
                    .map(code -> code.getKey() + (code.getValue() > 1 ? " (" + code.getValue() + ")" : ""))
                    .collect(Collectors.joining(", "));
            missing.get(true).forEach(problem -> remedies.merge(label, about(problem, domain), DnsRemedy::and));
        }
        missing.get(false).forEach(each -> remedies.merge(each.getCode(), about(each, domain), DnsRemedy::and));
        return remedies;
    }

    static String about(DnsStatus status, String domain) {
        return status.getStatus().equals("unlocked")
                ? repair(domain) + "; sending may work nevertheless"
                : repair(domain) + "; a domain that was just onboarded needs up to two minutes";
    }

    /** What is wrong with what resolvers answer; for findings that are not fine. */
    static DnsRemedy about(DnsFinding finding) {
        DnsRecord expected = finding.getExpected();
        switch (finding.getState()) {
            case MISSING:
                return new DnsRemedy(
                        "if just published, wait for the caches of resolvers to expire; otherwise publish",
                        list(expected));
            case DIFFERENT:
            case CONFLICTING:
                return spf(finding).orElseGet(() -> one(finding));
            default:
                String reason = finding.getFailure().map(Throwable::getMessage).orElse("no answer");
                return DnsRemedy.of(reason + "; ask another server with " + Wrapped.whole("--resolver 1.1.1.1"));
        }
    }

    /** Remedies by what is wrong. All missing records are one problem, and all that could not be looked up. */
    static Map<String, DnsRemedy> about(List<DnsFinding> findings) {
        Map<String, DnsRemedy> remedies = new LinkedHashMap<>();
        for (DnsFinding.State state : Arrays.asList(DnsFinding.State.MISSING, DnsFinding.State.UNKNOWN)) {
            List<DnsFinding> alike = findings.stream()
                    .filter(finding -> finding.getState() == state)
                    .collect(Collectors.toList());
            String label = alike.size() == 1 ? label(alike.get(0)) : alike.size() + " records are " + word(state);
            alike.forEach(finding -> remedies.merge(label, about(finding), DnsRemedy::and));
        }
        findings.stream()
                .filter(finding -> !finding.isFine() && !finding.getOthers().isEmpty())
                .forEach(finding -> remedies.merge(label(finding), about(finding), DnsRemedy::and));
        return remedies;
    }

    private static String label(DnsFinding finding) {
        DnsRecord expected = finding.getExpected();
        return expected.getType() + " " + expected.getName() + " is " + word(finding.getState());
    }

    private static String word(DnsFinding.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static DnsRemedy one(DnsFinding finding) {
        DnsRecord other = finding.getOthers().get(0);
        return finding.getState() == DnsFinding.State.DIFFERENT
                ? new DnsRemedy(
                        "replace the first of these records by the second", Arrays.asList(other, finding.getExpected()))
                : new DnsRemedy("remove, since only one is allowed", list(other));
    }

    /** A valid SPF record authorises other senders, so it is extended, never replaced. RFC 7208 3.2. */
    private static Optional<DnsRemedy> spf(DnsFinding finding) {
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
        return Optional.of(new DnsRemedy(
                more ? "only one SPF record is allowed; merge them" : "extend the existing SPF record",
                list(new DnsRecord(expected.getType(), expected.getName(), merged, null, null))));
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

    private static List<DnsRecord> list(DnsRecord record) {
        return Collections.singletonList(record);
    }

    private static List<DnsRecord> list(Optional<DnsRecord> record) {
        return record.map(Collections::singletonList).orElse(Collections.emptyList());
    }

    private static String repair(String domain) {
        return Wrapped.whole("flaremail subdomains repair " + domain);
    }

    /** What to do about DNS: a sentence, and the records that it is about, each to be copied as a line. Immutable. */
    static final class DnsRemedy {
        /** Ends with a colon if records follow. */
        final String text;

        final List<DnsRecord> records;

        /** @param text without the colon */
        DnsRemedy(String text, List<DnsRecord> records) {
            this.text = records.isEmpty() ? text : text + ":";
            this.records = Collections.unmodifiableList(new ArrayList<>(records));
        }

        static DnsRemedy of(String text) {
            return new DnsRemedy(text, Collections.emptyList());
        }

        /** The same sentence about the other's records, too. */
        DnsRemedy and(DnsRemedy other) {
            List<DnsRecord> all = new ArrayList<>(records);
            other.records.stream()
                    .filter(record -> !lines().contains(record.toString()))
                    .forEach(all::add);
            return all.isEmpty() ? this : new DnsRemedy(text.replaceAll(":$", ""), all);
        }

        List<String> lines() {
            return records.stream().map(DnsRecord::toString).collect(Collectors.toList());
        }

        /** In one line, for machines. */
        @Override
        public String toString() {
            return Wrapped.plain(records.isEmpty() ? text : text + " " + String.join(", ", lines()));
        }
    }
}
