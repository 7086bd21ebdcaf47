package io.flaremail.clients.commons;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs after all of theirs: says what came of them, and fails when fewer ran than were there when this was written. */
@Order(Integer.MAX_VALUE)
class CommonsEmailCount {
    private static final int PASSED_OR_NOT_APPLICABLE = 197;
    private static final int DISABLED_BY_THEM = 3;
    private static final int MESSAGES = 23;

    @Test
    void theyAllRan() {
        System.out.println(report());
        int seen = Tally.PASSED.get() + Tally.SKIPPED.size();
        assertAll(
                () -> assertEquals(Set.of(), Tally.FAILED),
                () -> assertTrue(seen >= PASSED_OR_NOT_APPLICABLE, "only " + seen + " of theirs were seen"),
                () -> assertEquals(Tally.NOT_APPLICABLE.keySet(), Tally.SKIPPED, "not-applicable.txt is out of date"),
                () -> assertEquals(DISABLED_BY_THEM, Tally.DISABLED_BY_THEM.size(), Tally.DISABLED_BY_THEM.toString()),
                () -> assertTrue(ThroughTheSandbox.relayed() >= MESSAGES, ThroughTheSandbox.relayed() + " messages"));
    }

    private static String report() {
        StringBuilder report = new StringBuilder("Commons Email's own tests through Flaremail: ")
                .append(Tally.PASSED.get() + " passed, ")
                .append(Tally.FAILED.size() + " failed, ")
                .append(Tally.SKIPPED.size() + " do not apply, ")
                .append("disabled by Commons Email itself " + Tally.DISABLED_BY_THEM + "; ")
                .append(ThroughTheSandbox.relayed() + " messages were accepted and relayed");
        Tally.SKIPPED.forEach(name ->
                report.append("\n  does not apply: ").append(name).append(": ").append(Tally.NOT_APPLICABLE.get(name)));
        return report.toString();
    }
}
