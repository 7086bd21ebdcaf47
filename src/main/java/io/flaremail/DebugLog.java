package io.flaremail;

import io.flaremail.text.Printable;
import jakarta.mail.Session;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Says what happens, to {@code session.getDebugOut()} in the manner of Jakarta Mail's own providers and to
 * java.util.logging. Never given a token; addresses only at FINE. Each call is one line, whatever the text contains: a
 * recipient or an answer must not forge another line.
 *
 * <p>Tests: LogLinesTest.
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
            String line = Printable.logLine(text);
            if (session.getDebug()) {
                session.getDebugOut().println("DEBUG CLOUDFLARE: " + line);
            }
            LOGGER.log(level, line);
        } catch (RuntimeException e) {
            // A log that fails must not change what becomes of a message, and there is no other place to say so.
        }
    }
}
