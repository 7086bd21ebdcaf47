package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The comparisons counted, one row a source. */
final class DifferentialTable {
    private static final Map<String, Integer> CORPORA =
            Map.of("mime4j", 80, "tika", 23, "jdkim", 76, "commons-email", 10);

    private static final class Row {
        final Map<Comparison.Kind, Integer> kinds = new EnumMap<>(Comparison.Kind.class);
        final Map<String, Integer> refusals = new TreeMap<>();
        int stored;

        int messages() {
            return kinds.values().stream().mapToInt(Integer::intValue).sum();
        }

        int count(Comparison.Kind kind) {
            return kinds.getOrDefault(kind, 0);
        }

        private String refused() {
            String reasons = refusals.entrySet().stream()
                    .map(each -> each.getValue() + " " + each.getKey())
                    .collect(Collectors.joining(", "));
            return reasons.isEmpty() ? "0" : count(Comparison.Kind.REFUSED) + ": " + reasons;
        }

        String cells() {
            return "%8d | %10d | %9d | %10d | %s"
                    .formatted(
                            messages(),
                            count(Comparison.Kind.BYTE_EQUAL),
                            count(Comparison.Kind.REWRITTEN),
                            stored,
                            refused());
        }
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();

    void count(String source, Comparison comparison) {
        Row row = rows.computeIfAbsent(source, any -> new Row());
        row.kinds.merge(comparison.kind(), 1, Integer::sum);
        row.stored += comparison.asStored() ? 1 : 0;
        if (comparison.refusal() != null) {
            row.refusals.merge(comparison.refusal(), 1, Integer::sum);
        }
    }

    /** Fails if a corpus shrank or one of the outcomes was hardly tried. */
    void assertComplete(int generated) {
        CORPORA.forEach((corpus, atLeast) -> {
            assertTrue(rows.get(corpus).messages() >= atLeast, toString());
            assertEquals(0, rows.get(corpus).count(Comparison.Kind.REFUSED), toString());
        });
        Row row = rows.get("generated");
        assertEquals(generated, row.messages(), toString());
        assertTrue(row.count(Comparison.Kind.BYTE_EQUAL) > generated / 3, toString());
        assertTrue(row.count(Comparison.Kind.REWRITTEN) > generated / 3, toString());
        assertTrue(row.refusals.size() >= 3, toString());
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("""
                The same message through Flaremail and through Angus Mail's SMTP transport

                | source        | messages | byte-equal | rewritten | GreenMail* | refused, and why
                |---------------|---------:|-----------:|----------:|-----------:|-----------------
                """);
        rows.forEach((source, row) -> table.append("| %-13s | %s%n".formatted(source, row.cells())));
        return table.append("""

                rewritten: SMTP's octets are not UTF-8, which JSON cannot carry; what is read is the same
                * stores the octets that SMTP sent as they are; of the others it alters the header
                """).toString();
    }
}
