package io.flaremail.dns;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What resolvers answer for one record that the API expects. Immutable. */
public final class DnsFinding {
    /** The answers there are. */
    public enum State {
        /** The record is there, and nothing is in its way. */
        PUBLISHED,
        /** No record of its kind is there. */
        MISSING,
        /** Another record is published instead. */
        DIFFERENT,
        /** The record is there, and so is another of which there may be only one, such as a second SPF policy. */
        CONFLICTING,
        /** No server told. */
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

    /** What the API expects; never null. */
    public DnsRecord getExpected() {
        return expected;
    }

    /** What came of the question; never null. */
    public State getState() {
        return state;
    }

    /** The records that are in its place or in its way; never null. */
    public List<DnsRecord> getOthers() {
        return others;
    }

    /** Why the lookup failed; present exactly when {@link State#UNKNOWN}. */
    public Optional<IOException> getFailure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Whether the record serves its purpose: it is published, or it is a DMARC policy, of which the domain's owner may
     * have another.
     */
    public boolean isFine() {
        boolean ownPolicy = state == State.DIFFERENT && others.size() == 1 && DnsComparison.isDmarc(expected);
        return state == State.PUBLISHED || ownPolicy;
    }

    @Override
    public String toString() {
        return expected + ": " + state + (others.isEmpty() ? "" : " " + others);
    }
}
