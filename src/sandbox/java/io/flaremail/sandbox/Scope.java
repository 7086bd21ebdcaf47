package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;

/**
 * Where a suppression applies.
 *
 * @param domain the one sending domain; null for the whole account
 */
record Scope(String domain) {
    static final Scope ACCOUNT = new Scope(null);

    /** @param json null for the whole account */
    static Scope parse(JsonBody json) {
        if (json == null) {
            return ACCOUNT;
        }
        if (!json.has("type")) {
            throw JsonBody.invalid("scope: expected a type");
        }
        switch (json.text("type")) {
            case "account" -> {
                json.requireFields(Set.of("type"));
                return ACCOUNT;
            }
            case "sending_domain" -> {
                json.requireFields(Set.of("type", "value"));
                return new Scope(domain(json.text("value")));
            }
            default -> throw JsonBody.invalid("scope.type: expected account or sending_domain");
        }
    }

    static String domain(String text) {
        String domain = text.toLowerCase(Locale.ROOT).replaceAll("\\.+$", "");
        if (!domain.matches("[a-z0-9-]+(?:\\.[a-z0-9-]+)+")) {
            throw JsonBody.invalid("scope.value: expected a domain in ASCII, got \"" + text + "\"");
        }
        return domain;
    }

    boolean covers(String senderDomain) {
        return domain == null || domain.equalsIgnoreCase(senderDomain);
    }

    String type() {
        return domain == null ? "account" : "sending_domain";
    }

    ObjectNode json() {
        ObjectNode json = Answer.object().put("type", type());
        return domain == null ? json : json.put("value", domain);
    }
}
