package io.flaremail.mime;

import java.util.Locale;

/**
 * How a body is to be decoded. Labels that nobody knows decode nothing, and neither do 7bit, 8bit and binary.
 *
 * <p>Tests: TransferEncodingTest.
 */
enum TransferEncoding {
    IDENTITY,
    QUOTED_PRINTABLE,
    BASE64,
    UUENCODE;

    static final String FIELD = "Content-Transfer-Encoding";

    private static final String SPECIALS = "()<>@,;:\\\"[]/?=";

    static TransferEncoding of(String value) {
        String label = label(value);
        switch (label) {
            case "quoted-printable":
                return QUOTED_PRINTABLE;
            case "base64":
                return BASE64;
            case "uuencode":
            case "x-uuencode":
            case "x-uue":
                return UUENCODE;
            default:
                return IDENTITY;
        }
    }

    /** The first token (RFC 2045 5.1), in lower case; whatever else is there is ignored, as Jakarta Mail does. */
    static String label(String value) {
        String text = StructuredText.withoutComments(value);
        boolean quoted = false;
        int start = 0;
        while (start < text.length() && (quoted || !isTokenCharacter(text.charAt(start)))) {
            quoted ^= text.charAt(start) == '"';
            start += quoted && text.charAt(start) == '\\' ? 2 : 1;
        }
        int end = Math.min(start, text.length());
        while (end < text.length() && isTokenCharacter(text.charAt(end))) {
            end++;
        }
        return text.substring(Math.min(start, end), end).toLowerCase(Locale.ROOT);
    }

    private static boolean isTokenCharacter(char c) {
        return c > ' ' && c < 0x7f && SPECIALS.indexOf(c) < 0;
    }
}
