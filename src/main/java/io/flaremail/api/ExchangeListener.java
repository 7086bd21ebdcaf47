package io.flaremail.api;

import java.net.URI;

/**
 * Receives the HTTP exchanges of a client, for logs and diagnosis. Called on the calling thread, once for each attempt.
 * Exceptions that it throws are ignored.
 */
public interface ExchangeListener {
    /**
     * A request is about to be made.
     *
     * @param body the beginning of its JSON body, without the token; empty for none
     */
    default void requested(String method, URI uri, String body) {}

    /** The response arrived, or the exchange failed. */
    default void completed(ApiExchange exchange) {}
}
