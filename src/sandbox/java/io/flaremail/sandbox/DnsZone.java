package io.flaremail.sandbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The simulated DNS: every record of every zone of the account. Enabling a domain writes its records here, and a test may take some
 * away or put others beside them. Safe for use by many threads.
 */
public final class DnsZone {
    private static final String KIND = "dns-record";

    private final List<DnsRecord> records = new ArrayList<>();
    private final Storage storage;
    private boolean unlocked;

    /** Begins with the records that are in the storage. */
    DnsZone(Storage storage) {
        this.storage = storage;
        records.addAll(storage.all(KIND, DnsRecord.class));
    }

    private static String id(DnsRecord record) {
        return record.type() + " " + record.name() + " " + record.priority() + " " + record.content();
    }

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
                storage.put(KIND, id(record), record);
            }
        }
        return this;
    }

    /** Takes away every record of this type at this name. */
    public synchronized DnsZone remove(String type, String name) {
        removeAll(records(type, name));
        return this;
    }

    public synchronized DnsZone remove(DnsRecord record) {
        removeAll(List.of(record));
        return this;
    }

    synchronized void removeAll(Collection<DnsRecord> gone) {
        records.removeAll(gone);
        gone.forEach(record -> storage.remove(KIND, id(record)));
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
