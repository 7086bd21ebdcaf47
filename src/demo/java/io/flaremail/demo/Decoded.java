package io.flaremail.demo;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;

/** Header fields as a person reads them. */
final class Decoded {
    private Decoded() {}

    static String field(String value) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(value));
        } catch (UnsupportedEncodingException unknownCharset) {
            return value;
        }
    }
}
