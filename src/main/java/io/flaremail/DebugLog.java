package io.flaremail;

import jakarta.mail.Session;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Says what happens, to {@code session.getDebugOut()} in the manner of Jakarta Mail's own providers and to
 * java.util.logging. Never given a token; addresses only at FINE.
 */
final class DebugLog {
    private static final Logger LOGGER = Logger.getLogger("io.flaremail");

    private final Session session;

    DebugLog(Session session) {
        this.session = session;
    }

    /** Whether anybody reads what is said at FINE. */
    boolean isFine() {
        return session.getDebug() || LOGGER.isLoggable(Level.FINE);
    }

    void fine(String text) {
        log(Level.FINE, text);
    }

    void warning(String text) {
        log(Level.WARNING, text);
    }

    private void log(Level level, String text) {
        try {
            if (session.getDebug()) {
                session.getDebugOut().println("DEBUG CLOUDFLARE: " + text);
            }
            LOGGER.log(level, text);
        } catch (RuntimeException ofAHandler) {
            // A log that fails must not change what becomes of a message, and there is no other place to say so.
        }
    }
}
