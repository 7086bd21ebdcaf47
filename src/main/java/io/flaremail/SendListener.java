package io.flaremail;

/**
 * Receives a report for every message: how an application gets at message ids and per-recipient outcomes even when it
 * sends with the static {@code Transport.send}. Give an object, or a class name, as the session property
 * {@code mail.cloudflare.listener}.
 */
@FunctionalInterface
public interface SendListener {
    /**
     * Called once for each message, on the thread that sends it, before the transport's event and exception. What it
     * throws is logged and otherwise ignored: it cannot change what happened.
     *
     * @param report the outcome of the message; never null
     */
    void onSend(SendReport report);
}
