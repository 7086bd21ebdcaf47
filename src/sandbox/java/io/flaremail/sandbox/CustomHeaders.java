package io.flaremail.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The header fields that a structured message may bring along: some by name, and any {@code X-}. As the vendor's page
 * "Email headers" has them, where the API's own words for a refusal are not told.
 */
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
            "priority",
            "sensitivity",
            "organization",
            "require-recipient-valid-since",
            "expires",
            "reply-by",
            "archived-at");
    private static final int MOST_LISTED = 20;
    private static final int MOST_BYTES = 2048;
    private static final int MOST_TOGETHER = 16 * 1024;

    /** What stands between name and value, and after it. */
    private static final int PUNCTUATION = 4;

    private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

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
            requireForm(field.getKey(), value);
            listed += requireAllowed(field.getKey()) ? 1 : 0;
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            together += field.getKey().length() + bytes + PUNCTUATION;
            if (bytes > MOST_BYTES || together > MOST_TOGETHER || listed > MOST_LISTED) {
                throw JsonBody.invalid("headers: too many or too long, at " + field.getKey());
            }
            headers.put(field.getKey(), value);
        }
        return headers;
    }

    private static void requireForm(String name, String value) {
        boolean oneClick = !name.equalsIgnoreCase("List-Unsubscribe-Post") || value.equals(ONE_CLICK);
        boolean uris = !name.equalsIgnoreCase("List-Unsubscribe") || value.matches(".*<(https://|mailto:)[^>]+>.*");
        if (value.isBlank() || !oneClick || !uris) {
            throw JsonBody.invalid("headers: malformed value of " + name);
        }
    }

    /** Whether it is one of those by name. */
    private static boolean requireAllowed(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        boolean custom = key.matches("x-[a-z0-9_-]{1,98}");
        if (!custom && !LISTED.contains(key)) {
            throw JsonBody.invalid("headers: not allowed: " + name);
        }
        return !custom;
    }
}
