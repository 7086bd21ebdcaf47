package io.flaremail.mime;

import java.nio.charset.StandardCharsets;

/**
 * Writes header fields of free text, such as Subject.
 *
 * <p>Tests: BounceReportTest.
 */
public final class UnstructuredField {
    /** In characters: without white space a field is not folded, and a line has at most 998. */
    private static final int LONGEST = 800;

    private UnstructuredField() {}

    /**
     * The field in ASCII, folded, with encoded-words where needed; without a line break at its end.
     *
     * @param value any text; control characters become spaces, and it is cut after 800 characters
     */
    public static String write(String name, String value) {
        String line = value.replaceAll("\\p{Cntrl}+", " ").trim();
        line = line.substring(0, Math.min(line.length(), LONGEST));
        String octets = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return EncodedWordWriter.write(name + ": ", Token.unstructured(octets), TextCharset.of("utf-8"));
    }
}
