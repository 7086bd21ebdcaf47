package io.flaremail.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * The body of a multipart, divided at its delimiter lines. RFC 2046 5.1.1. If readers would divide it in different
 * ways, or not at all, it has a {@link #problem}.
 *
 * <p>Tests: MultipartTest, AmbiguousStructureTest.
 */
final class Multipart {
    private static final String CORRECT_BOUNDARY = "correct the boundary parameter of its Content-Type field";
    static final String OTHER_BOUNDARY = "choose a boundary that no other line begins with";

    final List<Octets> parts = new ArrayList<>();
    final String delimiter;
    Octets preamble;
    Octets epilogue;
    /** The reason why it cannot be divided safely; null if it can. */
    String problem;

    /** What the sender can do about the problem. */
    String remedy;

    private final Octets body;
    /** The start of the current part; -1 before the first part. */
    private int partStart = -1;
    /** Whether an empty line has ended the header of the current part. */
    private boolean inBody;
    /**
     * Whether readers that overlook the preceding delimiter may apply the previous part's labels to the current part.
     */
    private boolean mislabelled;
    /** Whether some readers overlook the delimiter right before the current part. */
    private boolean overlooked;

    private Multipart(Entity entity) {
        this.body = entity.body;
        this.delimiter = delimiter(entity);
    }

    static Multipart of(Entity entity) {
        Multipart multipart = new Multipart(entity);
        String boundary = entity.boundary();
        if (entity.isOddMultipart()) {
            multipart.fail("readers may disagree about its type", "correct its Content-Type field");
        } else if (entity.contentType.isAmbiguous("boundary") || boundary != null && !isUsable(boundary)) {
            multipart.fail("readers may disagree about its boundary", "give it one boundary parameter, in quotes");
        } else if (multipart.delimiter.isEmpty()) {
            multipart.fail("its parts cannot be found", CORRECT_BOUNDARY);
        } else {
            multipart.split();
        }
        return multipart;
    }

    /** A boundary must not be empty or end with white space. RFC 2046 5.1.1. */
    private static boolean isUsable(String boundary) {
        return !boundary.isEmpty() && Ascii.trimEnd(boundary).equals(boundary);
    }

    /** The start of the lines between parts; empty if it is unknown. */
    static String delimiter(Entity entity) {
        String boundary = entity.boundary();
        return boundary == null ? guess(entity.body) : "--" + boundary;
    }

    /** Without the parameter, readers use the first line that looks like a delimiter and not like a ruler. */
    private static String guess(Octets body) {
        for (int at = body.start; at < body.end; ) {
            int lineEnd = body.lineEnd(at);
            String line = Ascii.trimEnd(body.between(at, lineEnd).text());
            if (line.startsWith("--") && line.length() > 2 && !line.matches("-{5,}")) {
                return line;
            }
            at = body.nextLine(lineEnd);
        }
        return "";
    }

    private void split() {
        int previousEnd = body.start;
        for (int at = body.start; at < body.end && epilogue == null && problem == null; ) {
            int lineEnd = body.lineEnd(at);
            if (body.has(delimiter, at)) {
                delimiter(at, lineEnd, previousEnd);
            }
            inBody |= lineEnd == at;
            previousEnd = lineEnd;
            at = body.nextLine(lineEnd);
        }
        if (problem == null && epilogue == null) {
            finishWithoutClose();
        }
    }

    private void delimiter(int at, int lineEnd, int previousEnd) {
        String rest = body.between(at + delimiter.length(), lineEnd).text();
        boolean closes = rest.startsWith("--");
        if (closes && !Ascii.isBlank(rest.substring(2))) {
            // All readers take it for text inside the preamble, but only some readers do after the preamble.
            failIf(partStart >= 0, "a line in it looks like its end to some readers only", OTHER_BOUNDARY);
        } else if (closes || Ascii.isBlank(rest)) {
            failIf(
                    !closes && lineEnd == body.end,
                    "a delimiter is cut short at its end",
                    "end it as RFC 2046 5.1.1 asks");
            failIf(closes && partStart < 0, "it ends before its first part begins", CORRECT_BOUNDARY);
            add(previousEnd, at);
            partStart = body.nextLine(lineEnd);
            inBody = false;
            epilogue = closes ? epilogue(at) : null;
        }
    }

    /** Without a close delimiter, the last part extends to the end. */
    private void finishWithoutClose() {
        failIf(partStart < 0, "its parts cannot be found", CORRECT_BOUNDARY);
        add(body.end, body.end);
        epilogue = epilogue(body.end);
    }

    /** The line end before a delimiter belongs to the delimiter. */
    private void add(int partEnd, int delimiterStart) {
        if (partStart < 0) {
            preamble = body.between(body.start, delimiterStart);
            return;
        }
        Octets part = body.between(partStart, partEnd);
        parts.add(part);
        failIfCut(mislabelled, part);
        overlooked = !inBody && delimiterStart < body.end;
        mislabelled = overlooked && (mislabelled || isLabelled(new Header(part)));
    }

    private static boolean isLabelled(Header header) {
        return header.first("Content-Type") != null || header.first(TransferEncoding.FIELD) != null;
    }

    private Octets epilogue(int start) {
        Octets rest = body.between(start, body.end);
        failIfCut(overlooked, rest);
        return rest;
    }

    /** Jakarta Mail and others search for the end of the header first, and overlook a delimiter before it. */
    private void failIfCut(boolean condition, Octets range) {
        failIf(
                condition && !range.isUtf8(),
                "a delimiter cuts the header of one of its parts short",
                "end that header with an empty line");
    }

    private void failIf(boolean condition, String why, String next) {
        if (condition) {
            fail(why, next);
        }
    }

    private void fail(String why, String next) {
        problem = problem == null ? why : problem;
        remedy = remedy == null ? next : remedy;
    }
}
