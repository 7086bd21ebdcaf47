package io.flaremail.mime;

import java.nio.charset.StandardCharsets;

/**
 * Writes header fields of free text, such as Subject.
 *
 * <p>Tests: BounceReportTest.
 */
public final class UnstructuredField {
    private UnstructuredField() {}

    /**
     * The field in ASCII, folded, with encoded-words where needed; without a line break at its end.
     *
     * @param value any text; control characters become spaces
     */
    public static String write(String name, String value) {
        String line = value.replaceAll("\\p{Cntrl}+", " ").trim();
        String octets = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return EncodedWordWriter.write(name + ": ", Token.unstructured(octets), TextCharset.of("utf-8"));
    }
}
