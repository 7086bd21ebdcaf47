package io.flaremail;

import io.flaremail.text.Printable;
import jakarta.mail.Session;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs to {@code session.getDebugOut()}, like Jakarta Mail's own providers, and to java.util.logging. Never receives a
 * token; receives addresses only at FINE. Each call writes one line, so that a recipient or a response cannot forge a
 * log line.
 *
 * <p>Tests: LogLinesTest.
 */
final class DebugLog {
    private static final Logger LOGGER = Logger.getLogger("io.flaremail");

    private final Session session;

    DebugLog(Session session) {
        this.session = session;
    }

    /** Whether FINE messages are written. */
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
            String line = Printable.logLine(text);
            if (session.getDebug()) {
                session.getDebugOut().println("DEBUG CLOUDFLARE: " + line);
            }
            LOGGER.log(level, line);
        } catch (RuntimeException e) {
            // A failing log must not change the outcome of a message, and cannot be reported elsewhere.
        }
    }
}
