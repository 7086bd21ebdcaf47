package io.flaremail.mime;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A message or body part: header, body, type. RFC 2045 2.4. */
final class Entity {
    private static final String TOKEN = "[!#-'*+.0-9a-z^-~-]+";

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
        String label = label(Ascii.withoutComments(contentType.before()));
        this.type = label.isEmpty() ? defaultType : label.toLowerCase(Locale.ROOT);
        this.location = location;
        this.message = message;
        this.depth = depth;
    }

    /** Without white space around the slash. RFC 822 3.1.4. */
    private static String label(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? text
                : Ascii.trimEnd(text.substring(0, slash))
                        + '/'
                        + text.substring(slash + 1).trim();
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

    /** Also if there may be readers that take it for something else. */
    boolean isMultipart() {
        return isLike("multipart");
    }

    /** Also if its subtype is missing or odd, or something else is before it: lenient readers still see it. */
    private boolean isLike(String composite) {
        return isWellFormed() ? type.startsWith(composite + '/') : type.contains(composite);
    }

    private boolean isWellFormed() {
        return type.matches(TOKEN + '/' + TOKEN);
    }

    /** Whether there may be readers that take it for something else. */
    boolean isOddMultipart() {
        return isMultipart() && !isWellFormed();
    }

    /** Whether it is a message to some readers, though its type is not a type. */
    boolean isOddMessage() {
        return isLike("message") && !isWellFormed();
    }

    /** Whether it has several types that differ, of which one may have entities in it: which of them counts depends on the reader. */
    boolean hasContradictoryTypes() {
        List<String> types = header.fields.stream()
                .filter(field -> field.is("Content-Type"))
                .map(field -> Ascii.lowerCase(field.value).trim())
                .distinct()
                .collect(Collectors.toList());
        return types.size() > 1 && types.stream().anyMatch(each -> each.matches("(?s).*(multipart|message).*"));
    }

    /** Unfolded; null if there is no parameter. */
    String boundary() {
        String boundary = contentType.combined("boundary");
        return boundary == null ? null : boundary.replaceAll("[\r\n]", "");
    }

    boolean isText() {
        return type.startsWith("text/");
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

    UnencodableContentException refusal(String why, String remedy) {
        return new UnencodableContentException(describe(), why, remedy);
    }
}
