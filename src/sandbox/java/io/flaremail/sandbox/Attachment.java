package io.flaremail.sandbox;

import java.util.Base64;
import java.util.Set;

/**
 * A file in a structured message.
 *
 * @param contentId null unless it is part of the body
 */
record Attachment(byte[] content, String filename, String type, String contentId) {
    private static final Set<String> FILE = Set.of("content", "filename", "type", "disposition");
    private static final Set<String> INLINE = Set.of("content", "filename", "type", "disposition", "content_id");

    static Attachment parse(JsonBody json) {
        if (!json.has("disposition")) {
            throw JsonBody.invalid("attachments: expected a disposition");
        }
        boolean inline = switch (json.text("disposition")) {
            case "inline" -> true;
            case "attachment" -> false;
            default -> throw JsonBody.invalid("disposition: expected attachment or inline");
        };
        json.requireFields(inline ? INLINE : FILE);
        String type = json.text("type");
        if (!type.matches("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+(?: *;[\\x20-\\x7e]*)?")) {
            throw JsonBody.invalid("type: expected a media type, got \"" + type + "\"");
        }
        String contentId = inline ? StructuredMail.line("content_id", json.text("content_id")) : null;
        return new Attachment(
                decode(json.text("content")), StructuredMail.line("filename", json.text("filename")), type, contentId);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw JsonBody.invalid("content: not base64");
        }
    }

    boolean isInline() {
        return contentId != null;
    }
}
