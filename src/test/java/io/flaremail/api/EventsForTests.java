package io.flaremail.api;

import java.util.Map;

/** Makes events from JSON, for tests in other packages. */
public final class EventsForTests {
    private EventsForTests() {}

    public static DeliveryEvent parse(String json) {
        PulledMessage pulled = PulledMessage.of(JsonValue.of(Map.of("body", json)), "a");
        return pulled.getEvent().orElseThrow(() -> new IllegalArgumentException(pulled.toString()));
    }
}
