package io.flaremail.bounces;

import java.io.IOException;

/** Where reports go. Implementations say what they guarantee when a report is delivered again. */
@FunctionalInterface
public interface BounceTarget {
    /**
     * Stores a report durably. May be called again with a report of the same event, for example after the process was
     * killed.
     *
     * @throws IOException if it was not stored, or may not have been
     */
    void deliver(BounceReport report) throws IOException;
}
