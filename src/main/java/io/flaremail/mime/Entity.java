package io.flaremail.mime;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A message or body part: its header, body and media type. RFC 2045 2.4.
 *
 * <p>Tests: EntityTest, AmbiguousStructureTest.
 */
final class Entity {
    private static final String TOKEN = "[!#-'*+.0-9a-z^-~-]+";

    final Octets range;
    final Header header;
    final Octets body;
    final Parameters contentType;
    /** In lower case. Without a label it is text/plain, or message/rfc822 inside multipart/digest. */
    final String type;

    /** Whether it is a message rather than a body part. */
    final boolean message;

    final int depth;
    private final Location location;

    private Entity(Octets range, String defaultType, Location location, boolean message, int depth) {
        this.range = range;
        this.header = new Header(range);
        this.body = range.between(header.end < range.end ? range.nextLine(header.end) : range.end, range.end);
        this.contentType = new Parameters(header.value("Content-Type"));
        String label = label(StructuredText.withoutComments(contentType.before()));
        this.type = label.isEmpty() ? defaultType : label.toLowerCase(Locale.ROOT);
        this.location = location;
        this.message = message;
        this.depth = depth;
    }

    /** Removes white space around the slash. RFC 822 3.1.4. */
    private static String label(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? text
                : Ascii.trimEnd(text.substring(0, slash))
                        + '/'
                        + text.substring(slash + 1).trim();
    }

    static Entity message(Octets range) {
        return new Entity(range, "text/plain", Location.MESSAGE, true, 0);
    }

    Entity attachedMessage() {
        return new Entity(body, "text/plain", location.attachedMessage(), true, depth + 1);
    }

    /** In multipart/digest, a part without a label is a message. RFC 2046 5.1.5. */
    Entity part(Octets part, int position) {
        String defaultType = type.equals("multipart/digest") ? "message/rfc822" : "text/plain";
        return new Entity(part, defaultType, location.part(position), false, depth + 1);
    }

    /** Whether at least some readers take it for a multipart. */
    boolean isMultipart() {
        return isLike("multipart");
    }

    /** A malformed type that contains the name counts, because lenient readers accept it. */
    private boolean isLike(String composite) {
        return isWellFormed() ? type.startsWith(composite + '/') : type.contains(composite);
    }

    private boolean isWellFormed() {
        return type.matches(TOKEN + '/' + TOKEN);
    }

    /** Whether only some readers take it for a multipart. */
    boolean isOddMultipart() {
        return isMultipart() && !isWellFormed();
    }

    /** Whether only some readers take it for a message. */
    boolean isOddMessage() {
        return isLike("message") && !isWellFormed();
    }

    /**
     * Whether it has several different types, at least one of them composite. Readers disagree about which one
     * counts.
     */
    boolean hasContradictoryTypes() {
        List<String> types = header.fields.stream()
                .filter(field -> field.is("Content-Type"))
                .map(field -> Ascii.lowerCase(field.value).trim())
                .distinct()
                .collect(Collectors.toList());
        return types.size() > 1 && types.stream().anyMatch(each -> each.matches("(?s).*(multipart|message).*"));
    }

    /** The boundary parameter, unfolded; null if there is none. */
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

    /**
     * Whether the body consists of groups of header fields, as in delivery status notifications. RFC 3464, RFC 8098,
     * RFC 5965, RFC 6533, RFC 2046 5.2.3.
     */
    boolean isReport() {
        return type.matches(
                "message/((global-)?(delivery-status|disposition-notification)|feedback-report|external-body)");
    }

    TransferEncoding encoding() {
        return TransferEncoding.of(header.value(TransferEncoding.FIELD));
    }

    /** Where the entity is, for example {@code part 1.2 (text/plain)}. */
    String describe() {
        return location.describe(type);
    }

    /** Where a header field of the entity is, for example {@code header field Subject of the message}. */
    String describeField(String fieldName) {
        return location.describeField(fieldName);
    }

    UnencodableContentException refusal(String why, String remedy) {
        return new UnencodableContentException(describe(), why, remedy);
    }

    /** {@code the message}, {@code part 1.2} or {@code the message inside part 3}. */
    private static final class Location {
        static final Location MESSAGE = new Location("", "the message");
        private static final int LONGEST = 80;

        private final String number;
        private final String name;

        private Location(String number, String name) {
            this.number = number;
            this.name = name;
        }

        Location part(int position) {
            String child = number.isEmpty() ? "" + position : number + "." + position;
            return new Location(child, "part " + child);
        }

        Location attachedMessage() {
            return new Location(number, "the message inside " + name);
        }

        /** Includes the type if it is well-formed and short. */
        String describe(String type) {
            boolean printable = type.length() <= LONGEST && type.matches("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+");
            return name + (printable ? " (" + type + ")" : "");
        }

        String describeField(String fieldName) {
            if (fieldName.isEmpty()) {
                return "a line in the header of " + name;
            }
            return "header field " + fieldName.substring(0, Math.min(LONGEST, fieldName.length())) + " of " + name;
        }
    }
}
