package io.flaremail;

/**
 * Receives a report for every message, including those sent with the static {@code Transport.send}: message ids and the
 * outcome for each recipient. Set an object, or a class name, as the session property {@code mail.cloudflare.listener}.
 */
@FunctionalInterface
public interface SendListener {
    /**
     * Called once for each message, on the sending thread, before the transport's event and exception. Several threads
     * may call it at once. Exceptions that it throws are logged and otherwise ignored.
     *
     * @param report the outcome of the message; never null
     */
    void onSend(SendReport report);
}
