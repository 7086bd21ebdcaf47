package io.flaremail.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** An address with an optional name. Immutable. */
final class EmailAddress {
    private final String address;
    private final String name;

    EmailAddress(String address, String name) {
        this.address = OneLine.require("address", address);
        this.name = name == null ? null : OneLine.require("name", name);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", address);
        if (name != null) {
            json.put("name", name);
        }
        return json;
    }
}
