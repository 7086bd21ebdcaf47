package io.flaremail;

import io.flaremail.config.PropertySpelling;
import io.flaremail.text.Printable;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Warns about properties that may be misspelled: once per key and process, since a transport may be created for every
 * message; after that at FINE only.
 *
 * <p>Tests: UnknownPropertyTest.
 */
final class UnknownProperties {
    /** More distinct keys are not typing errors. */
    static final int MOST = 100;

    /** Strings only, bounded in length and number; holds no session and no class loader. */
    private static final Set<String> WARNED = new HashSet<>();

    private UnknownProperties() {}

    /**
     * Warns about keys with our prefix that neither we nor SMTP providers define.
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
