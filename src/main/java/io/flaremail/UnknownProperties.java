package io.flaremail;

import io.flaremail.config.PropertySpelling;
import io.flaremail.text.Printable;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

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

    /**
     * Warns of keys with our prefix that are neither ours nor SMTP providers'.
     *
     * @param alias see {@link PropertySpelling#isUnknown}
     */
    static void warn(Properties properties, String alias, DebugLog log) {
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (PropertySpelling.isUnknown(key, alias)) {
                warn(key, alias, log);
            }
        }
    }

    private static void warn(String key, String alias, DebugLog log) {
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
