package io.flaremail.sandbox;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the servers inside from announcing each start and stop in the log of whoever uses the sandbox. */
final class Logs {
    // java.util.logging holds its loggers weakly: without these the levels would be lost again.
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");
    private static final Logger GREENMAIL = Logger.getLogger("com.icegreen.greenmail");
    private static final Logger SUBETHA = Logger.getLogger("org.subethamail");

    private Logs() {}

    static void quieten() {
        quieten(JETTY);
        quieten(GREENMAIL);
        quieten(SUBETHA);
    }

    private static void quieten(Logger logger) {
        if (logger.getLevel() == null) {
            logger.setLevel(Level.WARNING);
        }
    }
}
