package io.flaremail.sandbox;

import java.util.List;

/** A number that changes when something visible did: pages that show it compare it, and load only what is new. */
final class Revision {
    /** Later than that of any sandbox before on this port, so that a page that stays open notices a restart. */
    private long number = System.currentTimeMillis();

    private List<Object> last = List.of();

    /** @param visible all that is visible, or what changes with it; compared by {@code equals} */
    synchronized long of(List<Object> visible) {
        if (!visible.equals(last)) {
            last = visible;
            number++;
        }
        return number;
    }
}
