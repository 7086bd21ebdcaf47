package io.flaremail.bounces;

/**
 * Lines and fields of a report: ASCII, each on one line.
 *
 * <p>Tests: BounceReportTest.
 */
final class ReportText {
    private static final int LONGEST = 900; // a line may have 998 characters: RFC 5322 section 2.1.1

    private final StringBuilder text = new StringBuilder();

    ReportText field(String name, String value) {
        return line(name + ": " + oneLine(value));
    }

    ReportText line(String line) {
        text.append(line).append("\r\n");
        return this;
    }

    /** A part of a multipart, with its delimiter. */
    ReportText part(String boundary, String type, ReportText content) {
        line("--" + boundary).line("Content-Type: " + type).line("");
        text.append(content);
        return line("");
    }

    static String oneLine(String value) {
        String line = ascii(value);
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }

    /** Without control characters; other characters become question marks. */
    static String ascii(String value) {
        return value.replaceAll("\\p{Cntrl}+", " ").replaceAll("[^ -~]", "?").trim();
    }

    /** For a place where only letters, digits and hyphens are safe. */
    static String word(String value) {
        String word = value.replaceAll("[^A-Za-z0-9-]", "");
        return word.substring(0, Math.min(word.length(), 60));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
