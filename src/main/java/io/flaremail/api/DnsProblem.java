package io.flaremail.api;

import io.flaremail.dns.DnsRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One problem that the API reports for a sending domain's DNS. Immutable. */
public final class DnsProblem {
    private final String code;
    private final DnsRecord existing;
    private final DnsRecord missing;
    private final List<DnsRecord> multiple;

    private DnsProblem(String code, DnsRecord existing, DnsRecord missing, List<DnsRecord> multiple) {
        this.code = code;
        this.existing = existing;
        this.missing = missing;
        this.multiple = Collections.unmodifiableList(multiple);
    }

    static DnsProblem of(JsonValue json) {
        List<DnsRecord> multiple = new ArrayList<>();
        json.get("multiple").objects().forEach(record -> multiple.add(DnsStatus.record(record)));
        return new DnsProblem(
                json.text("code").orElse(""), record(json, "existing"), record(json, "missing"), multiple);
    }

    private static DnsRecord record(JsonValue json, String name) {
        return json.get(name).isObject() ? DnsStatus.record(json.get(name)) : null;
    }

    /** The code, such as {@code mx.missing}, {@code spf.multiple}, {@code dkim.conflict}; never null. */
    public String getCode() {
        return code;
    }

    /** The published record that conflicts. */
    public Optional<DnsRecord> getExisting() {
        return Optional.ofNullable(existing);
    }

    /** The record to publish. */
    public Optional<DnsRecord> getMissing() {
        return Optional.ofNullable(missing);
    }

    /** The records of which only one is allowed; never null, may be empty. */
    public List<DnsRecord> getMultiple() {
        return multiple;
    }

    @Override
    public String toString() {
        return code;
    }
}
