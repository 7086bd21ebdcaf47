package io.flaremail.mime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Follows headers and parts of a message line by line, and gives a digest each line with a mark of what it is: so a line
 * that only looks like another kind's cannot be taken for it. Delimiter lines are given with their boundary's ordinal
 * in its place; RFC 2046 5.1.1.
 */
final class MimeOutline {
    private static final int DEEPEST = 100;

    /** What a mail library or a relay makes anew each time. RFC 5322 3.6.1, 3.6.4, 3.6.6, 3.6.7. */
    private static final Set<String> NOT_COUNTED = new HashSet<>(Arrays.asList(
            "message-id", "date", "resent-message-id", "resent-date", "received", "x-received", "return-path"));

    private static final String MESSAGE_ID = "message-id";

    private enum Place {
        TOP_HEADER,
        HEADER,
        BODY
    }

    private final MessageDigest digest;
    private final Deque<MimeBoundary> open = new ArrayDeque<>();
    private Place place = Place.TOP_HEADER;
    private EntityLabels labels = new EntityLabels();
    private String field = "";
    private int ordinals;
    private boolean counts;
    private StringBuilder messageId;

    MimeOutline(MessageDigest digest) {
        this.digest = digest;
    }

    /** A line, or as much of it as is looked at; {@link #more} and {@link #end} follow. */
    void begin(String line) {
        counts = true;
        MimeBoundary boundary = boundaryOf(line);
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

    /** Empty when there is none. */
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

    /** None of the open boundaries begins with another, so at most one is meant. */
    private MimeBoundary boundaryOf(String line) {
        if (open.isEmpty() || !line.startsWith("--")) {
            return null;
        }
        return open.stream()
                .filter(each -> line.startsWith(each.delimiter()))
                .findFirst()
                .orElse(null);
    }

    private void delimiter(MimeBoundary boundary, String rest) {
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

    /** Parts that were not closed end with the part around them. */
    private void closeInside(MimeBoundary boundary) {
        for (Iterator<MimeBoundary> inside = open.iterator(); inside.next() != boundary; ) {
            inside.remove();
        }
    }

    private void startHeader(Place header) {
        place = header;
        labels = new EntityLabels();
        field = "";
    }

    private void headerLine(String line) {
        boolean continued = line.charAt(0) == ' ' || line.charAt(0) == '\t';
        if (!continued) {
            int colon = line.indexOf(':');
            field = Ascii.lowerCase(Ascii.trimEnd(line.substring(0, Math.max(colon, 0))));
            labels.begin(field);
        }
        noteMessageId(line, continued);
        counts = !(place == Place.TOP_HEADER && NOT_COUNTED.contains(field)) && !labels.keep(field, line);
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
        MimeBoundary boundary = labels.boundary(ordinals);
        if (boundary != null && open.size() < DEEPEST && open.stream().noneMatch(boundary::isLike)) {
            open.push(boundary);
            ordinals++;
            countLine('C', boundary.ordinal + ":" + boundary.fieldWithoutIt);
        } else if (labels.contentType() != null) {
            countLine('T', labels.contentType());
        }
        if (labels.isAttachedMessage()) {
            startHeader(Place.HEADER);
        }
    }
}
