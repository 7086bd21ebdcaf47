package io.flaremail.api;

import io.flaremail.dns.DnsRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The API's view of a sending domain's DNS. Immutable. */
public final class DnsStatus {
    private final String status;
    private final List<DnsRecord> records;
    private final List<DnsProblem> problems;

    private DnsStatus(String status, List<DnsRecord> records, List<DnsProblem> problems) {
        this.status = status;
        this.records = Collections.unmodifiableList(records);
        this.problems = Collections.unmodifiableList(problems);
    }

    /** Reads a record from the API's JSON. */
    static DnsRecord record(JsonValue json) {
        return new DnsRecord(
                json.text("type").orElse(""),
                json.text("name").orElse(""),
                json.text("content").orElse(""),
                json.number("priority").orElse(null),
                json.number("ttl").orElse(null));
    }

    static DnsStatus of(JsonValue json) {
        List<DnsRecord> records = new ArrayList<>();
        json.get("records").objects().forEach(record -> records.add(record(record)));
        List<DnsProblem> problems = new ArrayList<>();
        json.get("errors").objects().forEach(problem -> problems.add(DnsProblem.of(problem)));
        return new DnsStatus(json.text("status").orElse("unknown"), records, problems);
    }

    /**
     * {@code ready}, {@code unconfigured}, {@code unlocked}, {@code misconfigured}, or a value added later; never null.
     */
    public String getStatus() {
        return status;
    }

    /** Whether the DNS allows sending mail. */
    public boolean isReady() {
        return status.equals("ready");
    }

    /** The records that the API checked; never null. */
    public List<DnsRecord> getRecords() {
        return records;
    }

    /** The problems found; never null, empty if there are none. */
    public List<DnsProblem> getProblems() {
        return problems;
    }

    @Override
    public String toString() {
        return problems.isEmpty() ? status : status + " " + problems;
    }
}
