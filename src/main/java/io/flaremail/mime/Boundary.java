package io.flaremail.mime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The boundary parameter of a multipart's Content-Type, if all readers agree on it. RFC 2046 5.1.1.
 *
 * <p>Tests: ContentDigestTest.
 */
final class Boundary {
    private static final Pattern MULTIPART = Pattern.compile("(?i)[ \t]*multipart/[!-~&&[^;\"]]+[ \t]*;.*");

    /** Comments, quoted pairs, control characters and extended parameters, which readers interpret differently. */
    private static final Pattern DOUBTFUL = Pattern.compile("(?i).*([(\\\\]|[^ -~\t]|boundary[ \t]*\\*).*");

    private static final Pattern PARAMETER =
            Pattern.compile("(?i);[ \t]*boundary[ \t]*=[ \t]*(\"([^\"]*[^\" ])\"|([!-~&&[^;\"]]+))[ \t]*(?=;|$)");

    private static final Pattern QUOTED_OR_SPACE = Pattern.compile("\"[^\"]*\"|[ \t]+");

    final int ordinal;

    /** The value of the Content-Type field, unfolded and without the boundary. */
    final String fieldWithoutIt;

    private final String value;

    private Boundary(int ordinal, String value, String fieldWithoutIt) {
        this.ordinal = ordinal;
        this.value = value;
        this.fieldWithoutIt = fieldWithoutIt;
    }

    /**
     * Null if there is no boundary parameter or readers may disagree about it.
     *
     * @param contentType the value of the field, unfolded
     */
    static Boundary of(String contentType, int ordinal) {
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
        return parameter.find() ? null : new Boundary(ordinal, value, withSingleSpaces(rest));
    }

    String delimiter() {
        return "--" + value;
    }

    /** Whether a delimiter line of one could be mistaken for a delimiter line of the other. */
    boolean isLike(Boundary other) {
        return value.startsWith(other.value) || other.value.startsWith(value);
    }

    private static boolean isOutsideQuotes(String text, int position) {
        return text.substring(0, position).chars().filter(c -> c == '"').count() % 2 == 0;
    }

    /** The length of the boundary decides where a long field is folded, so the folding must not count. */
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
