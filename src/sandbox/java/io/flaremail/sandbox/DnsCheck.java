package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** How the DNS of one sending domain differs from what it should be. */
final class DnsCheck {
    private final SendingRecords wanted;
    private final DnsZone dns;
    private final List<Finding> findings = new ArrayList<>();

    private DnsCheck(SendingRecords wanted, DnsZone dns) {
        this.wanted = wanted;
        this.dns = dns;
    }

    static DnsCheck of(SendingRecords wanted, DnsZone dns) {
        DnsCheck check = new DnsCheck(wanted, dns);
        check.checkMx();
        check.checkSpf();
        check.checkDkim();
        check.checkDmarc();
        return check;
    }

    private void checkMx() {
        List<DnsRecord> found = dns.records("MX", wanted.returnPath());
        found.stream()
                .filter(mx -> !mx.content().endsWith(".mx.cloudflare.net"))
                .forEach(mx -> add("mx.foreign", mx, null));
        wanted.mx().stream().filter(mx -> !found.contains(mx)).forEach(mx -> add("mx.missing", null, mx));
    }

    private void checkSpf() {
        List<DnsRecord> found = startingWith("v=spf1", dns.records("TXT", wanted.returnPath()));
        if (found.isEmpty()) {
            add("spf.missing", null, wanted.spf());
        } else if (found.size() > 1) {
            findings.add(new Finding("spf.multiple", null, null, found));
        } else if (!found.get(0).content().contains(SendingRecords.INCLUDE)) {
            add("spf.foreign", found.get(0), wanted.spf());
        }
    }

    private void checkDkim() {
        List<DnsRecord> delegated = dns.records("NS", "_domainkey." + wanted.domain());
        List<DnsRecord> found = new ArrayList<>(dns.records("TXT", wanted.dkimName()));
        found.addAll(dns.records("CNAME", wanted.dkimName()));
        List<DnsRecord> others =
                found.stream().filter(record -> !record.equals(wanted.dkim())).toList();
        if (!delegated.isEmpty()) {
            add("domainkey.delegated", delegated.get(0), null);
        } else if (found.isEmpty()) {
            add("dkim.missing", null, wanted.dkim());
        } else if (!others.isEmpty()) {
            add("dkim.conflict", others.get(0), wanted.dkim());
        }
    }

    private void checkDmarc() {
        List<DnsRecord> found = dmarc(dns.records("TXT", wanted.dmarcName()));
        if (found.isEmpty()) {
            add("dmarc.missing", null, wanted.dmarc());
        } else if (found.size() > 1) {
            findings.add(new Finding("dmarc.multiple", null, null, found));
        }
    }

    static List<DnsRecord> dmarc(List<DnsRecord> texts) {
        return startingWith("v=DMARC1", texts);
    }

    private static List<DnsRecord> startingWith(String version, List<DnsRecord> texts) {
        return texts.stream().filter(txt -> txt.content().startsWith(version)).toList();
    }

    private void add(String code, DnsRecord existing, DnsRecord missing) {
        findings.add(new Finding(code, existing, missing, List.of()));
    }

    /** Refuses what the service does not overwrite. */
    void requireWritable() {
        for (Finding finding : findings) {
            switch (finding.code()) {
                case "mx.foreign" -> throw conflict(ApiError.FOREIGN_MX, finding.existing());
                case "spf.multiple" ->
                    throw conflict(ApiError.MULTIPLE_SPF, finding.multiple().get(0));
                case "dmarc.multiple" ->
                    throw conflict(ApiError.MULTIPLE_DMARC, finding.multiple().get(0));
                default -> {}
            }
        }
    }

    private static Refusal conflict(ApiError error, DnsRecord record) {
        return new Refusal(error, "in the way: " + record.type() + " " + record.name());
    }

    private String status() {
        if (findings.isEmpty()) {
            return dns.isUnlocked() ? "unlocked" : "ready";
        }
        boolean nothingThere = findings.stream()
                .filter(finding -> finding.missing() != null && finding.existing() == null)
                .map(Finding::missing)
                .toList()
                .containsAll(List.of(wanted.mx().get(0), wanted.spf(), wanted.dkim()));
        return nothingThere ? "unconfigured" : "misconfigured";
    }

    ObjectNode json() {
        ObjectNode json = Answer.object().put("status", status());
        json.set("records", array(wanted.all()));
        ArrayNode errors = json.putArray("errors");
        findings.forEach(finding -> errors.add(finding.json()));
        return json;
    }

    static ArrayNode array(List<DnsRecord> records) {
        ArrayNode array = Answer.array();
        records.forEach(record -> array.add(record.json()));
        return array;
    }

    private record Finding(String code, DnsRecord existing, DnsRecord missing, List<DnsRecord> multiple) {
        ObjectNode json() {
            ObjectNode json = Answer.object().put("code", code);
            if (existing != null) {
                json.set("existing", existing.json());
            }
            if (missing != null) {
                json.set("missing", missing.json());
            }
            if (!multiple.isEmpty()) {
                json.set("multiple", array(multiple));
            }
            return json;
        }
    }
}
