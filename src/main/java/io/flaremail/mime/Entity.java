package io.flaremail.mime;

import java.util.Locale;

/** A message or body part: header, body, type. RFC 2045 2.4. */
final class Entity {
    final Octets range;
    final Header header;
    final Octets body;
    final Parameters contentType;
    /** Lower case; text/plain, or message/rfc822 in a digest, if there is no label. */
    final String type;

    final Location location;
    final boolean message;
    final int depth;

    private Entity(Octets range, String defaultType, Location location, boolean message, int depth) {
        this.range = range;
        this.header = new Header(range);
        this.body = range.between(header.end < range.end ? range.nextLine(header.end) : range.end, range.end);
        this.contentType = new Parameters(header.value("Content-Type"));
        String label = Ascii.withoutComments(contentType.before()).toLowerCase(Locale.ROOT);
        this.type = label.isEmpty() ? defaultType : label;
        this.location = location;
        this.message = message;
        this.depth = depth;
    }

    static Entity message(Octets range, Location location) {
        return new Entity(range, "text/plain", location, true, 0);
    }

    Entity attachedMessage() {
        return new Entity(body, "text/plain", location.attachedMessage(), true, depth + 1);
    }

    /** RFC 2046 5.1.5: in a digest a part without label is a message. */
    Entity part(Octets part, int position) {
        String defaultType = type.equals("multipart/digest") ? "message/rfc822" : "text/plain";
        return new Entity(part, defaultType, location.part(position), false, depth + 1);
    }

    boolean isMultipart() {
        return type.startsWith("multipart/");
    }

    /** Unfolded; empty if there is no parameter. */
    String boundary() {
        String boundary = contentType.combined("boundary");
        return boundary == null ? "" : boundary.replaceAll("[\r\n]", "");
    }

    boolean isAttachedMessage() {
        return type.equals("message/rfc822") || type.equals("message/global") || type.equals("message/news");
    }

    /** RFC 3464, RFC 8098, RFC 5965, the forms of RFC 6533, and RFC 2046 5.2.3: groups of header-like fields. */
    boolean isReport() {
        return type.matches(
                "message/((global-)?(delivery-status|disposition-notification)|feedback-report|external-body)");
    }

    TransferEncoding encoding() {
        return TransferEncoding.of(header.value(TransferEncoding.FIELD));
    }

    String describe() {
        return location.describe(type);
    }
}
