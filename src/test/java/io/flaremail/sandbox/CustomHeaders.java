package io.flaremail.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The header fields that a structured message may bring along: some by name, and any {@code X-}. */
final class CustomHeaders {
    private static final Set<String> LISTED = Set.of(
            "in-reply-to",
            "references",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "list-id",
            "list-archive",
            "list-help",
            "list-owner",
            "list-post",
            "list-subscribe",
            "precedence",
            "auto-submitted",
            "content-language",
            "keywords",
            "comments",
            "importance",
            "sensitivity",
            "organization",
            "require-recipient-valid-since",
            "archived-at");
    private static final int MOST_LISTED = 20;
    private static final int MOST_BYTES = 2048;
    private static final int MOST_TOGETHER = 16 * 1024;

    private CustomHeaders() {}

    static Map<String, String> parse(JsonBody mail) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!mail.has("headers")) {
            return headers;
        }
        JsonBody json = JsonBody.of("headers", mail.object().get("headers"));
        int together = 0;
        int listed = 0;
        for (var field : json.object().properties()) {
            String value = StructuredMail.line(field.getKey(), json.text(field.getKey()));
            listed += requireAllowed(field.getKey()) ? 1 : 0;
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            together += field.getKey().length() + bytes;
            if (bytes > MOST_BYTES || together > MOST_TOGETHER || listed > MOST_LISTED) {
                throw JsonBody.invalid("headers: too many or too long, at " + field.getKey());
            }
            headers.put(field.getKey(), value);
        }
        return headers;
    }

    /** Whether it is one of those by name. */
    private static boolean requireAllowed(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        boolean custom = key.matches("x-[\\x21-\\x7e&&[^:]]+");
        if (!custom && !LISTED.contains(key)) {
            throw JsonBody.invalid("headers: not allowed: " + name);
        }
        return !custom;
    }
}
