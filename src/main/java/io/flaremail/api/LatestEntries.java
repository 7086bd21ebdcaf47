package io.flaremail.api;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of the latest entries. Not thread-safe.
 *
 * <p>Tests: EventLoopTest.
 */
final class LatestEntries<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    private final int maxEntries;

    LatestEntries(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > maxEntries;
    }
}
