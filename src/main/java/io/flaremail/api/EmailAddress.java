package io.flaremail.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An address, perhaps with a name. Immutable. */
final class EmailAddress {
    private final String address;
    private final String name;

    EmailAddress(String address, String name) {
        this.address = OneLine.require("address", address);
        this.name = name == null ? null : OneLine.require("name", name);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("address", address);
        if (name != null) {
            json.put("name", name);
        }
        return json;
    }
}
