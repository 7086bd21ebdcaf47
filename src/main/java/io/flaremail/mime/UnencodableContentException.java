package io.flaremail.mime;

/**
 * A message is not valid UTF-8, and a conversion could change its meaning, for example by breaking a signature. The
 * text names the part or header field, the reason and a remedy, and never quotes content.
 *
 * <p>Tests: ProtectionTest, AmbiguousStructureTest, EntityTest.
 */
public final class UnencodableContentException extends Exception {
    private static final long serialVersionUID = 1L;

    UnencodableContentException(String where, String why, String remedy) {
        super(where + " is not valid UTF-8 and cannot be re-encoded: " + why + "; " + remedy);
    }
}
