package io.flaremail.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/** An address, perhaps with a name. Immutable. */
final class EmailAddress {
    private final String address;
    private final String name;

    EmailAddress(String address, String name) {
        this.address = Objects.requireNonNull(address, "address");
        this.name = name;
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("address", address);
        if (name != null) {
            json.put("name", name);
        }
        return json;
    }
}
