package io.flaremail.dns;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The result of the check of one expected record. Immutable. */
public final class DnsFinding {
    /** The possible results. */
    public enum State {
        /** The record is published, without conflicts. */
        PUBLISHED,
        /** No record of its kind is published. */
        MISSING,
        /** Another record is published instead. */
        DIFFERENT,
        /** The record is published, and so is a conflicting one, such as a second SPF policy. */
        CONFLICTING,
        /** The lookup failed. */
        UNKNOWN
    }

    private final DnsRecord expected;
    private final State state;
    private final List<DnsRecord> others;
    private final IOException failure;

    private DnsFinding(DnsRecord expected, State state, List<DnsRecord> others, IOException failure) {
        this.expected = expected;
        this.state = state;
        this.others = Collections.unmodifiableList(others);
        this.failure = failure;
    }

    static DnsFinding of(DnsRecord expected, State state, List<DnsRecord> others) {
        return new DnsFinding(expected, state, others, null);
    }

    static DnsFinding unknown(DnsRecord expected, IOException failure) {
        return new DnsFinding(expected, State.UNKNOWN, Collections.emptyList(), failure);
    }

    /** The expected record; never null. */
    public DnsRecord getExpected() {
        return expected;
    }

    /** The result; never null. */
    public State getState() {
        return state;
    }

    /** The records published instead of it, or in conflict with it; never null. */
    public List<DnsRecord> getOthers() {
        return others;
    }

    /** Why the lookup failed; present exactly if the state is {@link State#UNKNOWN}. */
    public Optional<IOException> getFailure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the record serves its purpose: it is published, or the domain has a DMARC policy of its own instead. */
    public boolean isFine() {
        boolean ownPolicy = state == State.DIFFERENT && others.size() == 1 && DnsComparison.isDmarc(expected);
        return state == State.PUBLISHED || ownPolicy;
    }

    @Override
    public String toString() {
        return expected + ": " + state + (others.isEmpty() ? "" : " " + others);
    }
}
