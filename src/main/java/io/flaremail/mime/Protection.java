package io.flaremail.mime;

/**
 * A signature or encryption that any change to an entity would break.
 *
 * <p>Tests: ProtectionTest.
 */
final class Protection {
    static final Protection NONE = new Protection(null, null);

    private final String reason;
    private final String remedy;

    private Protection(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    /** Adds the protection of a whole message, header included. RFC 6376, RFC 8617 4.1, RFC 4870. */
    Protection ofMessage(Header header) {
        for (String name : new String[] {"DKIM-Signature", "ARC-Message-Signature", "DomainKey-Signature"}) {
            if (header.first(name) != null) {
                return or(
                        "its message is signed by a " + name + " header",
                        "make it 7bit before it is signed, or remove that header");
            }
        }
        return this;
    }

    /** Adds the protection of the body of an entity with this media type. RFC 1847 2. */
    Protection ofBody(String type) {
        if (type.equals("multipart/signed")) {
            return or("it is inside multipart/signed", "make it 7bit before it is signed");
        }
        if (type.equals("multipart/encrypted")) {
            return or("it is inside multipart/encrypted", "make it 7bit when it is encrypted");
        }
        return this;
    }

    /** The outermost protection is the one to report: whoever applied it has to act. */
    private Protection or(String why, String next) {
        return this == NONE ? new Protection(why, next) : this;
    }

    void requireNone(String where) throws UnencodableContentException {
        if (this != NONE) {
            throw new UnencodableContentException(where, reason, remedy);
        }
    }
}
