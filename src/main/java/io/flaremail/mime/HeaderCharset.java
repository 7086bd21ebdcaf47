package io.flaremail.mime;

/** Which charset raw octets in the headers of a message and its parts are in, as far as the message says. */
final class HeaderCharset {
    private final Entity message;
    /** Of the first text; null until needed. */
    private TextCharset first;

    HeaderCharset(Entity message) {
        this.message = message;
    }

    /** The charset of the entity itself, else that of the first text in its message. */
    TextCharset of(Entity entity) {
        String own = entity.contentType.combined("charset");
        if (own != null) {
            return TextCharset.of(own);
        }
        if (first == null) {
            Entity text = firstText(message);
            first = TextCharset.of(text == null ? null : text.contentType.combined("charset"));
        }
        return first;
    }

    private static Entity firstText(Entity entity) {
        if (!entity.isMultipart() || entity.depth >= EntityRewriter.DEEPEST) {
            return entity.isText() ? entity : null;
        }
        Multipart multipart = Multipart.of(entity);
        Entity found = null;
        for (int i = 0; i < multipart.parts.size() && found == null && multipart.problem == null; i++) {
            found = firstText(entity.part(multipart.parts.get(i), i + 1));
        }
        return found;
    }
}
