package io.flaremail.mime;

import java.util.List;

/** Finds 8-bit octets where no encoding exists: in the address or identifier itself. RFC 2047 5 (3). */
final class AddressSyntax {
    private boolean angle;
    private boolean eightBit;

    private AddressSyntax() {}

    static void check(List<Token> tokens, String where) throws UnencodableContentException {
        AddressSyntax mailbox = new AddressSyntax();
        for (Token token : tokens) {
            if (token.is(Token.Kind.ANGLE) && !token.isSevenBit()) {
                refuse(where);
            }
            boolean ends = token.is(Token.Kind.SPECIAL);
            if (ends && !token.text.equals(":")) {
                mailbox.finish(where);
            }
            mailbox = ends ? new AddressSyntax() : mailbox.with(token);
        }
        mailbox.finish(where);
    }

    private AddressSyntax with(Token token) {
        angle |= token.is(Token.Kind.ANGLE);
        eightBit |= token.isText() && !token.isSevenBit();
        return this;
    }

    /** Without angle brackets the words are the address, a local one perhaps; with them they are the display name. */
    private void finish(String where) throws UnencodableContentException {
        if (eightBit && !angle) {
            refuse(where);
        }
    }

    private static void refuse(String where) throws UnencodableContentException {
        throw new UnencodableContentException(
                where,
                "there are 8-bit octets inside an address or identifier",
                "use ASCII there, punycode for a domain");
    }
}
