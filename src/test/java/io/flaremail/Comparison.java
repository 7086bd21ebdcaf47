package io.flaremail;

import io.flaremail.mime.UnencodableContentException;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

    /** Multiparts that are not UTF-8 and that readers take apart in different ways, or not at all. */
    private static final List<String> NOT_TAKEN_APART = List.of(
            "its parts cannot be found",
            "readers may disagree about its boundary",
            "readers may disagree about its type",
            "readers may disagree about its encoding",
            "a line in it looks like its end to some readers only",
            "it ends before its first part begins",
            "a delimiter is cut short at its end",
            "a delimiter cuts the header of one of its parts short");

    static Comparison equal(boolean asStored) {
        return new Comparison(Kind.BYTE_EQUAL, null, asStored);
    }

    static Comparison rewritten(boolean asStored) {
        return new Comparison(Kind.REWRITTEN, null, asStored);
    }

    static Comparison refused(UnencodableContentException refusal, byte[] message, boolean asStored) {
        return new Comparison(Kind.REFUSED, reason(refusal.getMessage(), message), asStored);
    }

    /** Fails unless the message has a signature to protect, or it is one of the documented exceptions. */
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
        for (String apart : NOT_TAKEN_APART) {
            if (refusal.contains(apart)) {
                return apart;
            }
        }
        throw new AssertionError("refused for no good reason: " + refusal);
    }
}
