package io.flaremail.sandbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The simulated DNS: every record of every zone of the account. Enabling a domain writes its records here, and a test may take some
 * away or put others beside them. Safe for use by many threads.
 */
public final class DnsZone {
    private final List<DnsRecord> records = new ArrayList<>();
    private boolean unlocked;

    DnsZone() {}

    public synchronized List<DnsRecord> records() {
        return List.copyOf(records);
    }

    public synchronized List<DnsRecord> records(String type, String name) {
        return records.stream().filter(record -> record.is(type, name)).toList();
    }

    /** Adds what is not there yet. */
    public synchronized DnsZone add(DnsRecord... more) {
        for (DnsRecord record : more) {
            if (!records.contains(record)) {
                records.add(record);
            }
        }
        return this;
    }

    /** Takes away every record of this type at this name. */
    public synchronized DnsZone remove(String type, String name) {
        records.removeIf(record -> record.is(type, name));
        return this;
    }

    public synchronized DnsZone remove(DnsRecord record) {
        records.remove(record);
        return this;
    }

    synchronized void removeAll(Collection<DnsRecord> gone) {
        records.removeAll(gone);
    }

    /** Whether the records can be edited by hand: a domain that is in order then has the status {@code unlocked}, not {@code ready}. */
    public synchronized DnsZone unlocked(boolean unlocked) {
        this.unlocked = unlocked;
        return this;
    }

    synchronized boolean isUnlocked() {
        return unlocked;
    }
}
