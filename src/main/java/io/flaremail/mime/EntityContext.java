package io.flaremail.mime;

/**
 * What an entity inherits from the message and multiparts around it: their protection, and a charset for its header.
 *
 * <p>Tests: FieldRewriterTest, ProtectionTest.
 */
final class EntityContext {
    final Protection protection;
    private final HeaderCharset charset;

    private EntityContext(Protection protection, HeaderCharset charset) {
        this.protection = protection;
        this.charset = charset;
    }

    static EntityContext of(Entity message) {
        return new EntityContext(Protection.NONE, new HeaderCharset(message));
    }

    EntityContext onMessage(Entity message) {
        return new EntityContext(protection.ofMessage(message.header), new HeaderCharset(message));
    }

    EntityContext onBody(String type) {
        return new EntityContext(protection.ofBody(type), charset);
    }

    /** The most likely charset of raw octets in the entity's header. */
    TextCharset headerCharset(Entity entity) {
        return charset.of(entity);
    }

    /** The charset of raw octets in the headers of a message and its parts. Raw octets have no label of their own. */
    private static final class HeaderCharset {
        private final Entity message;
        /** The charset of the message's first text; null until needed. */
        private TextCharset first;

        HeaderCharset(Entity message) {
            this.message = message;
        }

        /** The charset of the entity itself, or else of the first text in its message. */
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
            if (!entity.isMultipart() || entity.depth >= Utf8Rewriter.DEEPEST) {
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
}
