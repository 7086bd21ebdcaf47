package io.flaremail.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table that `mvn -Pmutation test` prints. */
class MutationTableTest {
    private static final String REPORT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <mutations>
            <mutation detected='true' status='KILLED' numberOfTestsRun='3'><sourceFile>A.java</sourceFile>\
            <mutatedClass>io.flaremail.A</mutatedClass><mutatedMethod>run</mutatedMethod><lineNumber>7</lineNumber>\
            <mutator>org.pitest.mutationtest.engine.gregor.mutators.MathMutator</mutator>\
            <description>Replaced addition</description></mutation>
            <mutation detected='false' status='SURVIVED' numberOfTestsRun='3'><sourceFile>B.java</sourceFile>\
            <mutatedClass>io.flaremail.api.B</mutatedClass><mutatedMethod>wait</mutatedMethod><lineNumber>9</lineNumber>\
            <mutator>org.pitest.mutationtest.engine.gregor.mutators.VoidMethodCallMutator</mutator>\
            <description>removed call</description></mutation>
            <mutation detected='false' status='NO_COVERAGE' numberOfTestsRun='0'><sourceFile>B.java</sourceFile>\
            <mutatedClass>io.flaremail.api.B</mutatedClass><mutatedMethod>toString</mutatedMethod><lineNumber>10</lineNumber>\
            <mutator>org.pitest.mutationtest.engine.gregor.mutators.EmptyObjectReturnValsMutator</mutator>\
            <description>replaced return value</description></mutation>
            </mutations>
            """;

    private static List<MutationTable.Mutant> report() throws Exception {
        return MutationTable.read(new ByteArrayInputStream(REPORT.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void survivorsAreCountedAndNamed() throws Exception {
        MutationTable table = new MutationTable(report(), List.of("# a comment", ""));
        assertEquals(
                List.of(
                        "io.flaremail.api.B#toString EmptyObjectReturnVals, line 10: replaced return value, no coverage",
                        "io.flaremail.api.B#wait VoidMethodCall, line 9: removed call"),
                table.survivors());
        assertTrue(
                table.toString()
                        .contains(
                                "| io.flaremail      |       1 |      1 |        0 |           0 |          0 |   100 %"),
                table::toString);
        assertTrue(
                table.toString()
                        .contains(
                                "| io.flaremail.api  |       2 |      0 |        1 |           1 |          0 |     0 %"),
                table::toString);
        assertTrue(
                table.toString()
                        .contains(
                                "| all               |       3 |      1 |        1 |           1 |          0 |    33 %"),
                table::toString);
        assertFalse(table.isGood());
    }

    @Test
    void equivalentsAreSubtractedAndThoseThatMatchNothingAreNamed() throws Exception {
        MutationTable table = new MutationTable(
                report(),
                List.of(
                        "io.flaremail.api.B#wait VoidMethodCall: only a hint",
                        "io.flaremail.A#run Math: killed today"));
        assertEquals(1, table.survivors().size());
        assertEquals(List.of("io.flaremail.A#run Math"), table.stale());
        assertTrue(
                table.toString()
                        .contains(
                                "| all               |       3 |      1 |        0 |           1 |          1 |    50 %"),
                table::toString);
    }

    @Test
    void aFurtherChangeOfAListedKindShows() throws Exception {
        List<MutationTable.Mutant> twice =
                Stream.concat(report().stream(), report().stream()).toList();
        String line = "io.flaremail.api.B#wait VoidMethodCall: only a hint";
        assertEquals(3, new MutationTable(twice, List.of(line)).survivors().size());
        assertEquals(
                2, new MutationTable(twice, List.of(line, line)).survivors().size());
        assertEquals(1, new MutationTable(report(), List.of(line, line)).stale().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.flaremail.api.B#wait VoidMethodCall", "io.flaremail.api.B#wait VoidMethodCall: "})
    void anEquivalentNeedsAReason(String line) {
        assertThrows(IllegalArgumentException.class, () -> new MutationTable(List.of(), List.of(line)));
    }

    @Test
    void nothingMutatedIsNotGood() {
        assertFalse(new MutationTable(List.of(), List.of()).isGood());
    }

    @Test
    void ninetyThreeOfAHundredAreEnough() {
        for (int survived : new int[] {7, 8}) {
            List<MutationTable.Mutant> mutants = IntStream.range(0, 100)
                    .mapToObj(i -> new MutationTable.Mutant(
                            "io.flaremail.A", "run", "x.Math", i, i < survived ? "SURVIVED" : "KILLED", "change"))
                    .toList();
            assertEquals(survived == 7, new MutationTable(mutants, List.of()).isGood());
        }
    }
}
