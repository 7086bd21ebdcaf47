package io.flaremail;

import io.flaremail.text.Printable;
import java.util.HashSet;
import java.util.Set;

/**
 * Warns of properties that may be misspelled: of each key once in this process, since a transport may be made for every
 * message, and after that at FINE only.
 *
 * <p>Tests: UnknownPropertyTest.
 */
final class UnknownProperties {
    /** More distinct keys are no slips of the pen. */
    static final int MOST = 100;

    /** Text only, bounded in length and number: refers to no session and no class loader. */
    private static final Set<String> WARNED = new HashSet<>();

    private UnknownProperties() {}

    /** @param alias see {@link PropertySpelling#isUnknown} */
    static void warn(String key, String alias, DebugLog log) {
        if (isNew(key)) {
            log.warning(PropertySpelling.warning(key, alias));
        } else if (log.isFine()) {
            log.fine(PropertySpelling.warning(key, alias));
        }
    }

    /** For tests. */
    static void forget() {
        synchronized (WARNED) {
            WARNED.clear();
        }
    }

    private static boolean isNew(String key) {
        synchronized (WARNED) {
            return WARNED.size() < MOST && WARNED.add(Printable.line(key));
        }
    }
}
