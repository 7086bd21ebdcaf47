package io.flaremail.bounces;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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

    /** The text itself if it is of letters, digits and hyphens; else a digest of it: equal only for equal texts. */
    static String word(String value) {
        return value.matches("[A-Za-z0-9-]{1,60}") ? value : sha256(value);
    }

    private static String sha256(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return String.format("%064x", new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform supports SHA-256
        }
    }

    /** An address in ASCII: other characters in the form of RFC 6533 section 3. */
    static String address(String value) {
        StringBuilder address = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (c > ' ' && c < 0x7F) {
                address.append((char) c);
            } else {
                address.append(String.format("\\x{%X}", c));
            }
        });
        return address.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
