package io.flaremail.dns;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Compares the records that the API expects with the current answers of resolvers, as a receiving server sees them. The
 * API's own view of the DNS may be older, and a resolver may answer from its cache.
 *
 * <p>Tests: DnsCheckTest.
 */
public final class DnsCheck {
    /** After this many consecutive timeouts the remaining lookups are skipped. */
    private static final int MOST_SILENCES = 2;

    private final DnsLookup lookup;

    private DnsCheck(DnsLookup lookup) {
        this.lookup = lookup;
    }

    /** A check that uses this lookup. */
    public static DnsCheck with(DnsLookup lookup) {
        return new DnsCheck(Objects.requireNonNull(lookup, "lookup"));
    }

    /**
     * A check that uses the Java runtime's DNS provider.
     *
     * @param servers such as {@code 192.0.2.1} or {@code 127.0.0.1:5353}: asked in order until one answers; empty for
     *     the system's resolvers
     * @param timeout for the first try of each query at each server, 1 ms to 10 min; a second try takes twice as long
     * @throws IllegalArgumentException if the timeout is out of range
     */
    public static DnsCheck asking(List<String> servers, Duration timeout) {
        return new DnsCheck(new JndiDnsLookup(
                Objects.requireNonNull(servers, "servers"), Objects.requireNonNull(timeout, "timeout")));
    }

    /**
     * Looks up each record. After two consecutive lookups without an answer, the remaining ones are skipped and
     * reported as unknown.
     *
     * @param expected such as the records that the API returns
     * @return one finding for each, in the same order; never null
     */
    public List<DnsFinding> check(List<DnsRecord> expected) {
        return check(expected, record -> {});
    }

    /**
     * As {@link #check(List)}, with progress.
     *
     * @param asking receives each record before its lookup
     */
    public List<DnsFinding> check(List<DnsRecord> expected, Consumer<DnsRecord> asking) {
        Map<String, Answers> asked = new LinkedHashMap<>();
        List<DnsFinding> findings = new ArrayList<>();
        for (DnsRecord record : Objects.requireNonNull(expected, "expected")) {
            String question = record.getType() + " " + DnsComparison.host(record.getName());
            Answers answers = asked.get(question);
            if (answers == null) {
                answers = isSilent(asked.values()) ? last(asked.values()) : ask(record, asking);
                asked.put(question, answers);
            }
            findings.add(
                    answers.failure != null
                            ? DnsFinding.unknown(record, answers.failure)
                            : DnsComparison.compare(record, expected, answers.records));
        }
        return Collections.unmodifiableList(findings);
    }

    private static boolean isSilent(Collection<Answers> asked) {
        return asked.size() >= MOST_SILENCES
                && asked.stream()
                        .skip(asked.size() - MOST_SILENCES)
                        .allMatch(answers -> answers.failure instanceof SocketTimeoutException);
    }

    private static Answers last(Collection<Answers> asked) {
        return asked.stream().skip(asked.size() - 1).findFirst().get();
    }

    private Answers ask(DnsRecord record, Consumer<DnsRecord> asking) {
        asking.accept(record);
        try {
            return new Answers(lookup.lookup(record.getName(), record.getType()), null);
        } catch (IOException e) {
            return new Answers(Collections.emptyList(), e);
        }
    }

    private static final class Answers {
        final List<DnsRecord> records;

        /** Null if a server answered. */
        final IOException failure;

        Answers(List<DnsRecord> records, IOException failure) {
            this.records = records;
            this.failure = failure;
        }
    }
}
