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

    /** A race costs a second look, not a second warning. */
    private static volatile boolean jvmChecked;

    private UnknownProperties() {}

    /**
     * Warns about keys of a session with our prefix that neither we nor SMTP providers define, and, with the first
     * session of the process, about such system properties and environment variables.
     *
     * @param alias see {@link PropertySpelling#isUnknown}
     */
    static void warn(Properties properties, String alias, DebugLog log) {
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (PropertySpelling.isUnknown(key, alias)) {
                warn(key, PropertySpelling.warning(key, alias), log);
            }
        }
        if (!jvmChecked) {
            jvmChecked = true;
            PropertySpelling.warningsOfTheJvm().forEach(warning -> warn(warning, warning, log));
        }
    }

    private static void warn(String key, String text, DebugLog log) {
        if (isNew(key)) {
            log.warning(text);
        } else {
            log.fine(text);
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
