package io.flaremail.mime;

/** What an entity is inside of, as far as it decides how the entity may change: a seal, and the charset of headers. */
final class Enclosure {
    final Seal seal;
    final HeaderCharset charset;

    private Enclosure(Seal seal, HeaderCharset charset) {
        this.seal = seal;
        this.charset = charset;
    }

    static Enclosure of(Entity message) {
        return new Enclosure(Seal.NONE, new HeaderCharset(message));
    }

    Enclosure onMessage(Entity message) {
        return new Enclosure(seal.onMessage(message.header), new HeaderCharset(message));
    }

    Enclosure onBody(String type) {
        return new Enclosure(seal.onBody(type), charset);
    }
}
