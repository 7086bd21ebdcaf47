package io.flaremail.bounces;

import java.io.IOException;
import java.util.Optional;

/**
 * Remembers which Message-ID an application gave a message that the service sent under an id of its own, so that bounces
 * can name the application's. Implementations are thread-safe.
 *
 * <p>Tests: MessageIdsTest.
 */
public interface MessageIds {
    /**
     * Remembers an accepted message.
     *
     * @param serviceId with angle brackets
     * @param originalId with angle brackets
     */
    void add(String serviceId, String originalId) throws IOException;

    /** The application's Message-ID of a message; empty if it is not known. */
    Optional<String> find(String serviceId) throws IOException;

    /** A store that keeps no entries. */
    static MessageIds none() {
        return new MessageIds() {
            @Override
            public void add(String serviceId, String originalId) {}

            @Override
            public Optional<String> find(String serviceId) {
                return Optional.empty();
            }
        };
    }
}
