package io.flaremail.mime;

/** Why an entity must not change, if it must not. */
final class Seal {
    static final Seal NONE = new Seal(null, null);

    private final String reason;
    private final String remedy;

    private Seal(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    /** The seal on a message as a whole, headers and all. RFC 6376, RFC 8617 4.1, RFC 4870. */
    Seal onMessage(Header header) {
        for (String name : new String[] {"DKIM-Signature", "ARC-Message-Signature", "DomainKey-Signature"}) {
            if (header.first(name) != null) {
                return or(
                        "its message is signed by a " + name + " header",
                        "make it 7bit before it is signed, or remove that header");
            }
        }
        return this;
    }

    /** The seal on the body of an entity of this type. RFC 1847 2. */
    Seal onBody(String type) {
        if (type.equals("multipart/signed")) {
            return or("it is inside multipart/signed", "make it 7bit before it is signed");
        }
        if (type.equals("multipart/encrypted")) {
            return or("it is inside multipart/encrypted", "make it 7bit when it is encrypted");
        }
        return this;
    }

    /** The outermost seal stays: whoever set it must act. */
    private Seal or(String why, String next) {
        return this == NONE ? new Seal(why, next) : this;
    }

    void check(String where) throws UnencodableContentException {
        if (this != NONE) {
            throw new UnencodableContentException(where, reason, remedy);
        }
    }
}
