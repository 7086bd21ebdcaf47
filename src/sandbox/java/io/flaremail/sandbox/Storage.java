package io.flaremail.sandbox;

import java.util.List;

/**
 * What of an account is to outlive the process: its messages, and other things by kind and id. A change is safe after the next
 * {@link #commit}, which comes before the answer to the request that made the change.
 */
interface Storage {
    void put(String kind, String id, Object value);

    void remove(String kind, String id);

    void clear(String kind);

    /** In the order in which they were first put. */
    <T> List<T> all(String kind, Class<T> type);

    /**
     * Keeps a message, whose bytes are in memory, and returns where they are from now on.
     *
     * @param words as {@link Words} makes them
     */
    StoredRequest add(AcceptedFacts facts, String words, StoredRequest.InMemory request);

    void remove(ReceivedMessage message);

    /** Oldest first. */
    List<ReceivedMessage> messages();

    void commit();

    /** @param database null if all is only in memory */
    static Storage of(String account, Database database) {
        return database == null ? new None() : database.of(account);
    }

    final class None implements Storage {
        @Override
        public void put(String kind, String id, Object value) {}

        @Override
        public void remove(String kind, String id) {}

        @Override
        public void clear(String kind) {}

        @Override
        public <T> List<T> all(String kind, Class<T> type) {
            return List.of();
        }

        @Override
        public StoredRequest add(AcceptedFacts facts, String words, StoredRequest.InMemory request) {
            return request;
        }

        @Override
        public void remove(ReceivedMessage message) {}

        @Override
        public List<ReceivedMessage> messages() {
            return List.of();
        }

        @Override
        public void commit() {}
    }
}
