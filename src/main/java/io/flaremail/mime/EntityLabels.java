package io.flaremail.mime;

import java.util.Locale;

/** What the header of an entity says of its form, as far as it is clear. RFC 2045 5 and 6. */
final class EntityLabels {
    private static final String CONTENT_TYPE = "content-type";
    private static final String ENCODING = "content-transfer-encoding";

    private final StringBuilder contentType = new StringBuilder();
    private final StringBuilder encoding = new StringBuilder();
    private int contentTypes;

    /** A field of this name, in lower case, begins. */
    void begin(String field) {
        contentTypes += field.equals(CONTENT_TYPE) ? 1 : 0;
    }

    /** Keeps a line of the Content-Type, to be counted when the header ends; answers whether it did. */
    boolean keep(String field, String line) {
        if (field.equals(ENCODING) && encoding.length() < ContentDigest.LONGEST) {
            encoding.append(line);
        }
        boolean kept = field.equals(CONTENT_TYPE)
                && contentTypes == 1
                && contentType.length() + line.length() < ContentDigest.LONGEST;
        if (kept) {
            contentType.append(line);
        }
        return kept;
    }

    /** The whole field as far as it was kept, line ends left out; null when there is none. */
    String contentType() {
        return contentType.length() == 0 ? null : contentType.toString();
    }

    /** Null when the body is not clearly divided by one. */
    MimeBoundary boundary(int ordinal) {
        return contentTypes == 1 && !isEncoded() ? MimeBoundary.of(value(contentType), ordinal) : null;
    }

    boolean isAttachedMessage() {
        String type = value(contentType).trim().toLowerCase(Locale.ROOT);
        return contentTypes == 1 && !isEncoded() && type.matches("message/(rfc822|global)[ \t]*(;.*)?");
    }

    private boolean isEncoded() {
        return !value(encoding).trim().toLowerCase(Locale.ROOT).matches("(7bit|8bit|binary)?");
    }

    private static String value(StringBuilder field) {
        return field.substring(field.indexOf(":") + 1);
    }
}
