package io.flaremail.mime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The boundary that a multipart's Content-Type names, where there is no doubt about it. RFC 2046 5.1.1. */
final class MimeBoundary {
    private static final Pattern MULTIPART = Pattern.compile("(?i)[ \t]*multipart/[!-~&&[^;\"]]+[ \t]*;.*");

    /** Comments, quoted pairs and control characters: readers disagree about some of these. */
    private static final Pattern DOUBTFUL = Pattern.compile("(?i).*([(\\\\]|[^ -~\t]|boundary[ \t]*\\*).*");

    private static final Pattern PARAMETER =
            Pattern.compile("(?i);[ \t]*boundary[ \t]*=[ \t]*(\"([^\"]*[^\" ])\"|([!-~&&[^;\"]]+))[ \t]*(?=;|$)");

    private static final Pattern QUOTED_OR_SPACE = Pattern.compile("\"[^\"]*\"|[ \t]+");

    final int ordinal;

    /** The Content-Type's value, without the boundary and however it was folded. */
    final String fieldWithoutIt;

    private final String value;

    private MimeBoundary(int ordinal, String value, String fieldWithoutIt) {
        this.ordinal = ordinal;
        this.value = value;
        this.fieldWithoutIt = fieldWithoutIt;
    }

    /** @param contentType the field's value, unfolded; null when it names no boundary, or not clearly */
    static MimeBoundary of(String contentType, int ordinal) {
        Matcher parameter = PARAMETER.matcher(contentType);
        boolean clear = MULTIPART.matcher(contentType).matches()
                && !DOUBTFUL.matcher(contentType).matches()
                && parameter.find()
                && isOutsideQuotes(contentType, parameter.start());
        if (!clear) {
            return null;
        }
        String value = parameter.group(2) != null ? parameter.group(2) : parameter.group(3);
        String rest =
                contentType.substring(0, parameter.start()) + "; boundary;" + contentType.substring(parameter.end());
        return parameter.find() ? null : new MimeBoundary(ordinal, value, withSingleSpaces(rest));
    }

    String delimiter() {
        return "--" + value;
    }

    /** Whether a delimiter line of one may be taken for the other's. */
    boolean isLike(MimeBoundary other) {
        return value.startsWith(other.value) || other.value.startsWith(value);
    }

    private static boolean isOutsideQuotes(String text, int position) {
        return text.substring(0, position).chars().filter(c -> c == '"').count() % 2 == 0;
    }

    /** Where a long field is folded depends on the length of the boundary. */
    private static String withSingleSpaces(String text) {
        StringBuffer single = new StringBuffer();
        Matcher matcher = QUOTED_OR_SPACE.matcher(text);
        while (matcher.find()) {
            String found = matcher.group();
            matcher.appendReplacement(single, Matcher.quoteReplacement(found.startsWith("\"") ? found : " "));
        }
        return matcher.appendTail(single).toString();
    }
}
