package io.flaremail.api;

/**
 * Receives delivery events from an {@link EventLoop}. All methods are called on the loop's thread. Exceptions of the
 * notifications, whose names begin with "on", are ignored.
 */
@FunctionalInterface
public interface EventHandler {
    /**
     * Handles an event, which is acknowledged when this method has returned. An event may come again, for example if the
     * process ends before the acknowledgement.
     *
     * @throws Exception if the event cannot be handled now: it is not acknowledged, and comes again
     */
    void handle(DeliveryEvent event) throws Exception;

    /**
     * Called when {@link #handle} has thrown an exception or error. The event comes again later. The loop continues with the next one;
     * after three failures in a row it returns the other events of the batch to the queue, and waits. The default does nothing.
     */
    default void onFailure(DeliveryEvent event, Throwable failure) {}

    /**
     * Called for a message that is not an event, or not one that this version reads. It is not acknowledged: it comes again
     * until the consumer's {@code max_retries}, and then moves to the dead-letter queue, if there is one. The default
     * does nothing.
     *
     * @param message see {@link PulledMessage#getProblem()}
     */
    default void onUnreadable(PulledMessage message) {}

    /** Called when a request has failed. The loop waits and continues. The default does nothing. */
    default void onRequestFailure(CloudflareApiException failure) {}

    /**
     * Called after each pull.
     *
     * @param messages how many it returned
     * @param backlog how many messages the queue has, these included, or -1 if it does not say
     */
    default void onPull(int messages, long backlog) {}
}
