package io.flaremail.bounces;

import java.io.IOException;

/** Stores reports. Implementations document what happens when a report is delivered twice. */
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
