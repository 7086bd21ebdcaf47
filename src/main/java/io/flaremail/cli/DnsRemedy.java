package io.flaremail.cli;

import io.flaremail.dns.DnsRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What to do about DNS: a sentence, and the records that it is about, each to be copied as a line. Immutable. */
final class DnsRemedy {
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
