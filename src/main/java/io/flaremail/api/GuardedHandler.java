package io.flaremail.api;

/** A handler whose notifications cannot end the loop. Exceptions of {@link #handle} pass. */
final class GuardedHandler implements EventHandler {
    private final EventHandler handler;

    GuardedHandler(EventHandler handler) {
        this.handler = handler;
    }

    @Override
    public void handle(DeliveryEvent event) throws Exception {
        handler.handle(event);
    }

    @Override
    public void onFailure(DeliveryEvent event, Throwable failure) {
        guarded(() -> handler.onFailure(event, failure));
    }

    @Override
    public void onUnreadable(PulledMessage message) {
        guarded(() -> handler.onUnreadable(message));
    }

    @Override
    public void onRequestFailure(CloudflareApiException failure) {
        guarded(() -> handler.onRequestFailure(failure));
    }

    @Override
    public void onPull(int messages, long backlog) {
        guarded(() -> handler.onPull(messages, backlog));
    }

    private static void guarded(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException e) {
            // It is told, not asked.
        }
    }
}
