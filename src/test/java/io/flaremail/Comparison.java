package io.flaremail;

import io.flaremail.mime.UnencodableContentException;
import java.nio.charset.StandardCharsets;

/**
 * How one message arrived, compared with SMTP.
 *
 * @param refusal why it was not sent; null if it was
 * @param asStored whether GreenMail stores what SubEthaSMTP received
 */
record Comparison(Kind kind, String refusal, boolean asStored) {
    enum Kind {
        BYTE_EQUAL,
        REWRITTEN,
        REFUSED
    }

    static Comparison equal(boolean asStored) {
        return new Comparison(Kind.BYTE_EQUAL, null, asStored);
    }

    static Comparison rewritten(boolean asStored) {
        return new Comparison(Kind.REWRITTEN, null, asStored);
    }

    static Comparison refused(UnencodableContentException refusal, byte[] message, boolean asStored) {
        return new Comparison(Kind.REFUSED, reason(refusal.getMessage(), message), asStored);
    }

    /** Fails unless the message has a signature to protect, or it is one of the two documented exceptions. */
    private static String reason(String refusal, byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        if (refusal.contains("signed by a ") && text.matches("(?is).*(DKIM|ARC-Message|DomainKey)-Signature:.*")) {
            return "under a domain signature";
        }
        for (String sealed : new String[] {"multipart/signed", "multipart/encrypted"}) {
            if (refusal.contains("inside " + sealed) && text.contains(sealed)) {
                return "inside " + sealed;
            }
        }
        if (refusal.contains("its boundary has 8-bit octets")) {
            return "an 8-bit boundary";
        }
        if (refusal.contains("nested more than 100 levels")) {
            return "nested too deep";
        }
        throw new AssertionError("refused for no good reason: " + refusal);
    }
}
