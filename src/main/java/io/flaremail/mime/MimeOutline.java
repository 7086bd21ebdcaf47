package io.flaremail.mime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

/**
 * Follows the headers and parts of a message line by line and feeds a digest. It marks each line with its kind, so
 * that a line cannot be mistaken for one of another kind. In a delimiter line (RFC 2046 5.1.1), the ordinal of the
 * boundary replaces the boundary.
 *
 * <p>Tests: ContentDigestTest.
 */
final class MimeOutline {
    private static final int DEEPEST = 100;

    /** Fields that mail libraries and relays generate for each transmission. RFC 5322 3.6.1, 3.6.4, 3.6.6, 3.6.7. */
    private static final Set<String> NOT_COUNTED = new HashSet<>(Arrays.asList(
            "message-id", "date", "resent-message-id", "resent-date", "received", "x-received", "return-path"));

    private static final String MESSAGE_ID = "message-id";

    private enum Place {
        TOP_HEADER,
        HEADER,
        BODY
    }

    private final MessageDigest digest;
    private final Deque<Boundary> open = new ArrayDeque<>();
    private Place place = Place.TOP_HEADER;
    private ContentFields contentFields = new ContentFields();
    private String field = "";
    private int ordinals;
    private boolean counts;
    private StringBuilder messageId;

    MimeOutline(MessageDigest digest) {
        this.digest = digest;
    }

    /** Starts a line with as much of it as is inspected; calls of {@link #more} and {@link #end} follow. */
    void begin(String line) {
        counts = true;
        Boundary boundary = boundaryOf(line);
        if (boundary != null) {
            delimiter(boundary, line.substring(boundary.delimiter().length()));
        } else if (place == Place.BODY) {
            count('L', line);
        } else if (line.isEmpty()) {
            endHeader();
            count('L', "");
        } else {
            headerLine(line);
        }
    }

    void more(byte[] bytes, int length) {
        if (counts) {
            digest.update(bytes, 0, length);
        }
    }

    void end() {
        if (counts) {
            digest.update((byte) '\n');
        }
    }

    void finish() {
        if (place != Place.BODY) {
            endHeader();
        }
    }

    /** Empty if there is none. */
    String messageId() {
        return messageId == null ? "" : messageId.toString().trim();
    }

    private void count(char mark, String text) {
        digest.update((byte) mark);
        digest.update(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void countLine(char mark, String text) {
        count(mark, text);
        digest.update((byte) '\n');
    }

    /** No open boundary starts with another one, so at most one matches. */
    private Boundary boundaryOf(String line) {
        if (open.isEmpty() || !line.startsWith("--")) {
            return null;
        }
        return open.stream()
                .filter(each -> line.startsWith(each.delimiter()))
                .findFirst()
                .orElse(null);
    }

    private void delimiter(Boundary boundary, String rest) {
        boolean closes = rest.startsWith("--");
        boolean delimits = closes || Ascii.isBlank(rest);
        if (delimits && place != Place.BODY) {
            endHeader();
        }
        count('D', boundary.ordinal + ":" + rest);
        if (delimits) {
            closeInside(boundary);
            place = Place.BODY;
        }
        if (closes) {
            open.pop();
        } else if (delimits) {
            startHeader(Place.HEADER);
        }
    }

    /** A multipart without a close delimiter ends with the part around it. */
    private void closeInside(Boundary boundary) {
        for (Iterator<Boundary> inside = open.iterator(); inside.next() != boundary; ) {
            inside.remove();
        }
    }

    private void startHeader(Place header) {
        place = header;
        contentFields = new ContentFields();
        field = "";
    }

    private void headerLine(String line) {
        boolean continued = line.charAt(0) == ' ' || line.charAt(0) == '\t';
        if (!continued) {
            int colon = line.indexOf(':');
            field = Ascii.lowerCase(Ascii.trimEnd(line.substring(0, Math.max(colon, 0))));
            contentFields.begin(field);
        }
        noteMessageId(line, continued);
        counts = !(place == Place.TOP_HEADER && NOT_COUNTED.contains(field)) && !contentFields.keep(field, line);
        if (counts) {
            count('L', line);
        }
    }

    private void noteMessageId(String line, boolean continued) {
        if (place == Place.TOP_HEADER && field.equals(MESSAGE_ID) && !continued && messageId == null) {
            messageId = new StringBuilder(line.substring(line.indexOf(':') + 1));
        } else if (place == Place.TOP_HEADER && field.equals(MESSAGE_ID) && continued) {
            messageId.append(line);
        }
    }

    private void endHeader() {
        place = Place.BODY;
        Boundary boundary = contentFields.boundary(ordinals);
        if (boundary != null && open.size() < DEEPEST && open.stream().noneMatch(boundary::isLike)) {
            open.push(boundary);
            ordinals++;
            countLine('C', boundary.ordinal + ":" + boundary.fieldWithoutIt);
        } else if (contentFields.contentType() != null) {
            countLine('T', contentFields.contentType());
        }
        if (contentFields.isAttachedMessage()) {
            startHeader(Place.HEADER);
        }
    }

    /** The fields of an entity that decide whether its body contains further entities. RFC 2045 5 and 6. */
    private static final class ContentFields {
        private static final String CONTENT_TYPE = "content-type";
        private static final String ENCODING = "content-transfer-encoding";

        private final StringBuilder contentType = new StringBuilder();
        private final StringBuilder encoding = new StringBuilder();
        private int contentTypes;

        /** Starts a field with this name, in lower case. */
        void begin(String field) {
            contentTypes += field.equals(CONTENT_TYPE) ? 1 : 0;
        }

        /** Keeps a line of the Content-Type field, which is counted when the header ends; false for all other lines. */
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

        /** The kept lines, joined without line ends; null if there are none. */
        String contentType() {
            return contentType.length() == 0 ? null : contentType.toString();
        }

        /** Null unless the body is clearly a multipart with this boundary. */
        Boundary boundary(int ordinal) {
            return contentTypes == 1 && !isEncoded() ? Boundary.of(value(contentType), ordinal) : null;
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
}
