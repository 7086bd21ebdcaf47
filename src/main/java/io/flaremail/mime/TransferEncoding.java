package io.flaremail.mime;

import java.util.Locale;

/**
 * The Content-Transfer-Encoding of a body. 7bit, 8bit, binary and unknown labels need no decoding. RFC 2045 6.
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

    /** The first token (RFC 2045 5.1), in lower case. The rest of the value is ignored, as in Jakarta Mail. */
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
