package io.flaremail.mime;

import java.util.ArrayList;
import java.util.List;

/** The body of a multipart, taken apart at its delimiter lines. RFC 2046 5.1.1. */
final class Multipart {
    final List<Octets> parts = new ArrayList<>();
    Octets preamble;
    Octets epilogue;

    private final Octets body;
    private final String delimiter;

    private Multipart(Octets body, String delimiter) {
        this.body = body;
        this.delimiter = delimiter;
    }

    /** Null if no part begins anywhere. */
    static Multipart of(Entity entity) {
        String delimiter = delimiter(entity);
        Multipart multipart = new Multipart(entity.body, delimiter);
        return !delimiter.isEmpty() && multipart.split() ? multipart : null;
    }

    /** How the lines between parts begin; empty if nothing says so. */
    static String delimiter(Entity entity) {
        String boundary = entity.boundary();
        return boundary.isEmpty() ? guess(entity.body) : "--" + boundary;
    }

    /** Without the parameter readers take the first line that looks like a delimiter, a ruler excepted. */
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

    private boolean split() {
        int partStart = -1;
        int previousEnd = body.start;
        for (int at = body.start; at < body.end; ) {
            int lineEnd = body.lineEnd(at);
            boolean closes = closesAt(at);
            if (closes || opensAt(at, lineEnd)) {
                add(partStart, previousEnd, at);
                partStart = body.nextLine(lineEnd);
            }
            if (closes) {
                epilogue = body.between(at, body.end);
                return !parts.isEmpty();
            }
            previousEnd = lineEnd;
            at = body.nextLine(lineEnd);
        }
        return finishWithoutClose(partStart);
    }

    /** A missing close delimiter: the last part takes the rest. */
    private boolean finishWithoutClose(int partStart) {
        if (partStart < 0) {
            return false;
        }
        add(partStart, body.end, body.end);
        epilogue = body.between(body.end, body.end);
        return true;
    }

    /** The line end before a delimiter belongs to the delimiter. */
    private void add(int partStart, int partEnd, int delimiterStart) {
        if (partStart < 0) {
            preamble = body.between(body.start, delimiterStart);
        } else {
            parts.add(body.between(partStart, partEnd));
        }
    }

    private boolean opensAt(int at, int lineEnd) {
        return body.has(delimiter, at)
                && Ascii.isBlank(body.between(at + delimiter.length(), lineEnd).text());
    }

    /** Whatever follows the close delimiter on its line is ignored, as Jakarta Mail does. */
    private boolean closesAt(int at) {
        return body.has(delimiter, at) && body.has("--", at + delimiter.length());
    }
}
