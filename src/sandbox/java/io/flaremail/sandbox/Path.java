package io.flaremail.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The decoded segments of a path. An escaped slash belongs to its segment. */
record Path(List<String> segments) {
    static Path of(String raw) {
        return new Path(Stream.of(raw.split("/", -1)).map(Path::decode).toList());
    }

    private static String decode(String segment) {
        // URLDecoder is made for forms, where a plus sign is a blank; in a path it is itself. RFC 3986 2.2
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    boolean isBelow(Path base) {
        return segments.size() > base.segments.size()
                && segments.subList(0, base.segments.size()).equals(base.segments);
    }

    /** Whether this template fits the path. */
    boolean matches(Path path) {
        return segments.size() == path.segments.size()
                && IntStream.range(0, segments.size())
                        .allMatch(i -> isVariable(i) || segments.get(i).equals(path.segments.get(i)));
    }

    private boolean isVariable(int i) {
        return segments.get(i).startsWith("{");
    }

    /** What the path has where this template has <code>{name}</code>. */
    String variable(String name, Path path) {
        return path.segments.get(segments.indexOf("{" + name + "}"));
    }
}
