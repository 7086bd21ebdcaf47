package io.flaremail.clients.commons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs after all of theirs. */
@Order(Integer.MAX_VALUE)
class CommonsEmailCount {
    @Test
    void count() {
        System.err.println("passed " + Tally.passed + " failed " + Tally.FAILED);
        assertEquals(Map.of(), Tally.FAILED);
    }
}
