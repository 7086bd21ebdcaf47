package io.flaremail.mime;

import java.util.Locale;

/** How a body is to be decoded. Labels that nobody knows decode nothing, and neither do 7bit, 8bit and binary. */
enum TransferEncoding {
    IDENTITY,
    QUOTED_PRINTABLE,
    BASE64,
    UUENCODE;

    static final String FIELD = "Content-Transfer-Encoding";

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

    /** The first word that is no comment, in lower case. */
    static String label(String value) {
        String rest = Ascii.withoutComments(value);
        return rest.replaceFirst("(?s)[\\s;,\"].*", "").toLowerCase(Locale.ROOT);
    }
}
